import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { placeDigests } from '../../src/app/capture/placeDigests.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import type { LedgerAssessment } from '../../src/ledger/ledgerAssessment.ts';
import { openLedger } from '../../src/ledger/openLedger.ts';
import { folderForFile } from '../vscode/folderForFile.ts';
import { packagedExtension } from '../vscode/packagedExtension.ts';
import { waitFor } from '../vscode/waitFor.ts';
import { windowForFile } from '../vscode/windowForFile.ts';
import type { Workbench } from '../vscode/workbench.ts';

// What Candor suggests itself, written by the bundled model while a person types.

const FIRST_MS = 60_000;

const BEFORE = ['addOne', 'addTwo', 'addThree']
  .map((name, index) => `export function ${name}(value: number): number {\n  return value + ${index + 1};\n}\n`)
  .join('\n');

const QUIET = { 'editor.quickSuggestions': false, 'editor.suggestOnTriggerCharacters': false };

const workspace = folderForFile({ 'whole.ts': BEFORE, 'part.ts': BEFORE });
const state = folderForFile();
const open = windowForFile(() => ({
  workspace,
  vsix: packagedExtension(),
  machineSettings: { 'candor.completions.enabled': true },
  settings: QUIET,
  env: { XDG_STATE_HOME: state },
}));

let workbench: Workbench;
let ledger: Ledger;
beforeAll(async () => {
  ({ workbench } = open());
  await waitFor('Candor', () => workbench.statusBarItem('candor.status'), FIRST_MS);
  ledger = await openLedger(join(state, 'candor', 'ledger.sqlite'));
});
afterAll(() => {
  ledger.close();
});

/** What is suggested at the caret, as it is drawn: pieces in the colours of the syntax, with blanks that do not break. */
async function shown(): Promise<string> {
  const pieces = await workbench.page.locator('.ghost-text-decoration, .ghost-text').allTextContents();
  return pieces.join('').replaceAll('\u00a0', ' ');
}

const suggestion = (): Promise<string> => waitFor('a suggestion', async () => (await shown()) || null, FIRST_MS);

/** Begins a function at the end of a file, and its body, as a person does. */
async function beginFunction(file: string, name: string, body: string): Promise<void> {
  await workbench.openFile(file);
  await workbench.goToLine(BEFORE.split('\n').length - 1);
  await workbench.press('Enter');
  await workbench.page.keyboard.type(`export function ${name}(value: number): number {`, { delay: 20 });
  await workbench.press('Enter');
  await workbench.page.keyboard.type(body, { delay: 20 });
}

function arrival(file: string): Promise<LedgerAssessment> {
  return waitFor(
    `what arrived in ${file}`,
    () => {
      const places = placeDigests(readFileSync(join(state, 'candor', 'region-salt'), 'utf8'));
      const all = ledger.assessmentsSince(places.workspace(workspace), 0);
      return all.find(({ assessment }) => assessment.document === places.document(file))?.assessment;
    },
    FIRST_MS,
  );
}

test('a suggestion goes along with what is typed, and is kept with its own tokens when it is taken', async () => {
  await beginFunction('whole.ts', 'addFour', 'ret');
  const suggested = await suggestion();
  expect(suggested).toMatch(/^urn /);
  await workbench.page.keyboard.type(suggested.slice(0, 2), { delay: 50 });
  await waitFor('the rest of it', async () => (await shown()) === suggested.slice(2));
  await workbench.press('Tab');
  await waitFor('its text', async () => [...(await workbench.editorLines()).values()].includes(`  ret${suggested}`));
  const { origin, tool, source, evidence } = await arrival('whole.ts');
  expect({ origin, tool, mode: source.mode }).toEqual({ origin: 'inline', tool: 'Candor', mode: 'generated' });
  expect(evidence.signals.meanProbability).toBeGreaterThan(0);
});

test('what is taken of one in part is kept as far as it was taken', async () => {
  await beginFunction('part.ts', 'addFive', '');
  let left = await suggestion();
  for (let word = 0; word < 7; word++) {
    const before = left;
    await workbench.press('Control+ArrowRight');
    left = await waitFor('less of it', async () => {
      const now = await shown();
      return now !== '' && now !== before && before.endsWith(now) && now;
    });
  }
  await workbench.press('Escape');
  const { origin, tool, source } = await arrival('part.ts');
  expect({ origin, tool, mode: source.mode }).toEqual({ origin: 'inline', tool: 'Candor', mode: 'generated' });
});
