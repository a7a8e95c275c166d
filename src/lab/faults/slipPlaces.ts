import { argumentOrderSlips } from './argumentOrderSlips.ts';
import { boundSlips } from './boundSlips.ts';
import type { FaultKind } from './faultKinds.ts';
import { literalSlips } from './literalSlips.ts';
import { methodSlips } from './methodSlips.ts';
import { missingGuardSlips } from './missingGuardSlips.ts';
import { negationSlips } from './negationSlips.ts';
import { operatorSlips } from './operatorSlips.ts';
import type { SlipPlace } from './slipPlace.ts';
import type { FunctionSource } from './sourceTree.ts';
import { variableSlips } from './variableSlips.ts';

/** Where slips of a kind can be made in a function, in order of the text. Not all of them parse. */
export function slipPlaces(source: FunctionSource, kind: FaultKind): readonly SlipPlace[] {
  return FINDERS[kind](source);
}

const FINDERS: Readonly<Record<FaultKind, (source: FunctionSource) => readonly SlipPlace[]>> = {
  operator: operatorSlips,
  bound: boundSlips,
  argumentOrder: argumentOrderSlips,
  variableInScope: variableSlips,
  literal: literalSlips,
  negation: negationSlips,
  method: methodSlips,
  missingGuard: missingGuardSlips,
};
