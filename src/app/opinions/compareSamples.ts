import { opinionMeasures } from '../../assess/opinions/opinionMeasures.ts';
import type { SecondOpinion } from '../../core/opinions/secondOpinion.ts';
import type { ScoredText } from '../../core/scoredText.ts';
import type { SignalValues } from '../../core/words.ts';
import type { LanguageId } from '../../syntax/languages.ts';
import type { ParserPool } from '../../syntax/parserPool.ts';
import { clusterByBehaviour, type NoBehaviour } from '../../syntax/sameCode/behaviour/clusterByBehaviour.ts';
import { DEFAULT_BEHAVIOUR_LIMITS } from '../../syntax/sameCode/behaviour/behaviourTask.ts';
import type { SandboxFiles } from '../../syntax/sameCode/behaviour/runFunctions.ts';
import { clusterBySyntax, type SyntaxClusters } from '../../syntax/sameCode/clusterBySyntax.ts';
import { isSkipped } from '../../syntax/skipped.ts';

export interface ComparingTools {
  readonly parser: Pick<ParserPool, 'spans' | 'keepsParsing'>;
  readonly sandbox: SandboxFiles;
}

/** What stands in a place, and what is around it. */
export interface FilledPlace {
  readonly language: LanguageId | 'lines';
  readonly prefix: string;
  readonly suffix: string;
  readonly original: string;
}

/** Samples of a place beside what stands there; arrays have an entry a sample. */
export interface ComparedSamples {
  /** Numbers of clusters by syntax. */
  readonly clusters: readonly number[];
  readonly originalCluster: number;
  /** Whether a sample does not parse in its place. */
  readonly broken: readonly boolean[];
  readonly behaviour: SecondOpinion['behaviour'];
  /** Named numbers of all of them together (`opinionMeasures`). */
  readonly signals: SignalValues;
}

/** Why nothing was run, as the end of a sentence. */
const REASONS: Readonly<Record<NoBehaviour['reason'], string>> = {
  'other-language': 'only JavaScript can be',
  'no-function': 'there is no function around it',
  'not-plain': 'the function around it depends on more than its arguments',
  'foreign-names': 'the function around it uses names from elsewhere',
  'too-little-ran': 'on the inputs that were tried it gave too few values',
  'too-slow': 'it took too long',
};

/**
 * Puts samples of a place together that are the same code and, where they can be run, that behave alike; and says by numbers how far they
 * agree with what stands there and with each other.
 *
 * Rejects with the signal's reason when aborted, and as the parser and the sandbox do.
 */
export async function compareSamples(
  { parser, sandbox }: ComparingTools,
  { language, prefix, suffix, original }: FilledPlace,
  samples: readonly ScoredText[],
  signal: AbortSignal,
): Promise<ComparedSamples> {
  const texts = [original, ...samples.map(({ text }) => text)];
  const syntax = await clustersBySyntax(parser, { language, prefix, suffix }, texts, signal);
  const behaviour =
    language === 'lines'
      ? ({ reason: 'other-language' } as const)
      : await clusterByBehaviour(
          { parser, ...sandbox },
          { language, prefix, suffix },
          texts,
          DEFAULT_BEHAVIOUR_LIMITS,
          signal,
        );
  const isRun = !('reason' in behaviour);
  const [originalCluster = 0, ...clusters] = syntax.clusters;
  return {
    clusters,
    originalCluster,
    broken: syntax.broken.slice(1),
    behaviour: isRun
      ? { clusterCount: new Set(behaviour.clusters).size, inputCount: behaviour.inputCount }
      : { reason: REASONS[behaviour.reason] },
    signals: opinionMeasures({ samples, syntax, behaviour: isRun ? behaviour.clusters : null }),
  };
}

async function clustersBySyntax(
  parser: ComparingTools['parser'],
  { language, prefix, suffix }: Omit<FilledPlace, 'original'>,
  texts: readonly string[],
  signal: AbortSignal,
): Promise<SyntaxClusters> {
  const found =
    language === 'lines' ? null : await clusterBySyntax(parser, { language, prefix, suffix }, texts, signal);
  signal.throwIfAborted();
  return found === null || isSkipped(found) ? clustersByWords(texts) : found;
}

/** Where there is no tree, texts are the same that have the same words. */
function clustersByWords(texts: readonly string[]): SyntaxClusters {
  const words = texts.map((text) => text.split(/\s+/).filter((word) => word !== ''));
  const numbers = new Map<string, number>();
  const clusters = words.map((own) => {
    const key = own.join(' ');
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  });
  return { clusters, broken: texts.map(() => false), words };
}
