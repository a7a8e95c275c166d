import type { ParseArgsConfig } from 'node:util';
import { CandorError } from '../core/candorError.ts';
import type { Gates } from './gates.ts';
import { parseOptions } from './parseOptions.ts';
import { formatOf } from './readFormat.ts';
import { readOptions, SCORING_OPTIONS, type Options } from './readOptions.ts';

const FORMATS = ['text', 'json', 'markdown', 'sarif', 'html'] as const;

const OPTIONS = {
  ...SCORING_OPTIONS,
  diff: { type: 'string' },
  staged: { type: 'boolean', default: false },
  patch: { type: 'string' },
  'ai-written': { type: 'boolean', default: false },
  exclude: { type: 'string', multiple: true },
  'link-base': { type: 'string' },
  compare: { type: 'string', multiple: true },
  'no-cache': { type: 'boolean', default: false },
  'fail-under': { type: 'string' },
  'fail-on': { type: 'string' },
} as const satisfies ParseArgsConfig['options'];

/** What of the files is judged. */
export type Scope =
  | { readonly kind: 'everything' }
  | { readonly kind: 'diff'; readonly since: string }
  | { readonly kind: 'staged' }
  | { readonly kind: 'patch'; readonly file: string }
  | { readonly kind: 'aiWritten' };

export interface AuditOptions extends Options {
  readonly format: (typeof FORMATS)[number];
  readonly scope: Scope;
  /** What is left out, by patterns as in `.candorignore`. */
  readonly exclude: readonly string[];
  /** What links begin with; empty: they are relative. */
  readonly linkBase: string;
  /** Earlier JSON reports to compare with, by path, the oldest first. */
  readonly compare: readonly string[];
  /** Whether what earlier audits found counts, and is kept for later ones. */
  readonly isKept: boolean;
  readonly gates: Gates;
  readonly paths: readonly string[];
}

/**
 * Reads the arguments of `candor audit`.
 * @throws CandorError `bad-call` when one is unknown or has no sense
 */
export function readAuditOptions(args: readonly string[]): AuditOptions {
  const { values, positionals } = parseOptions(withWholeDiff(args), OPTIONS);
  const format = formatOf(FORMATS, values.format);
  const { 'link-base': linkBase } = values;
  if (linkBase !== undefined && format !== 'markdown') {
    throw new CandorError('bad-call', '--link-base is for Markdown. Leave it out, or choose --format=markdown.');
  }
  const { compare = [] } = values;
  if (compare.length > 0 && format !== 'html') {
    throw new CandorError('bad-call', '--compare is for the page. Leave it out, or choose --format=html.');
  }
  return {
    ...readOptions(values),
    format,
    compare,
    scope: scopeOf(values),
    exclude: values.exclude ?? [],
    linkBase: linkBase === undefined ? '' : baseOf(linkBase),
    isKept: !values['no-cache'],
    gates: gatesOf(values),
    paths: positionals,
  };
}

interface ScopeValues {
  readonly diff?: string | undefined;
  readonly staged: boolean;
  readonly patch?: string | undefined;
  readonly 'ai-written': boolean;
}

function scopeOf({ diff, staged, patch, 'ai-written': isAiWritten }: ScopeValues): Scope {
  const scopes: Scope[] = [];
  if (diff !== undefined) scopes.push({ kind: 'diff', since: diff });
  if (staged) scopes.push({ kind: 'staged' });
  if (patch !== undefined) scopes.push({ kind: 'patch', file: patch });
  if (isAiWritten) scopes.push({ kind: 'aiWritten' });
  const [scope = { kind: 'everything' }, ...others] = scopes;
  if (others.length === 0) return scope;
  throw new CandorError(
    'bad-call',
    '--diff, --staged, --patch and --ai-written each say what is judged. Choose one of them.',
  );
}

interface GateValues {
  readonly 'fail-under'?: string | undefined;
  readonly 'fail-on'?: string | undefined;
}

function gatesOf({ 'fail-under': failUnder, 'fail-on': failOn }: GateValues): Gates {
  if (failUnder !== undefined && !(/^(?:\d+\.?\d*|\.\d+)$/.test(failUnder) && Number(failUnder) <= 1)) {
    throw new CandorError('bad-call', `--fail-under=${failUnder} is no chance. Give one from 0 to 1, such as 0.8.`);
  }
  if (failOn !== undefined && failOn !== 'doubt') {
    throw new CandorError('bad-call', `--fail-on=${failOn} is no band to fail on. There is one: --fail-on=doubt.`);
  }
  return { leastChance: failUnder === undefined ? null : Number(failUnder), failsOnDoubt: failOn !== undefined };
}

function baseOf(address: string): string {
  const url = URL.parse(address);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new CandorError('bad-call', `--link-base=${address} is no address. Give one that begins with https://.`);
  }
  return url.href.replaceAll('(', '%28').replaceAll(')', '%29').replace(/\/*$/, '/');
}

/** `--diff` may stand without its value, which `parseArgs` does not know of. */
function withWholeDiff(args: readonly string[]): readonly string[] {
  const end = args.includes('--') ? args.indexOf('--') : args.length;
  return args.map((arg, index) => (arg === '--diff' && index < end ? '--diff=HEAD' : arg));
}
