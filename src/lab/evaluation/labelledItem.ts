import { CandorError } from '../../core/candorError.ts';
import type { Alternative, Token } from '../../core/words.ts';
import { isRecord, parseJson, readArray, readField, readNumber, readString } from '../../wire/jsonReaders.ts';

/** A completion whose outcome is known: one line of the data that `candor evaluate` and `candor calibrate` read. */
export interface LabelledItem {
  readonly id: string;
  readonly language: string;
  readonly prefix: string;
  readonly completion: string;
  readonly suffix: string;
  /** 1: the good event happened. */
  readonly label: 0 | 1;
  /** Items whose fates may go together: they are never parted by cross-validation. Where none is named, each item is its own. */
  readonly group: string;
  readonly repository: string | null;
  readonly commit: string | null;
  /** When the completion was made, since 1970; null: unknown. */
  readonly atMs: number | null;
  /** The generator's own tokens, which joined are the completion; null: an engine is to score it. */
  readonly tokens: readonly Token[] | null;
}

/**
 * Reads one line of labelled data.
 *
 * @param lineNumber from 1, for the message
 * @throws CandorError `bad-input` that names the line and what is wrong with it
 */
export function parseLabelledItem(line: string, lineNumber: number): LabelledItem {
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
  const label = value.label;
  if (label !== 0 && label !== 1) return fail('has no "label" of 0 or 1');
  const completion = textOf('completion');
  if (completion === '') return fail('has an empty "completion"');
  const id = textOf('id');
  const repository = optional('repository');
  const commit = optional('commit');
  return {
    id,
    language: textOf('language'),
    prefix: textOf('prefix'),
    completion,
    suffix: optional('suffix') ?? '',
    label,
    group: optional('group') ?? repository ?? id,
    repository,
    commit,
    atMs: timeOf(value.at ?? null, fail),
    tokens: value.tokens === undefined || value.tokens === null ? null : tokensOf(value.tokens, completion, fail),
  };
}

/** Milliseconds since 1970, or a date as ISO 8601 writes it. */
function timeOf(at: unknown, fail: (what: string) => never): number | null {
  if (at === null) return null;
  const atMs = typeof at === 'string' ? Date.parse(at) : (readNumber(at) ?? Number.NaN);
  return Number.isFinite(atMs) ? atMs : fail('has an "at" that is no date');
}

/** Tokens as `candor score` writes them; offsets are counted anew from 0, for the data may count from the start of the file. */
function tokensOf(written: unknown, completion: string, fail: (what: string) => never): readonly Token[] {
  let end = 0;
  const tokens = readArray(written).map((token): Token => {
    const text = readString(readField(token, 'text')) ?? fail('has a token without "text"');
    const logprobNats = readNumber(readField(token, 'logprobNats'));
    if (logprobNats !== null && logprobNats > 0) return fail('has a token whose "logprobNats" is above 0');
    const alternatives = readArray(readField(token, 'alternatives')).map((alternative): Alternative => ({
      text: readString(readField(alternative, 'text')) ?? fail('has an alternative without "text"'),
      logprobNats:
        readNumber(readField(alternative, 'logprobNats')) ?? fail('has an alternative without "logprobNats"'),
    }));
    const start = end;
    end += text.length;
    return {
      text,
      start,
      end,
      ...(logprobNats !== null && { logprobNats }),
      ...(alternatives.length > 0 && { alternatives }),
    };
  });
  const isTiled = tokens.map(({ text }) => text).join('') === completion;
  return isTiled ? tokens : fail('has tokens that joined are not the completion');
}
