import { waitFor } from '../vscode/waitFor.ts';
import { saveAll } from './editorActions.ts';
import { below, freshLine, languageOf, lineCount, someLine, type EditingAction, type Scene } from './editingScene.ts';
import type { Place } from './editingHour.ts';

/** What models do, by suggestions and by agents. */
export const modelActions: readonly EditingAction[] = [
  { title: 'accepts a suggestion', timesInAnHour: 45, act: accepts },
  { title: 'accepts the rest of a line', timesInAnHour: 15, act: acceptsRest },
  { title: 'accepts word by word', timesInAnHour: 12, act: acceptsWords },
  { title: 'an agent inserts elsewhere', timesInAnHour: 18, act: agentElsewhere },
  { title: 'an agent inserts in view', timesInAnHour: 10, act: agentInView },
  { title: 'an agent edits several files', timesInAnHour: 5, act: agentInSeveral },
  { title: 'an agent changes a few words', timesInAnHour: 5, act: agentChangesWords },
];

async function accepts(scene: Scene): Promise<void> {
  const { hands, inventor, file } = scene;
  await freshLine(scene);
  await offers(scene, inventor.code(languageOf(file), lineCount(scene)));
  await hands.begin('accepts a suggestion', 'model', 'completion');
  await hands.press('Tab');
  await hands.pause();
}

/** The person begins the line, and goes on a bit while the suggestion stands there. */
async function acceptsRest(scene: Scene): Promise<void> {
  const { hands, inventor, file } = scene;
  const text = inventor.code(languageOf(file), 1 + below(scene, 3));
  await freshLine(scene);
  await hands.begin('types before a suggestion', 'person', 'typed');
  const typed = 3 + below(scene, 5);
  const begun = text.slice(0, typed).replaceAll(/["'`([{].*/g, '');
  await hands.type(begun);
  await hands.press('Escape');
  await offers(scene, text);
  await hands.begin('accepts the rest', 'model', 'completion');
  await hands.press('Tab');
  await hands.pause();
}

async function acceptsWords(scene: Scene): Promise<void> {
  const { hands, inventor, file } = scene;
  await freshLine(scene);
  await offers(scene, inventor.code(languageOf(file), [1, 1, 3, 8][below(scene, 4)] ?? 1));
  await hands.begin('accepts word by word', 'model', 'completion');
  for (let word = 1 + below(scene, 4); word >= 0; word--) {
    await hands.press('Control+ArrowRight');
    await hands.pause();
  }
  if (below(scene, 2) === 0) return;
  await hands.begin('accepts what is left', 'model', 'completion');
  await hands.press('Tab');
  await hands.pause();
}

async function agentElsewhere(scene: Scene): Promise<void> {
  const { hands, files, file } = scene;
  const others = files.filter((other) => other !== file);
  const other = others[below(scene, others.length)] ?? file;
  await hands.open(file, [0, 0]);
  await hands.begin('an agent inserts elsewhere', 'model', 'applied');
  await agentInserts(scene, other);
  if (below(scene, 3) === 0) await saveAll(scene);
}

async function agentInView(scene: Scene): Promise<void> {
  const { hands, inventor, file } = scene;
  const { line } = await someLine(scene);
  await hands.open(file, [line, 0]);
  await hands.begin('an agent inserts in view', 'model', 'applied');
  if (below(scene, 2) === 0) return agentInserts(scene, file);
  const text = `${inventor.code(languageOf(file), lineCount(scene))}\n`;
  await hands.ask('editorEdit', { changes: [{ from: [line, 0], text }] });
}

async function agentInSeveral(scene: Scene): Promise<void> {
  const { hands, inventor, file, files } = scene;
  await hands.open(file, [0, 0]);
  await hands.begin('an agent edits several files', 'model', 'applied');
  const changes = [];
  for (const other of files.slice(0, 2 + below(scene, 4))) {
    const { line } = await someLine(scene, other);
    const text = `${inventor.code(languageOf(other), 2 + below(scene, 12))}\n`;
    changes.push({ file: other, from: [line, 0], text });
  }
  await hands.ask('applyEdit', { changes });
}

async function agentChangesWords(scene: Scene): Promise<void> {
  const { hands, inventor, file } = scene;
  await hands.open(file, [0, 0]);
  await hands.begin('an agent changes a few words', 'model', 'applied');
  const { line, text } = await someLine(scene);
  const indent = text.length - text.trimStart().length;
  const changed = inventor.statement(languageOf(file));
  await hands.ask('applyEdit', { changes: [{ file, from: [line, indent], to: [line, text.length], text: changed }] });
}

async function offers({ hands }: Scene, text: string): Promise<void> {
  await waitFor(
    'ghost text',
    async () => {
      await hands.ask('suggest', { text });
      return hands.page
        .locator('[class*="ghost-text"]')
        .first()
        .waitFor({ state: 'attached', timeout: 1500 })
        .then(() => true);
    },
    6000,
  );
}

async function agentInserts(scene: Scene, file: string): Promise<void> {
  const { hands, inventor } = scene;
  const { line } = await someLine(scene, file);
  const text = `${inventor.code(languageOf(file), lineCount(scene))}\n`;
  const to: Place = [line + below(scene, 2) * below(scene, 6), 0];
  const imports = below(scene, 3) === 0 ? [{ file, from: [0, 0], text: inventor.import(languageOf(file)) }] : [];
  await hands.ask('applyEdit', { changes: [...imports, { file, from: [line, 0], to, text }] });
}
