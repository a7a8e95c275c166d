import type { LanguageId } from '../../syntax/languages.ts';
import type { SpanReader } from './spanReader.ts';
import type { Parameter } from './testedFunction.ts';

const LISTS: ReadonlySet<string> = new Set(['formal_parameters', 'parameters', 'parameter_list', 'method_parameters']);

/** The list of a function's parameters, the first one after its name; -1 where it has none. */
export function parameterListOf(reader: SpanReader, span: number, nameEnd: number): number {
  return reader.firstBelow(span, LISTS, nameEnd);
}

/** What a function takes, without what a method is called on. */
export function parametersOf(reader: SpanReader, list: number, language: LanguageId): readonly Parameter[] {
  const children = reader.childrenOf(list);
  switch (language) {
    case 'typescript':
    case 'tsx':
    case 'javascript':
      return children.flatMap((child) => ofEcmaScript(reader, child));
    case 'python':
      return ofPython(reader, children);
    case 'go':
      return children.flatMap((child) => ofGo(reader, child));
    case 'rust':
      return children.filter((child) => reader.typeOf(child) === 'parameter').map((child) => ofRust(reader, child));
    case 'java':
      return children
        .filter((child) => /^(?:formal|spread)_/.test(reader.typeOf(child)))
        .map((child) => ofJava(reader, child));
    case 'c':
    case 'cpp':
      return children.flatMap((child) => ofC(reader, child));
    case 'csharp':
      return children.flatMap((child) => ofCSharp(reader, child));
    case 'ruby':
      return children.flatMap((child) => ofRuby(reader, child));
    case 'php':
      return children.map((child) => ofPhp(reader, child));
    case 'scala':
      return children.map((child) => ofScala(reader, child));
    case 'bash':
      return [];
  }
}

function parameter(name: string | null, change: Partial<Parameter> = {}): Parameter {
  return { name, kind: 'plain', type: null, mode: '', ...change };
}

/** The text of the first child of a type; null without one. */
function childText(reader: SpanReader, span: number, type: string): string | null {
  const child = reader.childrenOf(span).find((each) => reader.typeOf(each) === type);
  return child === undefined ? null : reader.textOf(child);
}

function ofEcmaScript(reader: SpanReader, span: number): readonly Parameter[] {
  const type = reader.typeOf(span);
  if (type === 'identifier') return [parameter(reader.textOf(span))];
  if (type === 'rest_pattern') return [parameter(childText(reader, span, 'identifier'), { kind: 'rest' })];
  if (type.endsWith('_pattern') && type !== 'assignment_pattern') return [parameter(null)];
  const inner = reader
    .childrenOf(span)
    .find((child) => !/^(?:accessibility|override)_|decorator/.test(reader.typeOf(child)));
  // `this` is a type alone.
  if (inner === undefined || reader.typeOf(inner) === 'this') return [];
  return ofEcmaScript(reader, inner);
}

function ofPython(reader: SpanReader, children: readonly number[]): readonly Parameter[] {
  const parameters: Parameter[] = [];
  let kind: Parameter['kind'] = 'plain';
  for (const child of children) {
    const type = reader.typeOf(child);
    const inner = type === 'typed_parameter' ? (reader.childrenOf(child)[0] ?? child) : child;
    const innerType = reader.typeOf(inner);
    if (type === 'keyword_separator') kind = 'named';
    else if (innerType === 'list_splat_pattern') {
      parameters.push(parameter(childText(reader, inner, 'identifier'), { kind: 'rest' }));
      kind = 'named';
    } else if (type !== 'positional_separator' && innerType !== 'dictionary_splat_pattern') {
      const name = innerType === 'identifier' ? reader.textOf(inner) : childText(reader, inner, 'identifier');
      parameters.push(parameter(name, { kind }));
    }
  }
  return parameters;
}

function ofGo(reader: SpanReader, span: number): readonly Parameter[] {
  const names = reader.childrenOf(span).filter((child) => reader.typeOf(child) === 'identifier');
  const last = names.at(-1);
  const written = reader
    .between(last === undefined ? reader.startOf(span) : reader.endOf(last), reader.endOf(span))
    .trim();
  const isRest = reader.typeOf(span) === 'variadic_parameter_declaration';
  const change = isRest
    ? ({ kind: 'rest', type: written.replace('...', '[]') } as const)
    : ({ kind: 'plain', type: written } as const);
  if (names.length === 0) return [parameter(null, change)];
  return names.map((name) => parameter(reader.textOf(name) === '_' ? null : reader.textOf(name), change));
}

