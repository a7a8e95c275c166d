import { setTimeout as delay } from 'node:timers/promises';
import { below, freshLine, languageOf, lineCount, someLine, type EditingAction, type Scene } from './editingScene.ts';

/** What the editor and its tools do, which is no model's. */
export const editorActions: readonly EditingAction[] = [
  { title: 'undoes and redoes', timesInAnHour: 12, act: undoes },
  { title: 'formats', timesInAnHour: 10, act: formats },
  { title: 'formats on save', timesInAnHour: 6, act: formatsOnSave },
  { title: 'renames', timesInAnHour: 8, act: renames },
  { title: 'extracts a function', timesInAnHour: 5, act: extracts },
  { title: 'organises imports', timesInAnHour: 4, act: organises },
  { title: 'takes a quick fix', timesInAnHour: 4, act: fixes },
  { title: 'a tool writes a header', timesInAnHour: 3, act: toolWritesHeader },
  { title: 'reloads from disk', timesInAnHour: 6, act: reloads },
  { title: 'switches the branch', timesInAnHour: 3, act: switchesBranch },
];

async function undoes(scene: Scene): Promise<void> {
  const { hands, file } = scene;
  await hands.open(file, [0, 0]);
  const times = 1 + below(scene, 3);
  await hands.begin('undoes', 'editor', 'undone');
  for (let time = 0; time < times; time++) await hands.command('undo');
  await hands.begin('redoes', 'editor', 'redone');
  await hands.command('redo');
}

async function formats(scene: Scene): Promise<void> {
  const { hands, file } = scene;
  await hands.open(file, [0, 0]);
  await hands.begin('formats', 'editor', 'formatted');
  await hands.command('editor.action.formatDocument');
}

async function formatsOnSave(scene: Scene): Promise<void> {
  const { hands, inventor, file } = scene;
  await freshLine(scene);
  await hands.begin('types before a save', 'person', 'typed');
  await hands.type(inventor.statement(languageOf(file)));
  await hands.press('Escape');
  await hands.begin('formats on save', 'editor', 'formatted');
  await hands.press('Control+S');
  await hands.pause();
}

async function renames(scene: Scene): Promise<void> {
  const { hands, inventor, file } = scene;
  const { line, text } = await someLine(scene);
  const [word = ''] = /[A-Za-z]\w{3,}/.exec(text) ?? [];
  await hands.open(file, [line, text.indexOf(word) + 1]);
  await hands.begin('renames', 'editor', 'refactored');
  await hands.press('F2');
  await hands.page.locator('.rename-box input:focus').waitFor({ timeout: 5000 });
  await hands.page.keyboard.press('Control+A');
  await hands.page.keyboard.type(inventor.name());
  await hands.press('Enter');
  await delay(300);
}

async function extracts(scene: Scene): Promise<void> {
  const { hands, file } = scene;
  const { line } = await someLine(scene);
  await hands.open(file, [line, 0], [line + 1 + below(scene, 5), 0]);
  await hands.begin('extracts a function', 'editor', 'refactored');
  await hands.command('editor.action.codeAction', { kind: 'refactor.extract', apply: 'first' });
  await delay(300);
}

async function organises(scene: Scene): Promise<void> {
  const { hands, file } = scene;
  await hands.open(file, [0, 0]);
  await hands.begin('organises imports', 'editor', 'refactored');
  await hands.command('editor.action.codeAction', { kind: 'source.organizeImports', apply: 'first' });
  await delay(300);
}

async function fixes(scene: Scene): Promise<void> {
  const { hands, file } = scene;
  const { line, text } = await someLine(scene);
  await hands.open(file, [line, text.length - text.trimStart().length]);
  await hands.begin('takes a quick fix', 'editor', 'refactored');
  await hands.command('editor.action.codeAction', { kind: 'quickfix', apply: 'first' });
  await delay(300);
}

/** Not a model, though it looks like an agent: any extension may write what it likes. */
async function toolWritesHeader(scene: Scene): Promise<void> {
  const { hands, file } = scene;
  await hands.open(file, [1, 0]);
  await hands.begin('a tool writes a header', 'editor', 'refactored');
  const sign = languageOf(file) === 'py' ? '#' : '//';
  const text = `${sign} Copyright of somebody.\n${sign} Licensed under some terms.\n\n`;
  await hands.ask('applyEdit', { changes: [{ file, from: [0, 0], text }] });
}

async function reloads(scene: Scene): Promise<void> {
  const { hands, inventor, file } = scene;
  await saveAll(scene);
  await hands.begin('reloads from disk', 'editor', 'reloaded');
  const lines = await hands.lines(file);
  const at = below(scene, lines.length);
  hands.write(file, lines.toSpliced(at, 0, inventor.code(languageOf(file), lineCount(scene))).join('\n'));
  await delay(1500);
}

async function switchesBranch(scene: Scene): Promise<void> {
  const { hands, inventor, files } = scene;
  await saveAll(scene);
  await hands.begin('switches the branch', 'editor', 'checked-out');
  for (const other of files) {
    const lines = await hands.lines(other);
    const kept = lines.slice(0, Math.max(10, Math.floor(lines.length * 0.6)));
    hands.write(other, `${kept.join('\n')}\n\n${inventor.code(languageOf(other), lineCount(scene))}\n`);
  }
  await hands.ask('hint', { hint: { kind: 'checkout' } });
  await delay(2500);
}

export async function saveAll({ hands }: Scene): Promise<void> {
  await hands.begin('formats on save', 'editor', 'formatted');
  await hands.command('workbench.action.files.saveFiles');
  await delay(500);
}
