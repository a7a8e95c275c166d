import { SPAN_FLAGS, type SpanTable } from '../../core/spanTable.ts';
import type { LanguageId } from '../../syntax/languages.ts';
import { exportOf } from './exportOf.ts';
import { namespaceOf } from './namespaceOf.ts';
import { parameterListOf, parametersOf } from './parametersOf.ts';
import { resultCountOf } from './resultCountOf.ts';
import { spanReader, type SpanReader } from './spanReader.ts';
import type { Parameter, TestedFunction } from './testedFunction.ts';

const ECMA_SCRIPT: ReadonlySet<LanguageId> = new Set(['typescript', 'tsx', 'javascript']);

/** What may stand between a function and the top of its file; in anything else it is nobody's to call. */
const OPEN_IN_ECMA_SCRIPT =
  /^(?:program|export_statement|(?:lexical|variable)_declaration|variable_declarator|expression_statement|assignment_expression|(?:abstract_)?class_declaration|class|class_body|(?:public_)?field_definition)$/;

/** Types and modules that hold functions. */
const HOLDERS =
  /^(?:(?:abstract_)?class(?:_declaration|_definition|_specifier)?|struct(?:_declaration|_specifier)?|record_declaration|enum_declaration|interface_declaration|trait_declaration|trait_definition|object_definition|impl_item|trait_item|mod_item|module|internal_module|namespace_definition)$/;

const CONSTRUCTORS: ReadonlySet<string> = new Set(['constructor', '__init__', 'initialize', '__construct']);

/**
 * The function around a place that a test could call: the outermost one there, for what lies in it cannot be called from outside.
 * Null where the place is in none, or in one without a name.
 */
export function findTestedFunction(
  spans: SpanTable,
  text: string,
  offset: number,
  language: LanguageId,
): TestedFunction | null {
  const reader = spanReader(spans, text);
  const span = outermostFunction(reader, offset);
  const nameSpan = span === -1 ? -1 : (spans.nameSpans[span] ?? -1);
  if (nameSpan === -1) return null;
  const holderSpans = reader
    .ancestorsOf(span)
    .filter((above) => HOLDERS.test(reader.typeOf(above)) && (spans.nameSpans[above] ?? -1) !== -1)
    // The namespace of PHP is said by the file, be it in braces.
    .filter((above) => language !== 'php' || reader.typeOf(above) !== 'namespace_definition')
    .reverse();
  const names = reader.textOf(nameSpan).split(language === 'cpp' ? '::' : '.');
  const name = names.at(-1) ?? '';
  const outside = holderSpans.flatMap((above) =>
    withoutGenerics(reader.textOf(spans.nameSpans[above] ?? 0)).split('::'),
  );
  const list = parameterListOf(reader, span, nameSpan > span ? reader.endOf(nameSpan) : reader.startOf(span));
  const seen: Seen = {
    reader,
    language,
    span,
    nameSpan,
    name,
    list,
    holderSpans,
    holders: [...outside, ...(language === 'cpp' ? names.slice(0, -1) : receiverOf(reader, span, nameSpan))],
    head: headOf(reader, span, nameSpan),
  };
  const kind = kindOf(seen);
  const parameters = kind === 'free' || language !== 'python' ? ownParameters(seen) : pythonMethodParameters(seen);
  return {
    name,
    kind,
    holders: seen.holders,
    namespace: namespaceOf(text, language),
    exported: exportedOf(seen, kind, names),
    isAsync: /\basync\b/.test(seen.head),
    isProperty: kind === 'method' && (/\bget\s$/.test(seen.head) || /@(?:cached_)?property\b/.test(seen.head)),
    parameters,
    resultCount: resultCountOf(reader, span, nameSpan, list, language),
  };
}

/** A function, and what was seen of it. */
interface Seen {
  readonly reader: SpanReader;
  readonly language: LanguageId;
  readonly span: number;
  readonly nameSpan: number;
  readonly name: string;
  /** Its parameters; -1 where it has no list of them. */
  readonly list: number;
  readonly holderSpans: readonly number[];
  readonly holders: readonly string[];
  /** What stands before its name, decorators included. */
  readonly head: string;
}

function outermostFunction(reader: SpanReader, offset: number): number {
  const { spans } = reader;
  for (let span = 0; span < spans.length; span++) {
    if (reader.startOf(span) > offset) break;
    if (((spans.flags[span] ?? 0) & SPAN_FLAGS.function) !== 0 && offset <= reader.endOf(span)) return span;
  }
  return -1;
}

function withoutGenerics(name: string): string {
  return name.replace(/<.*$/s, '');
}

function headOf(reader: SpanReader, span: number, nameSpan: number): string {
  const parent = reader.spans.parents[span] ?? 0;
  const start = reader.typeOf(parent) === 'decorated_definition' ? reader.startOf(parent) : reader.startOf(span);
  // The name of `const f = async () => 1` stands outside of the function.
  const end = nameSpan > span ? reader.startOf(nameSpan) : start + 'async '.length;
  return reader.between(start, end);
}

/** Go: `func (range *Range) Clamp(...)`. */
function receiverOf(reader: SpanReader, span: number, nameSpan: number): readonly string[] {
  if (reader.typeOf(span) !== 'method_declaration' || reader.spans.language !== 'go') return [];
  const receiver = reader.firstBelow(span, new Set(['type_identifier']));
  return receiver === -1 || receiver > nameSpan ? [] : [reader.textOf(receiver)];
}

