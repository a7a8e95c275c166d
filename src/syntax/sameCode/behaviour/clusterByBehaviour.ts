import type { ParserPool } from '../../parserPool.ts';
import { isSkipped } from '../../skipped.ts';
import { hasFlag, type CodeTree } from '../codeTree.ts';
import { namesOf, type NamedTree } from '../namesOf.ts';
import type { Place } from '../clusterBySyntax.ts';
import { DEFAULT_BEHAVIOUR_LIMITS, isValue, type BehaviourAnswer, type BehaviourLimits } from './behaviourTask.ts';
import { joined, parameterShapes, type Shape } from './parameterShapes.ts';
import { runFunctions, type SandboxFiles } from './runFunctions.ts';
import { runnableFunction, type NotRunnable, type RunnableFunction } from './runnableFunction.ts';
import { sampleInputs } from './sampleInputs.ts';

/** Which continuations make functions that behave alike. */
export interface BehaviourClusters {
  /** For each continuation the number of its cluster: 0 for the first, and one more whenever another behaviour is seen. */
  readonly clusters: readonly number[];
  /** Inputs on which at least two of the functions gave a value: what the clusters rest on. */
  readonly inputCount: number;
}

/** Why nobody can say how continuations behave. */
export interface NoBehaviour {
  readonly reason: 'other-language' | 'no-function' | 'not-plain' | 'foreign-names' | 'too-little-ran' | 'too-slow';
}

export interface BehaviourTools extends SandboxFiles {
  readonly parser: Pick<ParserPool, 'spans'>;
}

/** Draws the inputs; the same for all, so that a place has the same clusters whenever it is asked. */
const INPUT_SEED = 1;

/**
 * Puts continuations together that behave alike: the function that holds the place is run with each of them in it, on inputs
 * that fit how it uses its parameters. JavaScript only, and only for functions that depend on nothing but their arguments
 * (`runnableFunction`); of the functions around the place it is the innermost such.
 *
 * Two functions behave alike if every call comes to the same: the same value and the same arguments afterwards, or an error of the
 * same class and the same arguments; for TypeErrors the arguments do not count, for they say where a wrong input was noticed. A
 * function that could not be run, or gave values on few inputs, was not seen to do anything, so it is like nothing but its own text.
 *
 * Functional clusters: CodeGenUQ of UQLM asks a model; execution on generated inputs as in arXiv 2502.11620.
 *
 * @throws CandorError as the parser does, and `corrupt` where the sandbox cannot be loaded. The signal's reason when aborted
 */
export async function clusterByBehaviour(
  { parser, ...sandbox }: BehaviourTools,
  place: Place,
  continuations: readonly string[],
  limits: BehaviourLimits = DEFAULT_BEHAVIOUR_LIMITS,
  signal?: AbortSignal,
): Promise<BehaviourClusters | NoBehaviour> {
  if (place.language !== 'javascript') return { reason: 'other-language' };
  const candidates: Candidate[] = [];
  for (const continuation of continuations) {
    const text = place.prefix + continuation + place.suffix;
    const spans = await parser.spans(text, place.language, signal);
    signal?.throwIfAborted();
    candidates.push(isSkipped(spans) ? new Map() : functionsAround({ text, spans }, place, continuation.length));
  }
  const chosen = chooseFunctions(candidates);
  if ('reason' in chosen) return chosen;

  const shapes = shapesOfAll(chosen.flatMap((found) => found ?? []));
  const inputs = sampleInputs(shapes, limits.inputCount, INPUT_SEED);
  const tasks = chosen.map((found) => ({ source: found?.source ?? '', inputs: found === null ? [] : inputs }));
  const answers = await runFunctions(sandbox, tasks, limits, signal);
  return answers === null ? { reason: 'too-slow' } : clustersOf(answers, continuations, limits);
}

interface FoundFunction extends RunnableFunction {
  readonly tree: NamedTree;
}

/** The functions around a place, innermost last, by where they start. */
type Candidate = ReadonlyMap<number, FoundFunction | NotRunnable>;

function functionsAround(code: CodeTree, { prefix }: Place, length: number): Candidate {
  const found = new Map<number, FoundFunction | NotRunnable>();
  const names = namesOf(code);
  if (names === null) return found;
  const tree = { ...code, names };
  const { starts, ends } = tree.spans;
  for (let span = 0; span < tree.spans.length; span++) {
    const start = starts[span] ?? 0;
    const isAround = start < prefix.length && (ends[span] ?? 0) >= prefix.length + length;
    if (!isAround || !hasFlag(tree, span, 'function')) continue;
    const runnable = runnableFunction(tree, span);
    found.set(start, 'reason' in runnable ? runnable : { ...runnable, tree });
  }
  return found;
}

/**
 * The same function of each candidate, null where it does not parse: the innermost that can be run with all others. Of those that
 * cannot, the outermost says why.
 */
function chooseFunctions(candidates: readonly Candidate[]): readonly (FoundFunction | null)[] | NoBehaviour {
  const starts = new Set(candidates.flatMap((candidate) => [...candidate.keys()]));
  let reason: NoBehaviour['reason'] = 'no-function';
  for (const start of [...starts].sort((left, right) => right - left)) {
    const found = candidates.map((candidate) => candidate.get(start) ?? { reason: 'faulty' as const });
    const refused = found.flatMap((one) => ('reason' in one && one.reason !== 'faulty' ? one.reason : []));
    const runnable = found.filter((one) => !('reason' in one));
    if (refused[0] !== undefined) reason = refused[0];
    else if (runnable.length > 0) return found.map((one) => ('reason' in one ? null : one));
  }
  return { reason };
}

/** Parameter by parameter, all that any of the functions shows of it. */
function shapesOfAll(functions: readonly FoundFunction[]): readonly Shape[] {
  const shapes = functions.map(({ tree, span }) => parameterShapes(tree, span));
  const count = Math.max(0, ...shapes.map(({ length }) => length));
  return Array.from({ length: count }, (_, at) => joined(shapes.flatMap((ofFunction) => ofFunction[at] ?? [])));
}

function clustersOf(
  answers: readonly BehaviourAnswer[],
  continuations: readonly string[],
  { fewestValues }: BehaviourLimits,
): BehaviourClusters | NoBehaviour {
  const ran = answers.map((answer) =>
    answer !== null && answer.filter(isValue).length >= fewestValues ? answer : null,
  );
  const seen = ran.flatMap((answer) => (answer === null ? [] : [answer]));
  const inputCount = (seen[0] ?? []).filter(
    (_, input) => seen.filter((answer) => isValue(answer[input] ?? '')).length >= 2,
  ).length;
  if (inputCount < fewestValues) return { reason: 'too-little-ran' };
  const numberByKey = new Map<string, number>();
  const clusters = ran.map((answer, index) => {
    const key = answer === null ? `text ${continuations[index] ?? ''}` : `ran ${JSON.stringify(answer)}`;
    const number = numberByKey.get(key) ?? numberByKey.size;
    numberByKey.set(key, number);
    return number;
  });
  return { clusters, inputCount };
}
