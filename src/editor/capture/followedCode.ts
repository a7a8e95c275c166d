import * as vscode from 'vscode';
import type { Auditor } from '../../app/auditor/auditor.ts';
import type { Setup } from '../../app/auditor/setup.ts';
import type { ArrivedText, FollowedRegion } from '../../app/capture/arrivedText.ts';
import type { FollowedRanges } from '../../app/capture/capturedCode.ts';
import type { CommitSeen, FollowedDocument } from '../../app/capture/witness.ts';
import type { Stretch } from '../../capture/following/carryStretches.ts';
import { createRegionTracker, type TrackedRegion } from '../../capture/following/regionTracker.ts';
import type { EditEvent } from '../../capture/provenance/editEvent.ts';
import type { AssessmentId } from '../../core/words.ts';
import { detectLanguage } from '../../syntax/detectLanguage.ts';
import { readArray } from '../../wire/jsonReaders.ts';
import { openFolders, pathInWorkspace } from '../openFolders.ts';
import { ownAll, type Owned } from '../owned.ts';
import { subjectOf } from '../subject.ts';
import type { QuietCalls } from './quietCalls.ts';

/** A person who works goes on within such a pause; a look costs a parse. */
const PAUSE_MS = 5000;

/** An error that is gone sooner was of a line that was not written to its end. */
const LASTING_ERROR_MS = 5000;

const REMEMBERED = 'candor.followed';

/** Code that arrived, as this side of the editor knows it. */
export interface ArrivedCode {
  /** URI of the document. */
  readonly document: string;
  /** The document's text when `stretches` were its; of one that is not open, the file's. */
  readonly text: string;
  readonly stretches: readonly Stretch[];
  readonly writer: ArrivedText['writer'];
  readonly arrivedMs: number;
}

/** What models wrote in the documents of this window, followed through edits, and looked at when a clock runs out. */
export interface FollowedCode extends Owned {
  /** Assesses code that arrived, and follows it; what is edited meanwhile is made up for. */
  arrived(code: ArrivedCode): Promise<readonly FollowedRegion[]>;
  /** Carries what is followed through an edit. */
  edited(event: EditEvent): void;
  /** Another version of a document's file was checked out. */
  checkedOut(document: string): void;
  /** A test has failed, and points at a place in a document that is open. */
  testFailedAt(place: vscode.Location): void;
  /** A commit was made in the workspace. */
  committed(): void;
  /** The followed region around an offset, the smallest first. */
  regionAt(document: vscode.TextDocument, offset: number): TrackedRegion | null;
  regionsOf(document: vscode.TextDocument): readonly TrackedRegion[];
  /** Where all followed regions are that it knows the places of, by files of the workspace. */
  ranges(): readonly FollowedRanges[];
  forget(assessments: readonly AssessmentId[]): void;
  forgetAll(): void;
  /** Called after looks that may have brought outcomes. */
  readonly onDidLook: vscode.Event<void>;
}

