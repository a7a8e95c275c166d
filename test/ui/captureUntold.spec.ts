import { captureScenario } from './captureScenario.ts';

// The same in an editor that does not say who made a change, as a stock VS Code does not.

captureScenario({ hasDetailedReason: false });
