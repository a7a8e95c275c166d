import { DRIFT_LEVEL } from '../assess/judgeEvidence.ts';
import { judgedFiles, type JudgedFile, type Report } from '../audit/report.ts';
import { CandorError } from '../core/candorError.ts';
import { positionAt } from '../core/lineIndex.ts';
import { showsChance, type Calibration } from '../core/risk/calibration.ts';
import { isOutOfDate } from '../core/risk/driftEvidence.ts';
import type { Assessment } from '../core/words.ts';
import { bandsInWords, percent, verdictInWords } from '../report/calibrationWords.ts';

/** What an audit has to meet. */
export interface Gates {
  /** No judged region may have a lower chance; null: not asked. In [0, 1]. */
  readonly leastChance: number | null;
  /** No region may be in the band `doubt`. */
  readonly failsOnDoubt: boolean;
}

/**
 * Refuses gates that nothing here could fail (docs/decisions/gates-without-calibration.md).
 *
 * @param calibration what judges by the engine; null: nothing is calibrated
 * @throws CandorError `bad-call` where there is no chance, or no band to doubt
 */
export function refuseEmptyGates({ leastChance, failsOnDoubt }: Gates, calibration: Calibration | null): void {
  if (leastChance === null && !failsOnDoubt) return;
  const option = leastChance === null ? '--fail-on' : '--fail-under';
  if (calibration === null) throw empty(option, 'nothing is calibrated for this engine here.');
  if (!showsChance(calibration)) throw empty(option, uncapitalised(verdictInWords(calibration)));
  if (!failsOnDoubt) return;
  if (isOutOfDate(calibration.drift, DRIFT_LEVEL)) throw empty('--fail-on', uncapitalised(verdictInWords(calibration)));
  if (calibration.bands?.doubt.outcome === 'passed') return;
  throw empty('--fail-on', uncapitalised(bandsInWords(calibration).at(-1) ?? ''));
}

/** What of the gates is not met, a sentence each; none where all are. A region without a judgement neither fails nor passes. */
export function unmetGates({ leastChance, failsOnDoubt }: Gates, { files }: Pick<Report, 'files'>): readonly string[] {
  if (leastChance === null && !failsOnDoubt) return [];
  const under: Failed = { count: 0, first: null };
  const doubted: Failed = { count: 0, first: null };
  let judgedRegions = 0;
  const fail = (failed: Failed, file: JudgedFile, { region }: Assessment): void => {
    failed.count++;
    failed.first ??= `${file.path}:${positionAt(file.lines, region.start).line + 1}`;
  };
  for (const file of judgedFiles(files)) {
    for (const assessment of file.assessments) {
      if (assessment.judgement === null) continue;
      judgedRegions++;
      if (leastChance !== null && assessment.judgement.p < leastChance) fail(under, file, assessment);
      if (failsOnDoubt && assessment.band === 'doubt') fail(doubted, file, assessment);
    }
  }
  const said = (option: string, { count, first }: Failed, words: string): readonly string[] =>
    first === null
      ? []
      : [
          `${option} is not met: ${count} of ${judgedRegions} judged regions ${count === 1 ? 'is' : 'are'} ${words}, first ${first}.`,
        ];
  return [
    ...said(`--fail-under=${leastChance ?? 0}`, under, `under ${percent(leastChance ?? 0)}`),
    ...said('--fail-on=doubt', doubted, 'in doubt'),
  ];
}

/** Regions that do not meet a gate, and the place of the first. */
interface Failed {
  count: number;
  first: string | null;
}

function empty(option: string, why: string): CandorError {
  const message = `${option} can fail nothing: ${why} Leave it out, or calibrate: candor calibrate --from-git.`;
  return new CandorError('bad-call', message);
}

function uncapitalised(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
