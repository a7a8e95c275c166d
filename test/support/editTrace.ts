import { gunzipSync, gzipSync } from 'node:zlib';
import type { EditEvent } from '../../src/capture/provenance/editEvent.ts';
import type { EditHint } from '../../src/capture/provenance/provenanceTeller.ts';

/** Who truly brought a change about. */
export interface TrueWriter {
  readonly by: 'model' | 'person' | 'editor';
  /** In the words of `Provenance`. */
  readonly how: string;
}

/** What follows, until the next such line, is this. */
export interface ActionLine extends TrueWriter {
  /** A few words for tables. */
  readonly action: string;
}

export interface EditLine {
  readonly edit: number;
  readonly event: EditEvent;
}

export interface HintLine {
  readonly hint: EditHint;
}

/** What a real editor told while a script worked in it. */
export type EditTrace = readonly (ActionLine | EditLine | HintLine)[];

/** As it is kept: JSON lines, packed. */
export function packTrace(trace: EditTrace): Uint8Array {
  return gzipSync(trace.map((line) => JSON.stringify(line)).join('\n'), { level: 9 });
}

export function unpackTrace(packed: Uint8Array): EditTrace {
  const lines = gunzipSync(packed).toString('utf8').split('\n');
  return lines.map((line) => JSON.parse(line) as ActionLine | EditLine | HintLine);
}
