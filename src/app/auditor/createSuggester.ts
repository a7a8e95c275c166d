import type { ScoredText } from '../../core/scoredText.ts';
import { completeAt } from '../completions/completeAt.ts';
import { SHOWN_UNITS, WRITTEN } from '../completions/writingLimits.ts';
import { cutCompletion, type Completion } from '../completions/completion.ts';
import type { CaretState } from '../completions/completionCache.ts';
import { createCompleter, type Completer } from '../completions/createCompleter.ts';
import { cutDoubtful, type DoubtSettings } from '../completions/cutDoubtful.ts';
import { judgeCompletion } from '../completions/judgeCompletion.ts';
import type { Call } from './call.ts';
import type { SuggestionRequest } from './auditor.ts';
import type { SharedTools } from './sharedTools.ts';

/** Suggests what could be written at a caret. */
export interface Suggester {
  /** The text to insert; null for nothing worth showing, as from an engine that does not write. */
  suggest(request: SuggestionRequest, call: Call): Promise<string | null>;
  close(): void;
}

/** A person goes on typing within such a pause. */
const DEBOUNCE_MS = 150;

const LINGER_MS = 1000;

const MOST_CACHED = 50;

/** What a completer asks with: the call of the request that came first is the one that is heard. */
interface Asked extends CaretState {
  readonly request: SuggestionRequest;
  readonly call: Call;
}

/** @param onSuggested hears of all that is shown, for it may arrive */
export function createSuggester(
  shared: SharedTools,
  onSuggested: (scored: ScoredText, where: { readonly document: string; readonly before: string }) => void,
): Suggester {
  let completer: Completer<Asked> | null = null;
  /** What a completer keeps was judged by these. */
  let settings = '';

  async function complete(
    { request, call }: Asked,
    onText: (piece: string) => void,
    abortSignal: AbortSignal,
  ): Promise<Completion | null> {
    const { setup, path, language, text, offset, openTexts } = request;
    return shared.held.use(setup.choice, { ...call, abortSignal }, async (tools) => {
      if (!tools.engine.capabilities.generate) return null;
      const place = { path, language, text, offset, openTexts };
      const limits = { ...WRITTEN, mostUnits: SHOWN_UNITS[setup.choice.engine] };
      const written = await completeAt(tools, { ...place, limits }, abortSignal, onText);
      if (written === null) return null;
      const judged = await judgeCompletion(await shared.assessorOf(tools, setup), place, written, abortSignal);
      const length = cutDoubtful(judged, written.text.length, request.doubt);
      return length === null ? null : cutCompletion(written, 0, length);
    });
  }

  function completerFor({
    setup,
    doubt,
  }: {
    readonly setup: unknown;
    readonly doubt: DoubtSettings;
  }): Completer<Asked> {
    const now = JSON.stringify([setup, doubt]);
    if (completer === null || now !== settings) {
      completer?.close();
      completer = createCompleter({ complete, debounceMs: DEBOUNCE_MS, lingerMs: LINGER_MS, mostCached: MOST_CACHED });
      settings = now;
    }
    return completer;
  }

  return {
    async suggest(request, call) {
      const { document, text, offset } = request;
      const asked = { document, prefix: text.slice(0, offset), suffix: text.slice(offset), request, call };
      const completion = await completerFor(request).request(asked, call.abortSignal);
      if (completion === null) return null;
      onSuggested(completion.scored, { document, before: asked.prefix });
      return completion.text;
    },
    close() {
      completer?.close();
    },
  };
}
