import { CandorError } from '../../core/candorError.ts';
import { lineIndexOf, positionAt } from '../../core/lineIndex.ts';
import type { TextRange } from '../../engines/engine.ts';
import { isRecord, parseJson, readCount, readField, readString } from '../../wire/jsonReaders.ts';

/** A text of which it is known where it is wrong: one line of the data that `candor evaluate --localise` reads. */
export interface LocalisationItem {
  readonly id: string;
  /** By Candor's name, or by the ending of its files. */
  readonly language: string;
  /** Its lines are put in order. */
  readonly text: string;
  /** Faulty lines of `text`, from 0, rising, at least one. */
  readonly faults: readonly number[];
  /** Items whose fates may go together. Where none is named, each item is its own. */
  readonly group: string;
  /** What stands around the text in its file: context, whose lines are in no order. */
  readonly prefix: string;
  readonly suffix: string;
  /** Where an engine is to take the file to be, with `/`; null: nobody knows. */
  readonly path: string | null;
}

/** The part of an item that a file and a range of it tell. */
export type CutText = Pick<LocalisationItem, 'prefix' | 'text' | 'suffix' | 'faults'>;

/**
 * Reads one line of data. A line of planted faults (`lab/faults/faultRow.ts`) brings the whole file and says in `function`
 * which part of it is meant: only that is put in order.
 *
 * @param lineNumber from 1, for the message
 * @throws CandorError `bad-input` that names the line and what is wrong with it
 */
export function parseLocalisationItem(line: string, lineNumber: number): LocalisationItem {
  const fail = (what: string): never => {
    throw new CandorError('bad-input', `Line ${lineNumber} of the data ${what}. Mend the line, or leave it out.`);
  };
  const value = parseJson(line);
  if (!isRecord(value)) return fail('is no JSON object');
  const textOf = (name: string): string => readString(value[name]) ?? fail(`has no "${name}" that is a text`);
  const optional = (name: string): string | null => {
    const field = value[name] ?? null;
    return field === null || typeof field === 'string' ? field : fail(`has a "${name}" that is no text`);
  };
  const id = textOf('id');
  const language = textOf('language');
  const text = textOf('text');
  const faults = faultsOf(value.faults, text, fail);
  const [prefix, suffix] = [optional('prefix') ?? '', optional('suffix') ?? ''];
  const cut = value.function === undefined ? null : cutText(text, rangeOf(value.function, text, fail), faults);
  if (cut?.faults.length === 0) return fail('has no fault in its "function"');
  return {
    id,
    language,
    text: cut?.text ?? text,
    faults: cut?.faults ?? faults,
    group: optional('group') ?? id,
    prefix: prefix + (cut?.prefix ?? ''),
    suffix: (cut?.suffix ?? '') + suffix,
    path: optional('path'),
  };
}

/**
 * Cuts a part out of a file, and counts its faulty lines from its own first one.
 *
 * @param lines of the file, from 0; those outside the part are left out
 */
export function cutText(file: string, { start, end }: TextRange, lines: Iterable<number>): CutText {
  const index = lineIndexOf(file);
  const [first, last] = [positionAt(index, start).line, positionAt(index, end).line];
  const inside = new Set(lines);
  return {
    prefix: file.slice(0, start),
    text: file.slice(start, end),
    suffix: file.slice(end),
    faults: Array.from({ length: last - first + 1 }, (_, line) => line).filter((line) => inside.has(first + line)),
  };
}

function faultsOf(written: unknown, text: string, fail: (what: string) => never): readonly number[] {
  if (!Array.isArray(written) || written.length === 0) return fail('has no "faults" that is a list of lines');
  const lineCount = lineIndexOf(text).lineStarts.length;
  const faults = written.map((entry: unknown) => readCount(entry) ?? fail('has a fault that is no line, from 0'));
  if (faults.some((fault) => fault >= lineCount)) return fail(`has a fault behind its text of ${lineCount} lines`);
  return [...new Set(faults)].sort((one, other) => one - other);
}

function rangeOf(written: unknown, text: string, fail: (what: string) => never): TextRange {
  const start = readCount(readField(written, 'start'));
  const end = readCount(readField(written, 'end'));
  return start === null || end === null || start >= end || end > text.length
    ? fail('has a "function" that is no part of its text')
    : { start, end };
}
