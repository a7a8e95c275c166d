import { assessText } from '../../assess/assessText.ts';
import type { ArrivalTools } from '../capture/assessArrival.ts';
import { forgetLearned } from '../calibration/forgetLearned.ts';
import { createHeldWitness } from '../capture/heldWitness.ts';
import type { Assets } from '../assets.ts';
import type { Auditor } from './auditor.ts';
import { createHeldTools, type OpenTools } from './heldTools.ts';
import { createSuggester } from './createSuggester.ts';
import type { SharedTools } from './sharedTools.ts';

/** The calls that are about code as it arrives, and what becomes of it. */
export type Capture = Pick<
  Auditor,
  'suggest' | 'arrived' | 'look' | 'committed' | 'decide' | 'learnFromOutcomes' | 'followRecorder' | 'close'
>;

/** @param open as the auditor's own tools are opened */
export function createCapture(assets: Assets, shared: SharedTools, open: OpenTools): Capture {
  /** A server is asked by a person alone: where one is set up, what arrives is scored by the n-gram engine. */
  const embedded = createHeldTools(open);

  const assess: ArrivalTools['assess'] = async (request, recorded, setup, call) => {
    const { abortSignal } = call;
    const isServer = setup.choice.engine === 'openai';
    const held = isServer ? embedded : shared.held;
    return held.use(isServer ? { engine: 'ngram' } : setup.choice, call, async (tools) => {
      if (recorded === null) await shared.learn(tools, setup, call);
      const assessor = await shared.assessorOf(tools, setup);
      const own = recorded === null ? assessor : { ...assessor, engine: recorded, scout: null };
      return assessText(own, { ...request, abortSignal });
    });
  };
  const witness = createHeldWitness(assets, shared.salt, assess);

  const suggester = createSuggester(shared, (scored, where) => {
    witness.suggested(scored, where);
  });

  return {
    suggest: (request, call) => suggester.suggest(request, call),
    arrived: async (arrived, call) => (await witness.open()).arrived(arrived, call),
    look: async (look) => (await witness.open()).look(look),
    committed: async (seen) => (await witness.open()).committed(seen),
    async decide(decision) {
      const counts = await (await witness.open()).decide(decision);
      if (decision.kind === 'forget') {
        const { workspace } = decision;
        if (workspace !== null) await forgetLearned(workspace);
        shared.recalibrated(workspace ?? undefined);
      }
      return counts;
    },
    async learnFromOutcomes(workspace) {
      const learned = await witness.learn(workspace);
      if (learned.changed.length > 0) shared.recalibrated(workspace);
      return learned;
    },
    followRecorder(address) {
      witness.followRecorder(address);
    },
    async close() {
      suggester.close();
      await Promise.all([witness.close(), embedded.close()]);
    },
  };
}
