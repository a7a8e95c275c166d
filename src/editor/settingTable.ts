import { USUAL_CONCURRENCY } from '../engines/openai/serverGate.ts';

/** One setting as `package.json` must declare it, under `candor.`. */
interface SettingDeclaration {
  readonly default: string | boolean | number | readonly string[];
  /** `machine`: a workspace cannot set it, for it sends text somewhere or loads a file. */
  readonly scope: 'machine' | 'window' | 'resource';
}

export const ENGINES = ['bundled', 'ngram', 'llama', 'openai'] as const;

/** Every setting of Candor, declared here and nowhere else; a test holds `package.json` to it. */
export const SETTINGS = {
  engine: { default: text<(typeof ENGINES)[number]>('bundled'), scope: 'machine' },
  'llama.model': { default: text(''), scope: 'machine' },
  'llama.gpu': { default: flag(false), scope: 'machine' },
  'llama.mix': { default: flag(false), scope: 'machine' },
  'openai.baseUrl': { default: text(''), scope: 'machine' },
  'openai.model': { default: text(''), scope: 'machine' },
  'openai.concurrency': { default: count(USUAL_CONCURRENCY), scope: 'machine' },
  exclude: { default: list(), scope: 'resource' },
  'audit.onOpen': { default: flag(false), scope: 'window' },
  'marks.enabled': { default: flag(true), scope: 'window' },
  'marks.onlyActiveLine': { default: flag(false), scope: 'window' },
  'marks.note': { default: flag(true), scope: 'window' },
  'marks.gutterIcons': { default: flag(false), scope: 'window' },
  'lenses.enabled': { default: flag(true), scope: 'window' },
  'capture.enabled': { default: flag(true), scope: 'window' },
  'completions.enabled': { default: flag(false), scope: 'machine' },
  'completions.holdBackDoubtful': { default: flag(false), scope: 'window' },
  'completions.cutDoubtful': { default: flag(false), scope: 'window' },
  'recorder.upstream': { default: text(''), scope: 'machine' },
  'recorder.autoStart': { default: flag(false), scope: 'machine' },
} as const satisfies Readonly<Record<string, SettingDeclaration>>;

/** The values of the settings. */
export interface Settings {
  readonly engine: (typeof ENGINES)[number];
  readonly llamaModel: string;
  readonly llamaGpu: boolean;
  readonly llamaMix: boolean;
  readonly openaiBaseUrl: string;
  readonly openaiModel: string;
  readonly openaiConcurrency: number;
  readonly auditOnOpen: boolean;
  readonly marksEnabled: boolean;
  readonly marksOnlyActiveLine: boolean;
  readonly marksNote: boolean;
  readonly marksGutterIcons: boolean;
  readonly lensesEnabled: boolean;
  readonly captureEnabled: boolean;
  readonly completionsEnabled: boolean;
  readonly completionsHoldBackDoubtful: boolean;
  readonly completionsCutDoubtful: boolean;
  readonly recorderUpstream: string;
  readonly recorderAutoStart: boolean;
}

function text<Text extends string = string>(value: Text): Text {
  return value;
}

function list(...values: readonly string[]): readonly string[] {
  return values;
}

function count(value: number): number {
  return value;
}

function flag(value: boolean): boolean {
  return value;
}
