import { parentPort, workerData } from 'node:worker_threads';
import releaseVariant from '@jitl/quickjs-wasmfile-release-sync';
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  Scope,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSSyncVariant,
  type QuickJSWASMModule,
} from 'quickjs-emscripten-core';
import {
  DID_NOT_END,
  NOTHING_TOLD,
  type BehaviourAnswer,
  type BehaviourLimits,
  type BehaviourTask,
  type BehaviourWorkerData,
} from './behaviourTask.ts';
import { HARNESS_SCRIPT } from './harnessScript.ts';

/** A thread of its own for code that nobody vouches for: QuickJS in WebAssembly, with nothing of the host in it. */
async function serve(): Promise<void> {
  const data: unknown = workerData;
  if (parentPort === null || !isWorkerData(data)) throw new Error('This script runs in a thread of its own only.');
  const port = parentPort;
  // Its types speak of the module for `require`, in which the variant lies one step deeper.
  const variant: unknown = releaseVariant;
  if (!isVariant(variant)) throw new Error('This is another build of QuickJS than the one that was chosen.');
  const quickJs = await newQuickJSWASMModuleFromVariant(newVariant(variant, { wasmBinary: data.wasm }));
  port.on('message', (task: unknown) => {
    if (isTask(task)) port.postMessage(outcomesOf(quickJs, task, data.limits));
  });
  port.postMessage('ready');
}

/** The outcomes of a function; null for one that is no expression or was given up. */
function outcomesOf(
  quickJs: QuickJSWASMModule,
  { source, inputs }: BehaviourTask,
  limits: BehaviourLimits,
): BehaviourAnswer {
  return Scope.withScope((scope) => {
    const runtime = scope.manage(quickJs.newRuntime());
    runtime.setMemoryLimit(limits.memoryBytes);
    runtime.setMaxStackSize(limits.stackBytes);
    let steps = 0;
    let deadline = Infinity;
    runtime.setInterruptHandler(() => ++steps > limits.mostSteps || performance.now() > deadline);
    const context = scope.manage(runtime.newContext());
    const harness = scope.manage(context.unwrapResult(context.evalCode(HARNESS_SCRIPT)));
    const mostLength = scope.manage(context.newNumber(limits.mostLength));
    const outcomes: string[] = [];
    let endless = 0;
    for (const input of inputs) {
      steps = 0;
      deadline = performance.now() + limits.callMs;
      const outcome = outcomeOf(context, [`(${source}\n)`, input], harness, mostLength, limits.mostLength);
      if (outcome === null) return null;
      if (outcome === DID_NOT_END && ++endless >= limits.mostEndless) return null;
      outcomes.push(outcome);
    }
    return outcomes;
  });
}

/** What one call came to; null where the function or its arguments cannot be made. */
function outcomeOf(
  context: QuickJSContext,
  [code, values]: readonly [code: string, values: string],
  harness: QuickJSHandle,
  mostLength: QuickJSHandle,
  mostUnits: number,
): string | null {
  return Scope.withScope((scope) => {
    const made: QuickJSHandle[] = [];
    for (const expression of [code, values]) {
      const result = context.evalCode(expression);
      if (result.error !== undefined) {
        result.error.dispose();
        return null;
      }
      made.push(scope.manage(result.value));
    }
    const result = context.callFunction(harness, context.undefined, ...made, mostLength);
    if (result.error !== undefined) {
      const name = scope.manage(context.getProp(scope.manage(result.error), 'message'));
      return isShortText(context, name, 20) && context.getString(name) === 'interrupted' ? DID_NOT_END : NOTHING_TOLD;
    }
    const outcome = scope.manage(result.value);
    // The code under test may have found a way to answer in the place of the harness.
    return isShortText(context, outcome, 2 * mostUnits) ? context.getString(outcome) : NOTHING_TOLD;
  });
}

function isShortText(context: QuickJSContext, handle: QuickJSHandle, most: number): boolean {
  if (context.typeof(handle) !== 'string') return false;
  return context.getProp(handle, 'length').consume((length) => context.getNumber(length) <= most);
}

function isVariant(variant: unknown): variant is QuickJSSyncVariant {
  return typeof variant === 'object' && variant !== null && 'type' in variant && variant.type === 'sync';
}

function isWorkerData(data: unknown): data is BehaviourWorkerData {
  return typeof data === 'object' && data !== null && 'wasm' in data && 'limits' in data;
}

function isTask(task: unknown): task is BehaviourTask {
  return typeof task === 'object' && task !== null && 'source' in task && 'inputs' in task;
}

await serve();