function kindOf({ reader, language, span, name, list, holderSpans, holders, head }: Seen): TestedFunction['kind'] {
  const inner = holderSpans.at(-1) ?? -1;
  const innerType = inner === -1 ? '' : reader.typeOf(inner);
  if (holders.length === 0) return 'free';
  if (CONSTRUCTORS.has(name) || reader.typeOf(span) === 'constructor_declaration') return 'constructor';
  switch (language) {
    case 'python':
      return /@(?:staticmethod|classmethod)\b/.test(head) ? 'static' : 'method';
    case 'rust':
      if (innerType === 'mod_item') return 'static';
      return list !== -1 && reader.firstBelow(list, new Set(['self_parameter'])) !== -1 ? 'method' : 'static';
    case 'ruby':
      return reader.typeOf(span) === 'singleton_method' ? 'static' : 'method';
    case 'scala':
      return innerType === 'object_definition' ? 'static' : 'method';
    case 'c':
    case 'cpp':
      if (/^(?:class|struct)_specifier$/.test(innerType)) return /\bstatic\b/.test(head) ? 'static' : 'method';
      return isTypeByName(reader.text, holders.at(-1) ?? '') ? 'method' : 'static';
    default:
      return /\bstatic\b/.test(head) ? 'static' : 'method';
  }
}

/** Outside of its class a method of C++ looks like a function of a namespace: the file may say which, else its first letter does. */
function isTypeByName(text: string, name: string): boolean {
  if (new RegExp(`\\b(?:class|struct)\\s+${name}\\b`).test(text)) return true;
  return /^[A-Z]/.test(name) && !new RegExp(`\\bnamespace\\s+(?:\\w+::)*${name}\\b`).test(text);
}

function ownParameters({ reader, language, span, list }: Seen): readonly Parameter[] {
  if (list !== -1) return parametersOf(reader, list, language);
  // `x => x` has a parameter and no list.
  const first = reader.childrenOf(span)[0];
  const isBare =
    reader.typeOf(span) === 'arrow_function' && first !== undefined && reader.typeOf(first) === 'identifier';
  return isBare ? [{ name: reader.textOf(first), kind: 'plain', type: null, mode: '' }] : [];
}

/** Without what a method of Python is called on. */
function pythonMethodParameters(seen: Seen): readonly Parameter[] {
  const parameters = ownParameters(seen);
  return /@staticmethod\b/.test(seen.head) ? parameters : parameters.slice(1);
}

function exportedOf(seen: Seen, kind: TestedFunction['kind'], names: readonly string[]): TestedFunction['exported'] {
  const { reader, language, head, holders, holderSpans, span } = seen;
  if (ECMA_SCRIPT.has(language)) return exportedByModule(seen, names);
  switch (language) {
    case 'java':
    case 'php':
    case 'scala':
      return /\b(?:private|protected)\b/.test(head) ? 'hidden' : 'named';
    case 'csharp':
      return /\b(?:public|internal)\b/.test(head) ? 'named' : 'hidden';
    case 'rust':
      // The module of tests sees all of its file, but not into its other modules.
      return holderSpans.some((above) => reader.typeOf(above) === 'mod_item') && !/\bpub\b/.test(head)
        ? 'hidden'
        : 'named';
    case 'cpp':
      if (reader.ancestorsOf(span).some((above) => isUnnamedNamespace(reader, above))) return 'hidden';
      if (kind === 'free') return /\bstatic\b/.test(head) ? 'hidden' : 'named';
      return holders.length > 0 && isPrivateInCpp(seen) ? 'hidden' : 'named';
    default:
      return 'named';
  }
}

function exportedByModule(
  { reader, span, name, holders, head }: Seen,
  names: readonly string[],
): TestedFunction['exported'] {
  const above = reader.ancestorsOf(span);
  const isNested = !above.every((each) => OPEN_IN_ECMA_SCRIPT.test(reader.typeOf(each)));
  const isPrivate = name.startsWith('#') || /\b(?:private|protected)\b/.test(head);
  if (isNested || isPrivate || holders.length > 1) return 'hidden';
  const statement = above.find((each) => reader.typeOf(each) === 'export_statement');
  if (statement !== undefined) return /^export\s+default\b/.test(reader.textOf(statement)) ? 'default' : 'named';
  // `exports.f = () => 1` is named after all of its left side.
  if (names.length > 1) return /^(?:module\.)?exports$/.test(names.slice(0, -1).join('.')) ? 'named' : 'hidden';
  return exportOf(reader.text, holders[0] ?? name);
}

function isUnnamedNamespace(reader: SpanReader, span: number): boolean {
  return reader.typeOf(span) === 'namespace_definition' && reader.spans.nameSpans[span] === -1;
}

function isPrivateInCpp({ reader, span, holderSpans }: Seen): boolean {
  const holder = holderSpans.at(-1) ?? -1;
  if (holder === -1 || !/^(?:class|struct)_specifier$/.test(reader.typeOf(holder))) return false;
  const body = reader.childrenOf(holder).find((child) => reader.typeOf(child) === 'field_declaration_list') ?? holder;
  const last = reader.childrenOf(body).findLast((child) => child < span && reader.typeOf(child) === 'access_specifier');
  const access =
    last === undefined ? (reader.typeOf(holder) === 'class_specifier' ? 'private' : 'public') : reader.textOf(last);
  return access !== 'public';
}
