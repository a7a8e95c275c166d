import { describe, expect, it } from 'vitest';
import type { DetailedReason, EditEvent, TextEdit } from '../../../../src/capture/provenance/editEvent.ts';
import type { Provenance } from '../../../../src/capture/provenance/provenance.ts';
import { createProvenanceTeller, type EditHint } from '../../../../src/capture/provenance/provenanceTeller.ts';

const FILE = 'file:///a.ts';

const CODE = 'const area = width * height;\nreturn area;\n';

interface Given extends Partial<EditEvent> {
  /** What moved the caret after it. */
  readonly caret?: 'keyboard' | 'mouse' | 'command' | null;
  readonly clipboard?: boolean;
  readonly hints?: readonly EditHint[];
}

function edit(start: number, removed: string, inserted: string): TextEdit {
  return { start, end: start + removed.length, removed, inserted };
}

/** Who made one change, a moment after it. */
function told(edits: readonly TextEdit[], given: Given = {}): string {
  const { caret, clipboard, hints = [], ...event } = given;
  const teller = createProvenanceTeller();
  for (const hint of hints) teller.hint(hint);
  teller.edited(1, {
    atMs: 1000,
    document: FILE,
    edits,
    reason: null,
    detailedReason: null,
    isDirty: true,
    carets: [edits[0]?.start ?? 0],
    isActive: true,
    ...event,
  });
  if (caret !== undefined) teller.hint({ kind: 'caret', document: FILE, atMs: 1002, by: caret });
  if (clipboard !== undefined) teller.hint({ kind: 'clipboard', edit: 1, isEqual: clipboard });
  expect(teller.settle(1249)).toEqual([]);
  return inWords(teller.settle(2500)[0]?.provenance);
}

function inWords(provenance: Provenance | undefined): string {
  if (provenance === undefined) return 'nobody';
  return provenance.by === 'unknown' ? 'unknown' : `${provenance.by}: ${provenance.how}`;
}

function said(source: string, metadata: DetailedReason['metadata'] = {}): Given {
  return { detailedReason: { source, metadata } };
}

describe('where the editor says who made a change', () => {
  it.each([
    ['inlineCompletionAccept', {}, 'model: completion'],
    ['inlineCompletionPartialAccept', {}, 'model: completion'],
    ['Chat.applyEdits', {}, 'model: applied'],
    ['inlineChat.applyEdits', {}, 'model: applied'],
    ['Chat.undoEdits', {}, 'editor: undone'],
    ['cursor', { kind: 'type' }, 'person: typed'],
    ['cursor', { kind: 'paste' }, 'person: pasted'],
    ['cursor', { kind: 'executeCommands' }, 'person: typed'],
    ['suggest', {}, 'person: suggestion'],
    ['snippet', {}, 'person: snippet'],
    ['rename', {}, 'editor: refactored'],
    ['codeAction', {}, 'editor: refactored'],
    ['reloadFromDisk', {}, 'editor: reloaded'],
    ['eolChange', {}, 'editor: formatted'],
    ['unknown', { name: 'formatEditsCommand' }, 'editor: formatted'],
    ['unknown', { name: 'suggestController.additionalTextEdits.sync' }, 'person: suggestion'],
    ['unknown', { name: 'snippet.placeholderTransform' }, 'person: snippet'],
  ])('%s %o is told', (source, metadata, expected) => {
    expect(told([edit(0, '', CODE)], said(source, metadata))).toBe(expected);
  });

  it('names the tool, and is certain', () => {
    const teller = createProvenanceTeller();
    const detailedReason = { source: 'inlineCompletionAccept', metadata: { $extensionId: 'some.tool' } };
    const event = {
      atMs: 0,
      document: FILE,
      edits: [edit(0, '', CODE)],
      reason: null,
      isDirty: true,
      carets: [],
      isActive: true,
    };
    teller.edited(7, { ...event, detailedReason });
    expect(teller.settle(1000)).toEqual([
      { edit: 7, document: FILE, provenance: { by: 'model', how: 'completion', tool: 'some.tool', isCertain: true } },
    ]);
  });

  it('leaves open what an extension’s edit is, which text and place decide', () => {
    expect(told([edit(0, '', CODE)], said('applyEdits'))).toBe('model: applied');
    expect(told([edit(0, '', CODE)], said('unknown'))).toBe('model: applied');
    expect(told([edit(0, '', CODE)], said('unknown', { name: 'pushEditOperation' }))).toBe('model: applied');
    expect(told([edit(0, '', CODE)], said('unknown', { name: 'somethingElse' }))).toBe('unknown');
    expect(told([edit(0, '', '// Copyright of somebody.\n// All rights kept.\n')], said('unknown'))).toBe('unknown');
    expect(told([edit(0, 'area', 'size'), edit(9, 'area', 'size')], said('applyEdits'))).toBe('editor: refactored');
    expect(told([edit(0, '', 'import { area } from "./area";\n')], said('applyEdits'))).toBe('unknown');
    expect(told([edit(0, '  ', '    ')], said('applyEdits'))).toBe('editor: formatted');
  });
});

