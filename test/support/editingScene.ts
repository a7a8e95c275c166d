import type { SeededRandom } from '../../src/core/seededRandom.ts';
import type { Hands, Place } from './editingHour.ts';
import type { CodeInventor, InventedLanguage } from './inventedCode.ts';

/** Where an action of an hour takes place. */
export interface Scene {
  readonly hands: Hands;
  readonly random: SeededRandom;
  readonly inventor: CodeInventor;
  /** To work in. */
  readonly file: string;
  readonly files: readonly string[];
}

/** Something that people and their tools do, and how often. */
export interface EditingAction {
  readonly title: string;
  readonly timesInAnHour: number;
  readonly act: (scene: Scene) => Promise<void>;
}

/** From one line to eighty: most suggestions are short. */
const LINE_COUNTS = [1, 1, 1, 1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 30, 40, 60, 80];

export const languageOf = (file: string): InventedLanguage =>
  file.endsWith('.py') ? 'py' : file.endsWith('.go') ? 'go' : 'ts';

export const below = ({ random }: Scene, count: number): number => Math.floor(random.uniform() * count);

export const lineCount = (scene: Scene): number => LINE_COUNTS[below(scene, LINE_COUNTS.length)] ?? 1;

/** A line of the file that is not blank, and what stands there. */
export async function someLine(
  scene: Scene,
  file = scene.file,
): Promise<{ readonly line: number; readonly text: string }> {
  const lines = await scene.hands.lines(file);
  const filled = lines.flatMap((text, line) => (line > 3 && text.trim().length > 8 ? [{ line, text }] : []));
  return filled[below(scene, filled.length)] ?? { line: 0, text: lines[0] ?? '' };
}

/** An empty line with the caret in it; where there is none, the person makes one. */
export async function freshLine(scene: Scene): Promise<Place> {
  const { hands, file } = scene;
  const { line, text } = await someLine(scene);
  await hands.open(file, [line, text.length]);
  await hands.begin('opens a line', 'person', 'typed');
  await hands.press('Enter');
  await hands.ask('quiet', { forMs: 100 });
  return (await hands.ask('caret')) as Place;
}
