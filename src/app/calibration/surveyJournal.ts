import { createHash } from 'node:crypto';
import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readSurvivalRecords } from '../../lab/survival/readSurvivalRecords.ts';
import { recordId, type SurvivalRecord } from '../../lab/survival/survivalRecord.ts';
import { cacheFolder } from '../userFolders.ts';

/** What was scored already, so that a survey that was stopped goes on where it was. Numbers without text. */
export interface SurveyJournal {
  load(): Promise<ReadonlyMap<string, SurvivalRecord>>;
  /** Where nothing can be written nothing is kept, and the survey goes on. */
  add(record: SurvivalRecord): Promise<void>;
}

/** @param identity of all that decides what a score is: the repository and the Sources */
export function surveyJournal(identity: string, environment: NodeJS.ProcessEnv = process.env): SurveyJournal {
  const folder = join(cacheFolder(environment), 'surveys');
  const path = join(folder, `${createHash('sha256').update(identity).digest('hex').slice(0, 32)}.jsonl`);
  return {
    async load() {
      const text = await readFile(path, 'utf8').catch(() => '');
      // The last line may have been cut when the survey was stopped.
      const whole = text.slice(0, text.lastIndexOf('\n') + 1);
      try {
        return new Map(readSurvivalRecords(whole, path).map((record) => [recordId(record), record]));
      } catch {
        return new Map();
      }
    },
    async add(record) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
        .then(() => appendFile(path, `${JSON.stringify(record)}\n`, { mode: 0o600 }))
        .catch(() => undefined);
    },
  };
}
