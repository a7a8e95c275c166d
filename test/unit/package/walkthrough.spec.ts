import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { unexpectedFiles } from '../../../.ci/packaging/unexpectedFiles.ts';
import manifest from '../../../package.json' with { type: 'json' };

// The command reaches the editor's API, of which nothing is called here.
vi.mock('vscode', () => ({}));
const { WALKTHROUGH } = await import('../../../src/editor/commands/showWalkthrough.ts');

const FOLDER = 'media/walkthrough';
const MOST_BYTES_A_PICTURE = 150_000;
const MOST_BYTES = 700_000;
const THEMES = ['dark', 'light', 'hc', 'hcLight'];

const { commands, views, walkthroughs } = manifest.contributes;
const [walkthrough] = walkthroughs;
const steps = walkthrough?.steps ?? [];
const files = readdirSync(FOLDER).map((name) => `${FOLDER}/${name}`);

/** Width and height in the head of a PNG. */
function sizeOf(path: string): readonly [number, number] {
  const head = readFileSync(path);
  expect(head.toString('latin1', 1, 4), path).toBe('PNG');
  return [head.readUInt32BE(16), head.readUInt32BE(20)];
}

function picturesOf({ media }: (typeof steps)[number]): readonly string[] {
  return media.image === undefined ? [media.svg] : Object.values(media.image);
}

describe('the walkthrough', () => {
  it('is the one that the command opens', () => {
    expect(walkthroughs).toHaveLength(1);
    expect(`${manifest.publisher}.${manifest.name}#${walkthrough?.id ?? ''}`).toBe(WALKTHROUGH);
    expect(steps.map(({ id }) => id)).toEqual(['audit', 'read', 'report', 'engine', 'learn', 'agents']);
  });

  it('names only commands, views and states that there are', () => {
    const known = new Set(commands.map(({ command }) => command));
    const events = steps.flatMap((step) => ('completionEvents' in step ? (step.completionEvents ?? []) : []));
    const linked = steps.flatMap(({ description }) =>
      Array.from(description.matchAll(/\(command:([^)]+)\)/g), ([, id]) => id!),
    );
    expect(linked.length).toBeGreaterThan(4);
    expect(linked.filter((id) => !known.has(id))).toEqual([]);
    for (const event of events) {
      const [kind, , what] = /^(\w+)(:)(.+)$/.exec(event)?.slice(1) ?? [];
      if (kind === 'onCommand') expect(known).toContain(what);
      else if (kind === 'onView') expect(views.candor.map(({ id }) => id)).toContain(what);
      else expect(event).toBe('onContext:candor:hasReport');
    }
  });

  it.each(steps.map((step) => [step.id, step] as const))('has a picture for every theme: %s', (_, step) => {
    expect(step.media.altText.length).toBeGreaterThan(30);
    const pictures = picturesOf(step);
    if (step.media.image !== undefined) {
      expect(Object.keys(step.media.image)).toEqual(THEMES);
      expect(new Set(pictures).size).toBe(THEMES.length);
      expect(new Set(pictures.map((path) => sizeOf(path).join())).size).toBe(1);
      return;
    }
    const svg = readFileSync(pictures[0]!, 'utf8');
    // It takes the colours of the theme, by attributes, for a page with strict rules shows it; and it neither runs nor
    // loads anything.
    expect(svg).toContain('fill="var(--vscode-foreground');
    expect(svg).not.toMatch(/<style|style=|class=/i);
    expect(svg).not.toMatch(/<script|<foreignObject|href|url\(|@import|\son\w+=/i);
    expect(svg).toContain(`aria-label="${step.media.altText}"`);
  });

  it('has small pictures, all of them used and meant for the package', () => {
    expect(files.toSorted()).toEqual(steps.flatMap(picturesOf).toSorted());
    expect(unexpectedFiles(files)).toEqual([]);
    const sizes = files.map((path) => readFileSync(path).length);
    expect(Math.max(...sizes)).toBeLessThan(MOST_BYTES_A_PICTURE);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MOST_BYTES);
  });
});
