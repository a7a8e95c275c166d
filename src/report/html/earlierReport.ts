import { CandorError } from '../../core/candorError.ts';
import { list, oneOf, orNull, record, share, text } from '../../core/json/fieldReaders.ts';
import { parseSource } from '../../core/json/parseSource.ts';
import { parseTarget } from '../../core/json/parseTarget.ts';
import { expectedChanges, type ExpectedChanges } from '../../core/sums/expectedChanges.ts';
import type { Judgement, Source, Target } from '../../core/words.ts';

/** A report that was written before, summed up. */
export interface EarlierReport {
  /** What it is called: its file, say. */
  readonly name: string;
  readonly source: Source;
  /** What its chances are about; null: nothing was judged. */
  readonly target: Target | null;
  readonly files: number;
  readonly regions: number;
  readonly changes: ExpectedChanges;
}

/**
 * Sums up a report that `candor audit --format=json` wrote. Chances of another target than the first are left out.
 *
 * @param json parsed
 * @throws CandorError `bad-input` where it is no such report
 */
export function earlierReport(name: string, json: unknown): EarlierReport {
  try {
    return parse(name, json);
  } catch (error) {
    if (!CandorError.is(error, 'corrupt')) throw error;
    throw new CandorError(
      'bad-input',
      `${name} is no report to compare with. Give what “candor audit --format=json” wrote.`,
      { cause: error },
    );
  }
}

function parse(name: string, json: unknown): EarlierReport {
  const { schemaVersion, engine, files } = record(json);
  oneOf(String(schemaVersion), ['1']);
  const regions = list(files, (file) => list(record(file).regions, regionOf));
  const all = regions.flat();
  const target = all.find(({ judgement }) => judgement !== null)?.target ?? null;
  const isAbout = (one: (typeof all)[number]): boolean => JSON.stringify(one.target) === JSON.stringify(target);
  return {
    name,
    source: parseSource(engine),
    target,
    files: regions.filter((own) => own.length > 0).length,
    regions: all.length,
    changes: expectedChanges(all.map((one) => (isAbout(one) ? one.judgement : null))),
  };
}

function regionOf(json: unknown): {
  readonly target: Target | null;
  readonly judgement: Pick<Judgement, 'p' | 'low' | 'high'> | null;
} {
  const { target, judgement, origin } = record(json);
  text(origin);
  return { target: orNull(target, parseTarget), judgement: orNull(judgement, chanceOf) };
}

function chanceOf(json: unknown): Pick<Judgement, 'p' | 'low' | 'high'> {
  const { p, low, high } = record(json);
  return { p: share(p), low: share(low), high: share(high) };
}