export function createFollowedCode(
  auditor: Auditor,
  calls: QuietCalls,
  memory: vscode.Memento,
  setup: () => Promise<Setup>,
): FollowedCode {
  const tracker = createRegionTracker();
  const looked = new vscode.EventEmitter<void>();
  /** Documents of before the restart, by URI, and when to look at them. */
  const remembered = new Map(rememberedIn(memory));
  /** Edits that came while an arrival was assessed. */
  const inFlight = new Set<{ readonly document: string; readonly missed: EditEvent[] }>();
  const soon = new Map<string, number>();
  /** Languages for which something reports errors. */
  const reporting = new Set<string>();
  const reading = new Map<string, NodeJS.Timeout>();
  let timer: NodeJS.Timeout | undefined;

  function remember(): void {
    const followed = tracker.documents.flatMap((document) => {
      const dueMs = tracker.regionsOf(document).flatMap((region) => region.dueMs ?? []);
      return dueMs.length === 0 ? [] : [[document, Math.min(...dueMs)] as const];
    });
    void memory.update(REMEMBERED, [...remembered, ...followed]);
  }

  function schedule(): void {
    clearTimeout(timer);
    const times = [tracker.nextDueMs, ...remembered.values(), ...soon.values()].filter((time) => time !== null);
    if (times.length === 0) return;
    const delayMs = Math.max(0, times.reduce((first, time) => Math.min(first, time)) - Date.now());
    // Longer delays than 24 days overflow, and clocks may be set meanwhile.
    timer = setTimeout(() => void lookAtDue(), Math.min(delayMs, 3_600_000));
  }

  async function lookAtDue(): Promise<void> {
    const nowMs = Date.now();
    const isDue = ([, dueMs]: readonly [string, number]): boolean => dueMs <= nowMs;
    const others = [...remembered, ...soon].filter(isDue).map(([document]) => document);
    const due = new Set([...tracker.due(nowMs), ...others]);
    for (const document of due) {
      remembered.delete(document);
      soon.delete(document);
      await look(document);
    }
    if (due.size > 0) {
      remember();
      looked.fire();
    }
    schedule();
  }

  async function look(document: string): Promise<void> {
    const followed = followedDocument(document);
    const regions = tracker.regionsOf(document);
    const missed: EditEvent[] = [];
    const flight = { document, missed };
    inFlight.add(flight);
    const placed = await calls.run((call) => auditor.look({ ...followed, regions }, call));
    inFlight.delete(flight);
    // Whatever came of it: a look that cannot be had must not be tried again and again.
    tracker.placed(document, placed ?? [], missed, Date.now());
  }

  function lookSoon(document: string, delayMs = PAUSE_MS): void {
    soon.set(document, Date.now() + delayMs);
    schedule();
  }

  async function committed(): Promise<void> {
    const { workspace } = openFolders();
    if (workspace === null) return;
    const documents = documentsIn(workspace);
    if (documents.length === 0) return;
    await calls.run((call) => auditor.committed({ workspace, documents }, call));
    looked.fire();
  }

  function documentsIn(workspace: string): CommitSeen['documents'] {
    return tracker.documents
      .map((document) => ({
        ...followedDocument(document),
        ranges: tracker
          .regionsOf(document)
          .flatMap(({ assessment, range }) => (range === null ? [] : [{ assessment, ...range }])),
      }))
      .filter((document) => document.workspace === workspace);
  }

  async function arrived(code: ArrivedCode): Promise<readonly FollowedRegion[]> {
    const { document, text, stretches, writer, arrivedMs } = code;
    const { path, language } = followedDocument(document);
    const flight: { readonly document: string; readonly missed: EditEvent[] } = { document, missed: [] };
    // Before anything is waited for: the next edit may be the one that takes it back.
    inFlight.add(flight);
    const regions = await calls.run(async (call) => {
      const request: ArrivedText = {
        document,
        text,
        path,
        language,
        setup: await setup(),
        stretches,
        writer,
        arrivedMs,
      };
      return auditor.arrived(request, call);
    });
    inFlight.delete(flight);
    if (regions === null || regions.length === 0) return [];
    const isOpen = openDocument(document) !== undefined;
    tracker.add(
      document,
      regions.map(({ assessment: { id, region }, facts, dueMs }) => ({
        assessment: id,
        facts,
        range: isOpen ? { start: region.start, end: region.end } : null,
        isCheckedOut: false,
        isUndone: false,
        hadErrors: null,
        failedTest: false,
        workedOn: false,
        dueMs,
      })),
      flight.missed,
      Date.now(),
    );
    if (reporting.has(languageIdOf(document))) readErrorsLater(document);
    remember();
    schedule();
    return regions;
  }

  const listening = [
    vscode.languages.onDidChangeDiagnostics(({ uris }) => {
      for (const uri of uris) {
        reporting.add(languageIdOf(uri.toString()));
        if (tracker.regionsOf(uri.toString()).length > 0) readErrorsLater(uri.toString());
      }
    }),
    vscode.workspace.onDidRenameFiles(({ files }) => {
      for (const { oldUri, newUri } of files) renamed(oldUri, newUri);
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      tracker.closed(uri.toString());
    }),
    vscode.workspace.onDidOpenTextDocument(({ uri }) => {
      if (remembered.has(uri.toString())) lookSoon(uri.toString(), 0);
    }),
  ];

  function readErrorsLater(uri: string): void {
    clearTimeout(reading.get(uri));
    reading.set(uri, setTimeout(readErrors, LASTING_ERROR_MS, uri));
  }

  function readErrors(uri: string): void {
    reading.delete(uri);
    const document = openDocument(uri);
    if (document === undefined) return;
    const errors = vscode.languages
      .getDiagnostics(document.uri)
      .filter(({ severity, source }) => severity === vscode.DiagnosticSeverity.Error && source !== 'Candor')
      .map(({ range }) => ({ start: document.offsetAt(range.start), end: document.offsetAt(range.end) + 1 }));
    tracker.errorsAt(uri, errors);
  }

  /** A folder takes along what is in it. */
  function renamed(oldUri: vscode.Uri, newUri: vscode.Uri): void {
    const [from, to] = [oldUri.toString(), newUri.toString()];
    for (const document of [...tracker.documents, ...remembered.keys()]) {
      if (document !== from && !document.startsWith(`${from}/`)) continue;
      const renamedTo = to + document.slice(from.length);
      const dueMs = remembered.get(document);
      if (remembered.delete(document) && dueMs !== undefined) remembered.set(renamedTo, dueMs);
      tracker.rename(document, renamedTo);
      const { workspace, path } = followedDocument(document);
      const place = followedDocument(renamedTo);
      void calls.run((call) => auditor.decide({ kind: 'rename', workspace, from: path, to: place.path }, call));
    }
    remember();
  }

  schedule();
  return {
    arrived,
    edited(event) {
      for (const { document, missed } of inFlight) if (document === event.document) missed.push(event);
      const regions = tracker.regionsOf(event.document);
      if (regions.length === 0) return;
      tracker.edited(event, Date.now());
      if (regions.some(({ range }) => range !== null && event.edits.some((edit) => touches(edit, range)))) {
        lookSoon(event.document);
      } else schedule();
    },
    checkedOut(document) {
      tracker.checkedOut(document);
      if (tracker.regionsOf(document).length > 0) lookSoon(document, 1000);
    },
    testFailedAt({ uri, range }) {
      const document = openDocument(uri.toString());
      if (document === undefined) return;
      const [start, end] = [document.offsetAt(range.start), document.offsetAt(range.end)];
      tracker.testFailedAt(uri.toString(), { start, end: Math.max(end, start + 1) });
    },
    committed: () => void committed(),
    regionAt(document, offset) {
      const around = tracker
        .regionsOf(document.uri.toString())
        .filter(({ range }) => range !== null && range.start <= offset && offset <= range.end);
      return around.toSorted((one, other) => lengthOf(one) - lengthOf(other))[0] ?? null;
    },
    regionsOf: (document) => tracker.regionsOf(document.uri.toString()),
    ranges() {
      const { workspace } = openFolders();
      return workspace === null ? [] : documentsIn(workspace).map(({ path, ranges }) => ({ path, ranges }));
    },
    forget(assessments) {
      tracker.forget(new Set(assessments));
      remember();
    },
    forgetAll() {
      remembered.clear();
      tracker.forget(
        new Set(
          tracker.documents.flatMap((document) => tracker.regionsOf(document).map((region) => region.assessment)),
        ),
      );
      remember();
    },
    onDidLook: looked.event,
    dispose() {
      clearTimeout(timer);
      for (const waiting of reading.values()) clearTimeout(waiting);
      ownAll([...listening, looked]).dispose();
    },
  };
}