function ofRust(reader: SpanReader, span: number): Parameter {
  return parameter(childText(reader, span, 'identifier'));
}

function ofJava(reader: SpanReader, span: number): Parameter {
  const children = reader.childrenOf(span);
  const isRest = reader.typeOf(span) === 'spread_parameter';
  const name = children.findLast((child) => ['identifier', 'variable_declarator'].includes(reader.typeOf(child)));
  const modifiers = children.find((child) => reader.typeOf(child) === 'modifiers');
  const start = modifiers === undefined ? reader.startOf(span) : reader.endOf(modifiers);
  const end = name === undefined ? reader.endOf(span) : reader.startOf(name);
  const dimensions = name === undefined ? '' : reader.between(reader.endOf(name), reader.endOf(span)).trim();
  const type = reader.between(start, end).trim().replace('...', '[]') + dimensions;
  return parameter(name === undefined ? null : reader.textOf(name), { kind: isRest ? 'rest' : 'plain', type });
}

/** `const char *a`, `int b[3]`, `void (*c)(int)`: the name stands inside the type. */
function ofC(reader: SpanReader, span: number): readonly Parameter[] {
  if (!/^(?:optional_|variadic_)?parameter_declaration$/.test(reader.typeOf(span))) return [];
  const children = reader.childrenOf(span);
  const value = reader.between(reader.startOf(span), reader.endOf(span)).indexOf('=');
  const end = value < 0 ? reader.endOf(span) : reader.startOf(span) + value;
  if (children.length === 1 && reader.textOf(span) === 'void') return [];
  const name = declaredName(reader, span, end);
  if (name === -1) return [parameter(null, { type: reader.between(reader.startOf(span), end).trim() })];
  const before = reader.between(reader.startOf(span), reader.startOf(name)).trim();
  const after = reader.between(reader.endOf(name), end).trim();
  // An array is handed over as a pointer.
  const type = before + (/^\[[^\]]*\]/.test(after) ? after.replace(/^\[[^\]]*\]/, ' *') : after);
  return [parameter(reader.textOf(name), { type })];
}

function declaredName(reader: SpanReader, span: number, end: number): number {
  for (const child of reader.childrenOf(span)) {
    if (reader.startOf(child) >= end) break;
    if (reader.typeOf(child) === 'identifier') return child;
    const name = reader.typeOf(child).endsWith('_declarator') ? declaredName(reader, child, end) : -1;
    if (name !== -1) return name;
  }
  return -1;
}

function ofCSharp(reader: SpanReader, span: number): readonly Parameter[] {
  // The grammar has no node for `params int[] values`.
  if (reader.typeOf(span) === 'identifier') return [parameter(reader.textOf(span))];
  if (reader.typeOf(span) !== 'parameter') return [];
  const children = reader.childrenOf(span);
  const value = reader.textOf(span).indexOf('=');
  const end = value < 0 ? reader.endOf(span) : reader.startOf(span) + value;
  const name = children.findLast((child) => reader.typeOf(child) === 'identifier' && reader.startOf(child) < end);
  const mode = children
    .filter((child) => reader.typeOf(child) === 'modifier')
    .map((child) => reader.textOf(child))
    .find((modifier) => modifier === 'ref' || modifier === 'out');
  return [parameter(name === undefined ? null : reader.textOf(name), { mode: mode === undefined ? '' : `${mode} ` })];
}

function ofRuby(reader: SpanReader, span: number): readonly Parameter[] {
  const name = childText(reader, span, 'identifier');
  switch (reader.typeOf(span)) {
    case 'identifier':
      return [parameter(reader.textOf(span))];
    case 'optional_parameter':
      return [parameter(name)];
    case 'splat_parameter':
      return [parameter(name, { kind: 'rest' })];
    case 'keyword_parameter':
      return [parameter(name, { kind: 'named' })];
    case 'destructured_parameter':
      return [parameter(null)];
    default:
      return [];
  }
}

function ofPhp(reader: SpanReader, span: number): Parameter {
  const name = childText(reader, span, 'variable_name')?.replace('$', '') ?? null;
  return parameter(name, { kind: reader.typeOf(span) === 'variadic_parameter' ? 'rest' : 'plain' });
}

function ofScala(reader: SpanReader, span: number): Parameter {
  const isRest = reader.childrenOf(span).some((child) => reader.typeOf(child) === 'repeated_parameter_type');
  return parameter(childText(reader, span, 'identifier'), { kind: isRest ? 'rest' : 'plain' });
}
