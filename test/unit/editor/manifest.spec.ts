import { existsSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };
import { LEVELS } from '../../../src/editor/marks/mark.ts';
import { ENGINES, SETTINGS } from '../../../src/editor/settingTable.ts';

// The table of commands reaches the editor's API, of which nothing is called here.
vi.mock('vscode', () => ({}));
const { COMMANDS } = await import('../../../src/editor/commands/commandTable.ts');
const { HOVER_COMMANDS } = await import('../../../src/editor/hover/markHover.ts');

const { contributes } = manifest;
const commands = contributes.commands.map(({ command }) => command);

describe('package.json', () => {
  it('declares the settings of the table, and no others', () => {
    const declared = Object.entries<{ default: unknown; scope: string; type: string }>(
      contributes.configuration.properties,
    ).map(([key, { default: value, scope, type }]) => [key, { default: value, scope, type }]);
    const wanted = Object.entries(SETTINGS).map(([key, { default: value, scope }]) => [
      `candor.${key}`,
      { default: value, scope, type: Array.isArray(value) ? 'array' : typeof value },
    ]);
    expect(Object.fromEntries(declared)).toEqual(Object.fromEntries(wanted));
    expect(contributes.configuration.properties['candor.engine'].enum).toEqual(ENGINES);
  });

  it('keeps from workspaces what loads or sends', () => {
    for (const [key, { scope }] of Object.entries(SETTINGS)) {
      if (/^(?:engine|llama|openai|recorder|completions\.enabled)/.test(key)) expect(scope, key).toBe('machine');
    }
  });

  it('declares the commands of the table, and no others', () => {
    expect(commands.toSorted()).toEqual(Object.keys(COMMANDS).toSorted());
    expect(
      contributes.commands.every(
        ({ category, title }) => category === 'Candor' && /^[A-Z][^A-Z]*$/.test(title.replace('AI', 'ai')),
      ),
    ).toBe(true);
  });

  it('names only commands and views that there are', () => {
    const { menus, keybindings, viewsWelcome, views } = contributes;
    const named = [...Object.values(menus).flat(), ...keybindings].map(({ command }) => command);
    const linked = viewsWelcome.flatMap(({ contents }) =>
      Array.from(contents.matchAll(/command:([\w.]+)/g), ([, id]) => id),
    );
    const ofTheEditor = ['workbench.action.files.openFolder', 'workbench.trust.manage'];
    expect([...commands, ...ofTheEditor]).toEqual(expect.arrayContaining([...named, ...linked, ...HOVER_COMMANDS]));
    expect([...new Set(viewsWelcome.map(({ view }) => view))].sort()).toEqual(views.candor.map(({ id }) => id).sort());
  });

  it('gives each level of marks its colours, in all kinds of themes', () => {
    const ids = LEVELS.flatMap((level) => ['Background', 'Line', 'Ruler'].map((part) => `candor.${level}Mark${part}`));
    expect(contributes.colors.map(({ id }) => id)).toEqual([...ids, 'candor.noteForeground']);
    for (const { defaults } of contributes.colors) {
      expect(Object.keys(defaults)).toEqual(['dark', 'light', 'highContrast', 'highContrastLight']);
    }
  });

  it('has the pictures that it names', () => {
    const pictures = [manifest.icon, contributes.viewsContainers.activitybar[0]?.icon ?? ''];
    const gutter = LEVELS.flatMap((level) => ['dark', 'light'].map((theme) => `media/gutter/${level}-${theme}.svg`));
    for (const picture of [...pictures, ...gutter]) expect(existsSync(picture), picture).toBe(true);
  });
});