/** The documents that were followed when the window was last open, and when to look at them. */
function rememberedIn(memory: vscode.Memento): readonly (readonly [string, number])[] {
  return readArray(memory.get<unknown>(REMEMBERED)).flatMap((entry) => {
    const [document, dueMs] = readArray(entry);
    return typeof document === 'string' && typeof dueMs === 'number' ? [[document, dueMs] as const] : [];
  });
}

function openDocument(uri: string): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri);
}

function languageIdOf(uri: string): string {
  return openDocument(uri)?.languageId ?? '';
}

function followedDocument(uri: string): FollowedDocument {
  const document = openDocument(uri);
  const subject = document === undefined ? null : subjectOf(document);
  const { fsPath, path, fragment } = vscode.Uri.parse(uri);
  const inside = pathInWorkspace(fsPath);
  const file = subject?.path ?? inside ?? path.slice(path.lastIndexOf('/') + 1);
  return {
    workspace: inside === null ? null : openFolders().workspace,
    // The cells of a notebook share its path, and are followed each by itself.
    path: fragment === '' ? file : `${file}#${fragment}`,
    language: subject?.language ?? detectLanguage(path, '') ?? 'lines',
    text: document?.getText() ?? null,
  };
}

function touches(edit: Stretch, range: Stretch): boolean {
  return edit.start <= range.end && range.start <= edit.end;
}

function lengthOf({ range }: TrackedRegion): number {
  return range === null ? Infinity : range.end - range.start;
}
