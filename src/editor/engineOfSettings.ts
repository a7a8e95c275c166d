import { DEFAULT_CHOICE, type EngineChoice } from '../app/engineChoice.ts';
import { CandorError } from '../core/candorError.ts';
import type { ServerKeys } from './serverKeys.ts';
import type { Settings } from './settingTable.ts';

/**
 * The engine that the settings choose. Nobody vouches for an untrusted workspace, so nothing is loaded or sent for it:
 * only the n-gram engine reads it.
 *
 * @throws CandorError `bad-call` when a setting that the engine needs is empty
 */
export async function engineOfSettings(
  settings: Settings,
  keys: Pick<ServerKeys, 'get'>,
  isTrusted: boolean,
): Promise<EngineChoice> {
  if (!isTrusted) return { engine: 'ngram' };
  switch (settings.engine) {
    case 'bundled':
      return DEFAULT_CHOICE;
    case 'ngram':
      return { engine: 'ngram' };
    case 'llama': {
      if (settings.llamaModel === '') throw missing('a model file');
      const { llamaModel: model, llamaGpu: usesGpu, llamaMix: isMixed } = settings;
      return { engine: 'llama', model, usesGpu, isMixed };
    }
    case 'openai': {
      const { openaiBaseUrl: baseUrl, openaiModel: model, openaiConcurrency: concurrency } = settings;
      if (baseUrl === '') throw missing('the address of a server');
      const apiKey = await keys.get(baseUrl);
      return {
        engine: 'openai',
        baseUrl,
        concurrency,
        ...(model !== '' && { model }),
        ...(apiKey !== undefined && { apiKey }),
      };
    }
  }
}

function missing(what: string): CandorError {
  return new CandorError('bad-call', `The engine needs ${what}. Run "Candor: Choose an engine".`);
}
