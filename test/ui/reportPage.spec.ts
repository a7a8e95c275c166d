import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Report } from '../../src/audit/report.ts';
import { earlierReport } from '../../src/report/html/earlierReport.ts';
import { htmlReport } from '../../src/report/html/htmlReport.ts';
import { jsonReport } from '../../src/report/jsonReport.ts';
import { SILENCE, silencedFile } from '../support/silencedFile.ts';
import { someLargeReport } from '../support/someLargeReport.ts';
import { reportOf } from '../support/someReport.ts';
import { cacheFolder } from '../vscode/cacheFolder.ts';
import { folderForFile } from '../vscode/folderForFile.ts';
import { launchBrowser } from '../vscode/launchBrowser.ts';

// The report page as a person has it: a file on the disk, opened with no network, by eye, by keyboard, by screen reader, on paper.

const folder = folderForFile();
const judged = join(folder, 'judged.html');
const unjudged = join(folder, 'unjudged.html');
/** With comments that keep code quiet, and files that something failed on. */
const quiet = join(folder, 'quiet.html');

let browser: Browser;
beforeAll(async () => {
  const report = someLargeReport();
  const earlier = [20, 30].map((files) =>
    earlierReport(`${files}.json`, JSON.parse(jsonReport(someLargeReport({ files })))),
  );
  const linkOf = (path: string, line: number): string => `vscode://file/code/${path}:${line + 1}`;
  writeFileSync(judged, htmlReport(report, { madeAtMs: 1.79e12, linkOf, earlier }));
  writeFileSync(unjudged, htmlReport(someLargeReport({ isJudged: false }), { madeAtMs: 1.79e12 }));
  writeFileSync(quiet, htmlReport(quietReport(), { madeAtMs: 1.79e12, linkOf }));
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
});

/** A made-up report in which more comments keep code quiet than are shown, one with a long reason under a long path. */
function quietReport(): Report {
  const reasons = [
    'the count was checked by the caller',
    'generated from the schema, and reviewed there; '.repeat(9),
    '漢字 and שלום in a reason',
  ];
  const files = Array.from({ length: 120 }, (_, index) => {
    const path = `src/${index === 1 ? 'a/rather/deep/folder/'.repeat(4) : ''}orders${index}.ts`;
    const silence = { ...SILENCE, reason: reasons[index % reasons.length] ?? '' };
    const file = silencedFile(path);
    const assessments = file.assessments.map(({ silenced = [], ...one }) => ({
      ...one,
      silenced: silenced.map((span) => ({ ...span, silence })),
    }));
    return { ...file, assessments };
  });
  const detail = 'The model server broke down (500), asked 5 times. Look at its log.';
  return reportOf([
    ...files,
    { path: 'src/poison.ts', language: 'TypeScript', skipped: 'not scored', detail },
    { path: 'src/trap.cpp', language: 'C++', skipped: 'not parsed' },
  ]);
}

/** Opens a page without a network, and runs what is to be seen; whatever the page asked for beside itself is returned. */
async function opened(
  file: string,
  options: BrowserContextOptions,
  look: (page: Page) => Promise<void>,
): Promise<readonly string[]> {
  const context = await browser.newContext({ offline: true, viewport: { width: 1200, height: 900 }, ...options });
  try {
    const asked: string[] = [];
    const page = await context.newPage();
    page.on('request', (request) => asked.push(request.url()));
    page.on('console', (message) => asked.push(`console: ${message.text()}`));
    await page.goto(pathToFileURL(file).href);
    await look(page);
    return asked.filter((one) => !one.startsWith(pathToFileURL(file).href));
  } finally {
    await context.close();
  }
}

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

async function violationsOf(page: Page): Promise<readonly Violation[]> {
  await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  return page.evaluate<readonly Violation[]>('axe.run(document).then((found) => found.violations)');
}

/** Keeps a picture of the page, for a person to look at. */
async function keepPicture(page: Page, name: string): Promise<void> {
  const pictures = join(cacheFolder, 'ui-results', 'report-page');
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
}

