import { captureScenario } from './captureScenario.ts';

// Code of other tools arrives in an editor that says who made a change.

captureScenario({ hasDetailedReason: true });
