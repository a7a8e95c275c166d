import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { placeDigests } from '../../src/app/capture/placeDigests.ts';
import { SURVIVAL_TARGETS } from '../../src/capture/following/editorTargets.ts';
import type { Target } from '../../src/core/words.ts';
import { openLedger } from '../../src/ledger/openLedger.ts';
import { randomNumbers } from '../support/randomNumbers.ts';
import { someLedgerAssessment } from '../support/someLedgerAssessment.ts';
import { folderForFile } from '../vscode/folderForFile.ts';
import { packagedExtension } from '../vscode/packagedExtension.ts';
import { waitFor } from '../vscode/waitFor.ts';
import { windowForFile } from '../vscode/windowForFile.ts';

// What became of a few hundred regions is learned while the window is open, and the next one is told with its chance.

const OUTCOMES = 300;
const DAY_MS = 86_400_000;
const [TWO_MINUTES] = SURVIVAL_TARGETS as [Target];
const LEARNED_MS = 90_000;

const codeOf = (name: string): string =>
  `export function ${name}(width: number, height: number): number {\n  const whole = width * height;\n  return whole + 7;\n}\n`;

const workspace = folderForFile({ 'first.ts': codeOf('area'), 'second.ts': codeOf('surface') });
const state = folderForFile();
const open = windowForFile(() => ({ workspace, vsix: packagedExtension(), env: { XDG_STATE_HOME: state } }));

test('outcomes make the chance of what arrives next, and the status bar says so', { timeout: 300_000 }, async () => {
  const { workbench } = open();
  const declare = async (file: string): Promise<void> => {
    await workbench.openFile(file);
    await workbench.goToLine(0);
    await workbench.press('Control+A');
    await workbench.runCommand('Candor: This is AI-written');
    await waitFor('the regions', async () =>
      (await workbench.notifications()).some(({ message }) => message.includes('followed as AI-written')),
    );
    await workbench.clearNotifications();
  };

  await declare('first.ts');
  expect((await workbench.hoverAt(0, 3, 'AI-written code')).text).toContain('there are too few outcomes');

  const salt = readFileSync(join(state, 'candor', 'region-salt'), 'utf8');
  const place = placeDigests(salt).workspace(workspace);
  const ledger = await openLedger(join(state, 'candor', 'ledger.sqlite'));
  const [first] = ledger.assessmentsSince(place, 0);
  if (first === undefined) throw new Error('The ledger does not have what was declared.');
  const { source, evidence } = first.assessment;
  expect(source.engine).toBe('ngram');
  // Two regions a day, alike to the one that is known; those that surprised the engine mostly go bad.
  const random = randomNumbers(5);
  for (let index = 0; index < OUTCOMES; index++) {
    const surprise = 2 * random() - 1;
    const features = Object.entries(evidence.features).map(([name, value]) => {
      const own = name === 'meanLogprob' ? -surprise : 2 * random() - 1;
      return [name, value + own * Math.max(1, Math.abs(value)) * 0.5] as const;
    });
    const id = `past ${index}`;
    const atMs = Date.now() - (OUTCOMES - Math.floor(index / 2)) * DAY_MS;
    const happened = random() < 1 / (1 + Math.exp(5 * surprise));
    const past = {
      id,
      atMs,
      workspace: place,
      source,
      evidence: { ...evidence, features: Object.fromEntries(features) },
    };
    ledger.addAssessments([someLedgerAssessment(past)]);
    ledger.addOutcomes([
      {
        assessment: id,
        target: TWO_MINUTES,
        happened,
        retainedShare: Number(happened),
        workedOn: true,
        atMs: atMs + 120_000,
      },
    ]);
  }
  ledger.close();

  await workbench.goToLine(0);
  await workbench.runCommand('Candor: This code is fine');
  const learned = await waitFor(
    'what it has learned',
    async () => (await workbench.statusBar()).find(({ text }) => text.includes('Candor learned from')),
    LEARNED_MS,
  );
  expect(learned.text).toContain(`Candor learned from ${OUTCOMES} outcomes`);

  await declare('second.ts');
  const { text } = await workbench.hoverAt(0, 3, 'AI-written code');
  expect(text).toMatch(/Chance that it stays unchanged within 2 minutes: \d+ % \(\d+ to \d+ %\)/);
  expect(text).toContain(`${OUTCOMES} outcomes`);
  await workbench.runCommand('Candor: Audit file');
  await waitFor(
    'the audit',
    async () => (await workbench.statusBarItem('candor.status'))?.text.includes('mark'),
    60_000,
  );
  await workbench.runCommand('Problems: Focus on Problems View');
  await workbench.page
    .locator('.markers-panel .monaco-list-row', { hasText: 'In doubt: surface, with a chance of' })
    .first()
    .waitFor();
  await workbench.runCommand('Candor: Show the calibration');
  await workbench.webview().locator('body', { hasText: 'what became of such code in this editor' }).waitFor();
});