describe('where it does not', () => {
  it.each<[string, readonly TextEdit[], Given, string]>([
    ['a letter', [edit(4, '', 'x')], { caret: 'keyboard' }, 'person: typed'],
    ['brackets that close by themselves', [edit(4, '', '()')], { caret: 'keyboard' }, 'person: typed'],
    ['a line break with its indent', [edit(4, '', '\n    ')], { caret: 'keyboard' }, 'person: typed'],
    ['brackets around a selection', [edit(4, 'a + b', '(a + b)')], { caret: 'keyboard' }, 'person: typed'],
    ['brackets around a selection, one by one', [edit(9, '', ')'), edit(4, '', '(')], {}, 'person: typed'],
    ['a deletion', [edit(4, 'some words', '')], { caret: 'keyboard' }, 'person: typed'],
    ['the same at three carets', [edit(0, '', 'let'), edit(9, '', 'let'), edit(20, '', 'let')], {}, 'person: typed'],
    ['a paste', [edit(4, '', CODE)], { caret: null, clipboard: true }, 'person: pasted'],
    ['a word of a list', [edit(4, 'wi', 'width')], { caret: 'keyboard', clipboard: false }, 'person: suggestion'],
    ['a call of a list', [edit(4, 'for', 'forEach()')], { caret: 'keyboard', clipboard: false }, 'person: suggestion'],
    [
      'a word of a list, with its import',
      [edit(0, '', "import { width } from './width';\n"), edit(40, 'wi', 'width')],
      { caret: 'keyboard' },
      'person: suggestion',
    ],
    ['an undo', [edit(4, CODE, '')], { reason: 'undo' }, 'editor: undone'],
    ['a redo', [edit(4, '', CODE)], { reason: 'redo' }, 'editor: redone'],
    ['a new layout', [edit(0, '\t', '    '), edit(9, "'a'", '"a";')], {}, 'editor: formatted'],
    ['a rename', [edit(0, 'area', 'size'), edit(9, 'area', 'size')], {}, 'editor: refactored'],
    [
      'a rename of which the editor leaves out what stays',
      [edit(40, 'xpo', ''), edit(38, '', 'm'), edit(9, 'xpo', ''), edit(7, '', 'm')],
      { caret: null, clipboard: false },
      'editor: refactored',
    ],
    ['a reload', [edit(0, 'a', CODE)], { isDirty: false, isActive: false, carets: [] }, 'editor: reloaded'],
    [
      'a checkout',
      [edit(0, 'a', CODE)],
      { isDirty: false, carets: [], hints: [{ kind: 'checkout', atMs: 900 }] },
      'editor: checked-out',
    ],
    [
      'what a formatter does before a save',
      [edit(0, 'a', 'b'), edit(9, 'c', 'd')],
      { hints: [{ kind: 'saving', document: FILE, atMs: 900 }] },
      'editor: formatted',
    ],
    ['a suggestion', [edit(4, '', CODE)], { caret: null, clipboard: false }, 'model: completion'],
    ['the rest of a suggestion', [edit(4, 'const', CODE)], { caret: null, clipboard: false }, 'model: completion'],
    ['code that comes where nobody types', [edit(4, '', CODE)], { isActive: false, carets: [] }, 'model: applied'],
    ['what might be a paste, where nobody could look', [edit(4, '', CODE)], { caret: null }, 'unknown'],
    ['code away from the caret', [edit(4, '', CODE)], { carets: [90], caret: null, clipboard: false }, 'unknown'],
    ['several changes in view', [edit(4, 'a', CODE), edit(9, 'b', 'c')], { caret: null, clipboard: false }, 'unknown'],
    ['a word where nobody types', [edit(4, '', 'word')], { isActive: false, carets: [] }, 'unknown'],
  ])('%s is told by text, time and the caret', (_what, edits, given, expected) => {
    expect(told(edits, given)).toBe(expected);
  });

  it('takes code that is saved as it comes for no formatting', () => {
    const edits = [edit(0, '', "import { area } from './area';\n"), edit(60, '', CODE)];
    const saving: EditHint = { kind: 'saving', document: FILE, atMs: 1010 };
    expect(told(edits, { isActive: false, carets: [], hints: [saving] })).toBe('model: applied');
  });

  it('takes what leaves the caret inside for no suggestion', () => {
    const teller = createProvenanceTeller();
    const inserted = 'for (const each of all) {\n  \n}';
    const event = { document: FILE, reason: null, detailedReason: null, isDirty: true, isActive: true } as const;
    teller.edited(1, { ...event, atMs: 0, edits: [edit(0, '', inserted)], carets: [0] });
    teller.hint({ kind: 'caret', document: FILE, atMs: 1, by: null, carets: [inserted.length] });
    teller.hint({ kind: 'caret', document: FILE, atMs: 2, by: null, carets: [15] });
    teller.hint({ kind: 'clipboard', edit: 1, isEqual: false });
    expect(inWords(teller.settle(3000)[0]?.provenance)).toBe('unknown');
  });

  it('begins no suggestion with the line break before it', () => {
    const teller = createProvenanceTeller();
    const event = { document: FILE, reason: null, detailedReason: null, isDirty: true, isActive: true } as const;
    let start = 0;
    for (const [edited, word] of ['\n  ', 'const', ' ', 'area'].entries()) {
      teller.edited(edited, { ...event, atMs: edited * 300, edits: [edit(start, '', word)], carets: [start] });
      teller.hint({ kind: 'caret', document: FILE, atMs: edited * 300 + 1, by: null });
      start += word.length;
    }
    expect(teller.settle(9000).map(({ provenance }) => inWords(provenance))).toEqual([
      'person: typed',
      ...Array<string>(3).fill('model: completion'),
    ]);
  });

  it('takes what is saved at once for no reload', () => {
    const teller = createProvenanceTeller();
    const event = { atMs: 0, document: FILE, edits: [edit(0, '', CODE)], reason: null, detailedReason: null } as const;
    teller.edited(1, { ...event, isDirty: false, carets: [0], isActive: true });
    teller.hint({ kind: 'caret', document: FILE, atMs: 1, by: null });
    teller.hint({ kind: 'clipboard', edit: 1, isEqual: false });
    teller.hint({ kind: 'saving', document: FILE, atMs: 50 });
    teller.hint({ kind: 'dirty', document: FILE, atMs: 60, isDirty: false });
    expect(inWords(teller.settle(3000)[0]?.provenance)).toBe('model: completion');
  });

  it('knows a suggestion that is taken word by word, as they came in a real editor', () => {
    const words: readonly [atMs: number, word: string][] = [
      [10_054, 'export'],
      [10_615, ' '],
      [10_618, 'function'],
      [10_716, ' '],
      [10_998, 'area'],
      [11_190, '('],
    ];
    const teller = createProvenanceTeller();
    const settled: string[] = [];
    let start = 25;
    for (const [index, [atMs, word]] of words.entries()) {
      settled.push(...teller.settle(atMs).map(({ provenance }) => inWords(provenance)));
      const event = { document: FILE, reason: null, detailedReason: null, isDirty: true, isActive: true } as const;
      teller.edited(index, { ...event, atMs, edits: [edit(start, '', word)], carets: [start] });
      teller.hint({ kind: 'caret', document: FILE, atMs: atMs + 1, by: null });
      start += word.length;
    }
    settled.push(...teller.settle(13_000).map(({ provenance }) => inWords(provenance)));
    expect(settled).toEqual(Array(6).fill('model: completion'));
  });

  it('waits for what follows a change, and for the next word', () => {
    const teller = createProvenanceTeller();
    expect(teller.dueMs).toBeNull();
    const event = { document: FILE, reason: null, detailedReason: null, isDirty: true, isActive: true } as const;
    teller.edited(1, { ...event, atMs: 1000, edits: [edit(0, '', 'word')], carets: [0] });
    expect(teller.dueMs).toBe(1250);
    teller.hint({ kind: 'caret', document: FILE, atMs: 1001, by: null });
    expect(teller.dueMs).toBe(2500);
    expect(teller.settleDocument('file:///b.ts')).toEqual([]);
    expect(teller.settleDocument(FILE)).toHaveLength(1);
    expect(teller.dueMs).toBeNull();
  });
});
