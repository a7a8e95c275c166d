import { readSettings, writeSetting } from '../settings.ts';

/** Shows all marks, or none of them. */
export async function toggleMarks(): Promise<void> {
  await writeSetting('marks.enabled', !readSettings().marksEnabled);
}
