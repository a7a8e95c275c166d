import { fileSketch } from '../../src/audit/fileSketch.ts';
import type { FileReport, JudgedFile, Report } from '../../src/audit/report.ts';
import { reportSummary } from '../../src/audit/reportSummary.ts';
import { lineIndexOf } from '../../src/core/lineIndex.ts';
import { readingOrder } from '../../src/core/readingOrder.ts';
import { seededRandom } from '../../src/core/seededRandom.ts';
import { tokenTally, type CategoryTallies } from '../../src/core/sums/categoryTallies.ts';
import { CATEGORIES, type Assessment, type Judgement, type Source } from '../../src/core/words.ts';
import { someSource } from '../unit/core/someSource.ts';
import { SOUND_60, someCalibration } from './someCalibration.ts';

const FOLDERS = ['src/billing', 'src/billing/tax', 'src/orders', 'src/api/routes', 'src/ui', 'scripts', 'lib/vendor'];
const NAMES = ['invoice', 'totals', 'queue', 'session', 'handler', 'retry', 'format'];
const LANGUAGES = [
  ['TypeScript', 'ts'],
  ['Python', 'py'],
] as const;
const LINES = [
  '  if (order.total <= limit && !isPaid(order)) {',
  '  const next = Math.min(items.length - 1, cursor + step);',
  '  return entries.filter((entry) => entry.age > maxAgeMs / 1000);',
  '  retryDelayMs = baseDelayMs * 2 ** attempt;',
];
const MARKED = ['<=', 'items.length - 1', 'maxAgeMs / 1000', '2 ** attempt'];
const SCOUT = { ...someSource, engine: 'ngram', model: '0'.repeat(64) };
const OTHERS = ['<', 'items.length', 'maxAgeMs', '1.5 ** attempt'];

/** A made-up report of many files in some folders, judged or, where nothing is calibrated, not. */
export function someLargeReport({ isJudged = true, files = 42 } = {}): Report & {
  readonly files: readonly FileReport[];
} {
  const random = seededRandom(17);
  const chances = seededRandom(18);

  const talliesOf = (source: Source): CategoryTallies => ({
    source,
    categories: Object.fromEntries(
      CATEGORIES.map((category, index) => {
        const nats = 0.15 + 0.12 * index;
        const logprobs = Array.from({ length: 8 + 3 * index }, () => nats * 1.6 * Math.log(1 - chances.uniform()));
        return [category, tokenTally(logprobs)];
      }),
    ),
    leftOut: 2,
  });

  const calibration = isJudged ? someCalibration(someSource, { count: 400 }) : null;
  const basis = {
    target: SOUND_60,
    authors: 'ai',
    riskModel: 'r',
    prior: '29 public repositories',
    outcomeCount: 400,
    commitCount: 200,
  } as const;

  const assessmentOf = (file: number, region: number, start: number, end: number, line: number): Assessment => {
    const isUnlike = random.uniform() < 0.06;
    const logit = 1.6 + 0.9 * random.normal() - (file % FOLDERS.length === 1 ? 1.2 : 0);
    const p = 1 / (1 + Math.exp(-logit));
    const judgement: Judgement | null =
      isJudged && !isUnlike ? { p, low: Math.max(0, p - 0.09), high: Math.min(1, p + 0.06), basis } : null;
    const nats = Math.exp(-0.2 - 0.15 * logit + 0.3 * random.normal());
    const tokenCount = 30 + Math.floor(200 * random.uniform());
    const [words = '', other = ''] = [MARKED[line], OTHERS[line]];
    const at = start + LINES[line]!.indexOf(words);
    return {
      id: `assessment ${file} ${region}`,
      region: {
        id: `r${file}.${region}`,
        origin: region % 5 === 0 ? 'diff' : 'file',
        name: `step${region}`,
        start,
        end,
      },
      source: region === 6 ? SCOUT : someSource,
      target: judgement && SOUND_60,
      judgement,
      band: judgement === null ? 'unknown' : p > 0.93 ? 'trust' : p < 0.45 ? 'doubt' : 'check',
      evidence: {
        version: 2,
        signals: { tokenCount, totalSurprisal: nats * tokenCount, minimumLogprob: -nats * 9 },
        features: {
          meanLogprob: -nats,
          lnLines: Math.log(3 + 30 * random.uniform()),
          lnLeaves: Math.log(tokenCount / 2),
          lnComplexity: Math.log1p(Math.floor(6 * random.uniform())),
          calling: 0.2 * random.uniform(),
          literalShare: 0.1 * random.uniform(),
          identifierSurprisal: nats * 1.4 * Math.exp(0.2 * random.normal()),
          callSurprisal: nats * 1.1 * Math.exp(0.3 * random.normal()),
          operatorSurprisal: nats * 0.5 * Math.exp(0.3 * random.normal()),
          ...(region % 2 === 0 && { literalSurprisal: nats * 1.9 * Math.exp(0.4 * random.normal()) }),
          ...(region % 3 === 0 && { decisionSurprisal: nats * 0.6 * Math.exp(0.3 * random.normal()) }),
        },
        levels: {},
      },
      spans: [
        {
          start: at,
          end: at + words.length,
          type: 'binary_expression',
          category: 'operators',
          path: [],
          share: 0.38,
          signals: { totalSurprisal: 6 },
          alternatives: [{ text: other, logprobNats: -0.3 }],
          ...(region % 2 === 0 && {
            finding: {
              kind: 'expectedOther',
              start: at,
              end: at + words.length,
              numbers: { bestChance: 0.74 },
              alternatives: [{ text: other, logprobNats: -0.3 }],
            },
          }),
        },
      ],
    };
  };

  const judged = Array.from({ length: files }, (_, file): JudgedFile => {
    const [language, ending] = LANGUAGES[file % 3 === 0 ? 1 : 0];
    const regions = 3 + Math.floor(6 * random.uniform());
    const chosen = Array.from({ length: regions }, () => Math.floor(LINES.length * random.uniform()));
    let text = '';
    const assessments = chosen.map((line, region) => {
      const start = text.length;
      text += `${LINES[line]}\n`;
      return assessmentOf(file, region, start, text.length, line);
    });
    return {
      path: `${FOLDERS[file % FOLDERS.length]}/${NAMES[file % NAMES.length]}${file}.${ending}`,
      language,
      lines: lineIndexOf(text),
      categories: [someSource, SCOUT].map((source) => talliesOf(source)),
      tokenCount: assessments.reduce((sum, { evidence }) => sum + (evidence.signals.tokenCount ?? 0), 0),
      assessments,
    };
  });
  const listed: readonly FileReport[] = [
    ...judged,
    { path: 'assets/logo.bin', language: null, skipped: 'binary' },
    { path: 'lib/vendor/all.min.js', language: 'JavaScript', skipped: 'minified' },
  ];
  const all = judged.flatMap((file) => file.assessments.map((assessment) => ({ file, assessment })));
  const inOrder = readingOrder(someSource.engine);
  return {
    source: someSource,
    calibration,
    orderedBy: { regions: isJudged ? 'risk' : 'minimumLogprob', spans: isJudged ? 'risk' : 'totalSurprisal' },
    files: listed,
    summary: reportSummary(listed.map(fileSketch)),
    riskiest: all.sort((one, other) => inOrder(one.assessment, other.assessment)).slice(0, 8),
    learnedTokenCount: 48_210,
    otherFileCount: 7,
  };
}