test.each([
  ['judged', 'light'],
  ['judged', 'dark'],
  ['unjudged', 'light'],
  ['unjudged', 'dark'],
  ['quiet', 'light'],
  ['quiet', 'dark'],
] as const)('%s and %s, it asks for nothing, and axe finds nothing', async (name, colorScheme) => {
  const file = { judged, unjudged, quiet }[name];
  const asked = await opened(file, { colorScheme, bypassCSP: true }, async (page) => {
    const violations = await violationsOf(page);
    expect(violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html).slice(0, 3)])).toEqual([]);
    await keepPicture(page, `${name}-${colorScheme}`);
  });
  expect(asked).toEqual([]);
});

test('it looks the same where scripts may not run, for it has none', async () => {
  await opened(judged, { javaScriptEnabled: false }, async (page) => {
    expect(await page.locator('script').count()).toBe(0);
    expect(await page.locator('svg').count()).toBeGreaterThanOrEqual(5);
    expect(await page.locator('h1').textContent()).toBe('How far to trust this code');
  });
});

test('the keyboard leads to what to look at first, and from a part of the map to its row', async () => {
  await opened(judged, {}, async (page) => {
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').textContent()).toBe('Skip to what to look at first');
    expect(await page.locator(':focus').boundingBox()).toMatchObject({ x: 16 });
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').getAttribute('class')).toBe('place');

    await page.locator('.map a').first().focus();
    expect(await page.locator('.map a rect').first().getAttribute('aria-label')).toMatch(
      /^src\/.*: [\d,]+ tokens, [\d.]+/,
    );
    await page.keyboard.press('Enter');
    expect(new URL(page.url()).hash).toBe('#part-1');
    const row = page.locator('tr:target');
    expect(await row.locator('th').textContent()).toContain('src/');
    const { y = -1 } = (await row.boundingBox()) ?? {};
    expect(y).toBeGreaterThanOrEqual(0);
    expect(y).toBeLessThan(900);
  });
});

test.each([
  [320, judged],
  [700, judged],
  [320, quiet],
])('nothing sticks out of a window %i pixels wide', async (width, file) => {
  await opened(file, { viewport: { width, height: 800 } }, async (page) => {
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  });
});

test.each([
  ['print', judged],
  ['print-quiet', quiet],
])('on paper it is dark on white, and cuts nothing off: %s', async (name, file) => {
  await opened(file, { colorScheme: 'dark', viewport: { width: 700, height: 900 } }, async (page) => {
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.evaluate<string>('getComputedStyle(document.body).color')).toBe('rgb(31, 35, 40)');
    expect(await page.locator('nav').isVisible()).toBe(false);
    const isCut = 'Array.from(document.querySelectorAll("pre, .wide"), (one) => one.scrollWidth > one.clientWidth + 1)';
    expect(await page.evaluate<boolean[]>(isCut)).not.toContain(true);
    await keepPicture(page, name);
  });
});

test('the keyboard leads to a comment that keeps code quiet', async () => {
  await opened(quiet, {}, async (page) => {
    await page.locator('nav a[href="#quiet"]').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').getAttribute('aria-label')).toBe('Comments that keep something quiet');
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').textContent()).toBe('src/orders0.ts:1');
    expect(await page.locator(':focus').getAttribute('href')).toBe('vscode://file/code/src/orders0.ts:1');
  });
});

test('in a webview it takes the theme of the editor, not that of the system', async () => {
  await opened(judged, { colorScheme: 'light' }, async (page) => {
    await page.evaluate('document.body.classList.add("vscode-dark")');
    expect(await page.evaluate<string>('getComputedStyle(document.body).backgroundColor')).toBe('rgb(24, 26, 31)');
    await page.evaluate('document.body.className = "vscode-high-contrast"');
    expect(await page.evaluate<string>('getComputedStyle(document.body).backgroundColor')).toBe('rgb(0, 0, 0)');
  });
});
