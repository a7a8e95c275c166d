import { CandorError } from '../../core/candorError.ts';
import type { SecondOpinion } from '../../core/opinions/secondOpinion.ts';
import { isSkipped } from '../../syntax/skipped.ts';
import { SHOWN_UNITS, WRITTEN } from '../completions/writingLimits.ts';
import { canAnswer } from '../opinions/canAnswer.ts';
import { compareCode, comparisonCount } from '../opinions/compareCode.ts';
import { completeAgain, type WrittenFromHere } from '../opinions/completeAgain.ts';
import { opinionCost, type OpinionCost } from '../opinions/opinionCost.ts';
import { placeAround, type OpinionPlace } from '../opinions/placeAround.ts';
import { sandboxIn } from '../opinions/sandboxIn.ts';
import { secondOpinion } from '../opinions/secondOpinion.ts';
import { TRUTH_CALLS } from '../opinions/askTruth.ts';
import type { Assets } from '../assets.ts';
import type { Tools } from '../openTools.ts';
import type { Call } from './call.ts';
import type { Auditor, ComparisonRequest, OpinionRequest, SuggestionRequest } from './auditor.ts';
import type { SharedTools } from './sharedTools.ts';

/** The calls that ask an engine once more. */
export type Opinions = Pick<Auditor, 'opinionCost' | 'secondOpinion' | 'completeAgain' | 'compareCode'>;

export function createOpinions(assets: Assets, { held, learn }: Pick<SharedTools, 'held' | 'learn'>): Opinions {
  const sandbox = sandboxIn(assets);

  async function placeIn(
    { parser }: Tools,
    { text, language, stretch }: OpinionRequest,
    call: Call,
  ): Promise<OpinionPlace> {
    const spans = await parser.spans(text, language, call.abortSignal);
    call.abortSignal.throwIfAborted();
    const place = placeAround(text, isSkipped(spans) ? null : spans, stretch);
    if (place !== null) return place;
    throw new CandorError('unsupported', 'There is no code here to ask about. Put the cursor on a line of code.');
  }

  return {
    opinionCost: (request, call) =>
      held.use(request.setup.choice, call, async (tools): Promise<OpinionCost> => {
        const { engine } = request.setup.choice;
        checkWrites(tools);
        await learn(tools, request.setup, call);
        const place = await placeIn(tools, request, call);
        const limits = {
          mostUnits: SHOWN_UNITS[engine],
          questions: canAnswer(request.setup.choice) ? TRUTH_CALLS : 0,
          isPaid: engine === 'openai',
        };
        return opinionCost(tools.engine, request, { place, stretch: request.stretch }, limits, call.abortSignal);
      }),
    secondOpinion: ({ count, temperature, seed, ...request }, call) =>
      held.use(request.setup.choice, call, async (tools): Promise<SecondOpinion> => {
        const { engine } = request.setup.choice;
        checkWrites(tools);
        const place = await placeIn(tools, request, call);
        const { path, language, text, openTexts } = request;
        const toWriteIn = { path, language, text, place, openTexts, mostUnits: SHOWN_UNITS[engine] };
        return secondOpinion(
          { ...tools, sandbox },
          toWriteIn,
          { count, temperature, seed, isAsked: canAnswer(request.setup.choice) },
          call,
        );
      }),
    completeAgain: (request: Omit<SuggestionRequest, 'doubt'>, call): Promise<WrittenFromHere | null> =>
      held.use(request.setup.choice, call, async (tools) => {
        checkWrites(tools);
        const limits = { ...WRITTEN, mostUnits: SHOWN_UNITS[request.setup.choice.engine] };
        return completeAgain(tools, request, limits, call.abortSignal);
      }),
    compareCode: ({ setup, pieces }: ComparisonRequest, call): Promise<readonly number[]> =>
      held.use(setup.choice, call, ({ engine }) => {
        if (!canAnswer(setup.choice)) {
          const message = 'This engine cannot compare code. Choose a model of yours or a server, and run it again.';
          throw new CandorError('unsupported', message);
        }
        const all = comparisonCount(pieces.length);
        return compareCode(
          engine,
          pieces,
          (done) => {
            call.onProgress('comparing', done, all);
          },
          call.abortSignal,
        );
      }),
  };
}

function checkWrites({ engine }: Tools): void {
  if (engine.capabilities.generate) return;
  throw new CandorError('unsupported', 'This engine does not write code. Choose one that does, and ask again.');
}
