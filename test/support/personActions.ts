import { setTimeout as delay } from 'node:timers/promises';
import { below, freshLine, languageOf, lineCount, someLine, type EditingAction, type Scene } from './editingScene.ts';
import type { Place } from './editingHour.ts';

/** What people do by themselves. */
export const personActions: readonly EditingAction[] = [
  { title: 'types a line', timesInAnHour: 40, act: typesLine },
  { title: 'types brackets around', timesInAnHour: 6, act: wraps },
  { title: 'deletes', timesInAnHour: 10, act: deletes },
  { title: 'indents and comments', timesInAnHour: 10, act: indents },
  { title: 'moves and copies lines', timesInAnHour: 12, act: movesLines },
  { title: 'types at several carets', timesInAnHour: 5, act: typesAtSeveral },
  { title: 'pastes', timesInAnHour: 25, act: pastes },
  { title: 'picks from the list', timesInAnHour: 15, act: picks },
  { title: 'inserts a snippet', timesInAnHour: 10, act: insertsSnippet },
  { title: 'replaces all', timesInAnHour: 4, act: replacesAll },
];

async function typesLine(scene: Scene): Promise<void> {
  const { hands, inventor, file } = scene;
  await freshLine(scene);
  await hands.begin('types a line', 'person', 'typed');
  await hands.type(inventor.statement(languageOf(file)));
}

async function wraps(scene: Scene): Promise<void> {
  const { line, text } = await someLine(scene);
  const [word = ''] = /\w{3,}/.exec(text) ?? [];
  const start = text.indexOf(word);
  await scene.hands.open(scene.file, [line, start], [line, start + word.length]);
  await scene.hands.begin('types brackets around', 'person', 'typed');
  await scene.hands.press(['(', '[', '"', '{'][below(scene, 4)] ?? '(');
}

async function deletes(scene: Scene): Promise<void> {
  const { hands, file } = scene;
  const { line, text } = await someLine(scene);
  await hands.open(file, [line, text.length]);
  await hands.begin('deletes', 'person', 'typed');
  for (let key = below(scene, 6); key >= 0; key--) await hands.press('Backspace');
  await hands.press('Control+Backspace');
  if (below(scene, 2) === 0) await hands.press('Control+Shift+K');
}

async function indents(scene: Scene): Promise<void> {
  const { hands, file } = scene;
  const { line } = await someLine(scene);
  await hands.open(file, [line, 0], [line + 3, 0]);
  await hands.begin('indents and comments', 'person', 'typed');
  for (const key of ['Tab', 'Shift+Tab', 'Control+/', 'Control+/']) await hands.press(key);
}

async function movesLines(scene: Scene): Promise<void> {
  const { hands, file } = scene;
  const { line } = await someLine(scene);
  await hands.open(file, [line, 0], [line + below(scene, 3), 1]);
  await hands.begin('moves and copies lines', 'person', 'typed');
  const keys = ['Alt+ArrowUp', 'Alt+ArrowDown'] as const;
  await hands.press(keys[below(scene, 2)] ?? 'Alt+ArrowDown');
  await hands.begin('copies lines', 'person', 'typed');
  await hands.command(`editor.action.copyLines${below(scene, 2) === 0 ? 'Up' : 'Down'}Action`);
  if (below(scene, 3) !== 0) return;
  await hands.begin('joins and sorts', 'person', 'typed');
  await hands.command('editor.action.joinLines');
  await hands.command('editor.action.sortLinesAscending');
}

async function typesAtSeveral(scene: Scene): Promise<void> {
  const { hands, inventor, file } = scene;
  const { line } = await someLine(scene);
  await hands.open(file, [line, 0]);
  await hands.command('editor.action.insertCursorBelow');
  await hands.command('editor.action.insertCursorBelow');
  await hands.begin('types at several carets', 'person', 'typed');
  await hands.type(inventor.name());
  await hands.press('Enter');
}

/** A cut or a copy of a few lines, or of a part of one, and a paste somewhere else. */
async function pastes(scene: Scene): Promise<void> {
  const { hands, inventor, file } = scene;
  const kind = below(scene, 4);
  if (kind === 0) {
    // From a browser, say.
    const text = inventor.code(languageOf(file), lineCount(scene));
    await hands.page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
  } else {
    const { line, text } = await someLine(scene);
    const to: Place = kind === 1 ? [line, text.length] : [line + 1 + below(scene, 8), 0];
    await hands.open(file, [line, kind === 1 ? 2 : 0], to);
    await hands.begin('cuts', 'person', 'typed');
    await hands.press(kind === 3 ? 'Control+X' : 'Control+C');
    await hands.pause();
  }
  await freshLine(scene);
  await hands.begin('pastes', 'person', 'pasted');
  await hands.press('Control+V');
  await hands.pause();
}

async function picks(scene: Scene): Promise<void> {
  const { hands, inventor, file } = scene;
  const label = inventor.name();
  const kind = below(scene, 3);
  await freshLine(scene);
  await hands.begin('types for the list', 'person', 'typed');
  await hands.type(label.slice(0, 2 + below(scene, 3)));
  const extra =
    kind === 1
      ? { imports: inventor.import(languageOf(file)) }
      : kind === 2
        ? { snippet: `${label}(\${1:one})$0` }
        : {};
  await hands.ask('offer', { item: { label, ...extra } });
  await hands.command('editor.action.triggerSuggest');
  await hands.page
    .locator('.suggest-widget.visible .monaco-list-row', { hasText: label })
    .first()
    .waitFor({ timeout: 5000 });
  await hands.begin(['picks a word', 'picks with import', 'picks a call'][kind] ?? '', 'person', 'suggestion');
  await hands.press('Enter');
  await hands.pause();
}

async function insertsSnippet(scene: Scene): Promise<void> {
  const { hands, inventor } = scene;
  await freshLine(scene);
  await hands.begin('inserts a snippet', 'person', 'snippet');
  const snippets = [
    `for (const \${1:each} of \${2:all}) {\n\t$0\n}`,
    `if (\${1:condition}) {\n\t$0\n}`,
    `try {\n\t$1\n} catch (error) {\n\tconsole.error(error);\n\t$0\n}`,
    `function ${inventor.name()}(\${1:one}: string): \${2:void} {\n\treturn \${3:null};\n}`,
  ];
  await hands.ask('snippet', { text: snippets[below(scene, snippets.length)] });
  await hands.begin('types in a snippet', 'person', 'typed');
  await hands.type('found');
  await hands.press('Tab');
}

/** Find and replace: the person's words in many places. */
async function replacesAll(scene: Scene): Promise<void> {
  const { hands, inventor, file } = scene;
  const { line, text } = await someLine(scene);
  const [word = ''] = /[A-Za-z]\w{3,}/.exec(text) ?? [];
  await hands.open(file, [line, 0]);
  await hands.command('editor.actions.findWithArgs', { searchString: word, replaceString: inventor.name() });
  await hands.page.locator('.find-widget.visible').waitFor({ timeout: 5000 });
  await hands.begin('replaces all', 'person', 'typed');
  await hands.press('Control+Alt+Enter');
  await delay(300);
}
