import type { JudgedFile } from '../../src/audit/report.ts';
import type { Assessment } from '../../src/core/words.ts';
import { judgedFile, spanOver } from './someReport.ts';

/** A file of two lines, of which a comment in the first keeps a finding in the second quiet. */
export const SILENCED_TEXT = '// candor-ignore: [seen]\u202E `here`\nlet odd = other;\n';

/** With a silenced `odd`, which has a finding, and a silenced `other`, which has none; `change` may keep all of it quiet. */
export function silencedFile(path: string, change: Partial<Assessment> = {}): JudgedFile {
  const file = judgedFile(path, SILENCED_TEXT, []);
  const silenced = ['odd', 'other'].map((words) => ({ ...spanOver(SILENCED_TEXT, { words }), silence: SILENCE }));
  const [odd, other] = silenced;
  const { start, end } = odd!;
  const alternatives = [{ text: 'even', logprobNats: -0.4 }];
  const finding = {
    kind: 'expectedOther',
    start,
    end,
    numbers: { chance: 0.03, bestChance: 0.64 },
    alternatives,
  } as const;
  return {
    ...file,
    assessments: file.assessments.map((one) => ({ ...one, silenced: [{ ...odd!, finding }, other!], ...change })),
  };
}

export const SILENCE = { reason: '[seen]\u202E `here`', start: 0, end: SILENCED_TEXT.indexOf('\n') };
