import type { Parameter, TestedFunction } from './testedFunction.ts';

/** A parameter under the name that a test gives to its argument. */
export interface Argument {
  readonly name: string;
  readonly parameter: Parameter;
}

/** The names in a test: each once, and none of those that it uses otherwise. */
export interface StubNames {
  readonly arguments: readonly Argument[];
  /** What a method is called on. */
  readonly instance: string;
  readonly expected: string;
  readonly result: string;
}

/** How a language joins words to a name. */
export type Joined = (words: readonly string[]) => string;

/**
 * @param others names that the test uses for something else, and those that the language keeps for itself
 * @param join also gives the name of an instance, from its type's
 */
export function stubNames(tested: TestedFunction, others: readonly string[], join: Joined): StubNames {
  const taken = new Set([...others, tested.name, ...tested.holders]);
  const named = tested.parameters.map((parameter, index) => {
    const wanted = parameter.name ?? join(['argument', `${index + 1}`]);
    return { name: take(wanted, 'argument'), parameter };
  });

  function take(wanted: string, addition: string): string {
    let name = wanted;
    while (taken.has(name)) name = join([name, addition]);
    taken.add(name);
    return name;
  }

  const type = tested.holders.at(-1) ?? '';
  const typeWords = type
    .replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, ' ')
    .toLowerCase()
    .split(/[^a-z\d]+/);
  return {
    arguments: named,
    instance: take(join(typeWords.filter((word) => word !== '')) || 'instance', 'instance'),
    expected: take('expected', 'result'),
    result: take('result', 'given'),
  };
}

/** What stands for a value that nobody has written yet, in words: `what clamp gives`. */
export function wordsForResult({ name, kind, holders, resultCount }: TestedFunction): string {
  if (kind === 'constructor') return `what a new ${holders.at(-1) ?? name} is equal to`;
  return resultCount === 0 ? `what ${name} changes` : `what ${name} gives`;
}

/** An article and a type. */
export function aTypeOf({ holders }: TestedFunction): string {
  const type = holders.at(-1) ?? 'value';
  return `${/^[aeiou]/i.test(type) ? 'an' : 'a'} ${type}`;
}
