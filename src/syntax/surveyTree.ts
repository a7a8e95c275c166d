import { SPAN_FLAGS, type SpanTable } from '../core/spanTable.ts';
import { GRAMMAR_TABLES } from './categories/grammarTables.ts';
import { isLanguageId } from './languages.ts';

/**
 * Where functions and containers lie in a tree, by span. A thing is *outermost* in a span if no function stands
 * between them, and no container either for containers. A function or container counts as lying in itself.
 */
export interface TreeSurvey {
  /** How many functions are outermost in it. */
  readonly functionCounts: Uint32Array;
  /** The first function in it; -1 for none. */
  readonly firstFunctions: Int32Array;
  /** Of a function: 1 if other functions lie in it. */
  readonly nests: Uint8Array;
  /** How many containers are outermost in it; none in a function. */
  readonly containerCounts: Uint32Array;
  /** The first container in it, outside functions; -1 for none. */
  readonly firstContainers: Int32Array;
  /** 1 for the body of a container or of a function. */
  readonly bodies: Uint8Array;
}

/** Surveys a tree, in one pass down and one up. */
export function surveyTree(spans: SpanTable): TreeSurvey {
  const { length, parents, flags, types, subtreeEnds, nameSpans } = spans;
  const survey = {
    functionCounts: new Uint32Array(length),
    firstFunctions: new Int32Array(length).fill(-1),
    nests: new Uint8Array(length),
    containerCounts: new Uint32Array(length),
    firstContainers: new Int32Array(length).fill(-1),
    bodies: new Uint8Array(length),
  };
  const { functionCounts, firstFunctions, nests, containerCounts, firstContainers, bodies } = survey;
  const hasBody = new Uint8Array(length);
  const containerTypes = typesNamed(spans, 'containers');
  const bodyTypes = typesNamed(spans, 'bodies');
  const isFunction = (span: number): boolean => ((flags[span] ?? 0) & SPAN_FLAGS.function) !== 0;
  // A keyword may share its name with a node (`class`), but it has nothing below it.
  const isContainer = (span: number): boolean => containerTypes.has(types[span] ?? 0) && subtreeEnds[span] !== span + 1;

  for (let span = 1; span < length; span++) {
    const parent = parents[span] ?? 0;
    if (!bodyTypes.has(types[span] ?? 0)) continue;
    if (isFunction(parent) || isContainer(parent) || bodies[parent] === 1) bodies[span] = hasBody[parent] = 1;
  }
  for (let span = length - 1; span >= 0; span--) {
    if (isFunction(span)) {
      nests[span] = functionCounts[span] === 0 ? 0 : 1;
      functionCounts[span] = 1;
      firstFunctions[span] = span;
      containerCounts[span] = 0;
      firstContainers[span] = -1;
    } else if (isContainer(span) && (nameSpans[span] === -1 || hasBody[span] === 1 || functionCounts[span] !== 0)) {
      // A name without a body is a mention (`struct stat s;`), which holds nothing.
      containerCounts[span] = 1;
      firstContainers[span] = span;
    }
    if (span === 0) break;
    const parent = parents[span] ?? 0;
    functionCounts[parent] = (functionCounts[parent] ?? 0) + (functionCounts[span] ?? 0);
    containerCounts[parent] = (containerCounts[parent] ?? 0) + (containerCounts[span] ?? 0);
    if (firstFunctions[span] !== -1) firstFunctions[parent] = firstFunctions[span] ?? -1;
    if (firstContainers[span] !== -1) firstContainers[parent] = firstContainers[span] ?? -1;
  }
  return survey;
}

/** The types that a list of the grammar's table names, as indices into `typeNames`. */
export function typesNamed(
  spans: SpanTable,
  list: 'containers' | 'bodies' | 'wrappers' | 'prefixes',
): ReadonlySet<number> {
  const names = isLanguageId(spans.language) ? (GRAMMAR_TABLES[spans.language][list] ?? []) : [];
  return new Set(names.map((name) => spans.typeNames.indexOf(name)));
}
