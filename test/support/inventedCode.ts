import type { SeededRandom } from '../../src/core/seededRandom.ts';

export type InventedLanguage = 'ts' | 'py' | 'go';

/** Makes up code that looks like a language's, and is nobody's. */
export interface CodeInventor {
  readonly name: () => string;
  /** One statement, without indent. */
  readonly statement: (language: InventedLanguage) => string;
  /** So many lines: functions, or statements where there is no room for one. */
  readonly code: (language: InventedLanguage, lineCount: number) => string;
  /** An import, with its line break. */
  readonly import: (language: InventedLanguage) => string;
}

const WORDS = 'user order total page count index item price cache token path limit offset batch report widget'.split(
  ' ',
);
const VERBS = 'load find read send merge parse count build check close apply reset'.split(' ');

export function codeInventor({ uniform }: SeededRandom): CodeInventor {
  const pick = <T>(from: readonly [T, ...T[]]): T => from[Math.floor(uniform() * from.length)] ?? from[0];
  const word = (from: readonly string[]): string => from[Math.floor(uniform() * from.length)] ?? '';
  const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
  const noun = (): string => word(WORDS) + capital(word(WORDS));
  const name = (): string => word(VERBS) + capital(word(WORDS)) + capital(word(WORDS));
  const number = (): string => String(Math.floor(uniform() * 100));

  function statement(language: InventedLanguage): string {
    const [one, other, call] = [noun(), noun(), name()];
    switch (language) {
      case 'ts':
        return pick([
          `const ${one} = ${call}(${other}, ${number()});`,
          `if (${one} > ${number()}) throw new Error(\`no ${other}\`);`,
          `${one}.push({ ${other}: ${number()}, ok: true });`,
          `console.log("${one} of ${other}", ${one});`,
          `await ${call}(${one}.map((each) => each.${other}));`,
        ]);
      case 'py':
        return pick([
          `${one} = ${call}(${other}, ${number()})`,
          `assert ${one} > ${number()}, "no ${other}"`,
          `${one}.append({"${other}": ${number()}})`,
          `${one} = [each.${other} for each in ${one}]`,
          `print(f"{${one}} of {${other}}")`,
        ]);
      case 'go':
        return pick([
          `${one} := ${call}(${other}, ${number()})`,
          `fmt.Println("${one}", ${other})`,
          `${one} = append(${one}, ${other}...)`,
          `defer ${call}(${one})`,
          `${one}[${number()}] = ${other}.${capital(one)}`,
        ]);
    }
  }

  function functionOf(language: InventedLanguage, lineCount: number): string {
    const body = Array.from({ length: lineCount }, () => statement(language));
    const indent = language === 'go' ? '\t' : language === 'py' ? '    ' : '  ';
    const inside = body.map((line) => indent + line).join('\n');
    switch (language) {
      case 'ts':
        return `export async function ${name()}(${noun()}: string, ${noun()}: number) {\n${inside}\n}`;
      case 'py':
        return `def ${name()}(${noun()}, ${noun()}):\n${inside}`;
      case 'go':
        return `func ${name()}(${noun()} string, ${noun()} int) {\n${inside}\n}`;
    }
  }

  function code(language: InventedLanguage, lineCount: number): string {
    const around = language === 'py' ? 1 : 2;
    if (lineCount <= around) return Array.from({ length: lineCount }, () => statement(language)).join('\n');
    const lines = Math.min(lineCount, 3 + Math.floor(uniform() * 14));
    const rest = lineCount - lines;
    const one = functionOf(language, lines - around);
    // A blank line between two functions.
    return rest <= 1 ? one : `${one}\n\n${code(language, rest - 1)}`;
  }

  function importOf(language: InventedLanguage): string {
    const one = noun();
    if (language === 'py') return `from ${one} import ${name()}\n`;
    return language === 'go' ? `import "${one}"\n` : `import { ${name()} } from './${one}.ts';\n`;
  }

  return { name, statement, code, import: importOf };
}
