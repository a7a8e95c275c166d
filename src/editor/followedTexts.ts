import * as vscode from 'vscode';
import type { Auditor, JudgedText, TextReport } from '../app/auditor/auditor.ts';
import type { Call } from '../app/auditor/call.ts';
import type { Setup } from '../app/auditor/setup.ts';
import { carryStretches, type Stretch, type TextChange } from '../capture/following/carryStretches.ts';
import type { Origin } from '../core/words.ts';
import { carryMarks } from './marks/carryMarks.ts';
import type { Mark } from './marks/mark.ts';
import { joinedText, subjectAgain, type JoinedText, type Subject } from './subject.ts';
import { partsOfRanges, rangesByDocument, rangesInJoined, type DocumentParts } from './documentParts.ts';
import type { JudgedRegion } from './regions/judgedRegion.ts';
import { regionsByDocument } from './regions/regionsByDocument.ts';
import { successors, type Successor } from './regions/successors.ts';
import { marksByDocument } from './marks/marksByDocument.ts';
import type { Work } from './work.ts';
import type { Owned } from './owned.ts';

/** After so long without a key stroke the text is judged again. */
const PAUSE_MS = 1200;

/** A subject, the text that it had, and what was said of that text. */
export interface Judged {
  readonly subject: Subject;
  readonly joined: JoinedText;
  readonly report: TextReport;
}

export interface JudgedSubject extends Judged {
  readonly report: JudgedText;
}

/** A subject that was judged once more, and which of its regions took the place of which. */
export interface JudgedAgain extends JudgedSubject {
  readonly successors: readonly Successor[];
}

/** A text that was judged once and is judged again after edits, until it is let go or closed. */
interface Followed {
  readonly subject: Subject;
  /** Which judgement it was, counted from 1. */
  readonly number: number;
  readonly report: TextReport;
  /** What is judged, by document; null: all of it. */
  readonly parts: { readonly origin: Origin; readonly ranges: Map<string, readonly Stretch[]> } | null;
  /** By the URI of the document, with offsets in it. */
  readonly marks: Map<string, readonly Mark[]>;
  readonly regions: Map<string, readonly JudgedRegion[]>;
  pause: NodeJS.Timeout | undefined;
}

/** A judgement under way, and the edits that it missed, by URI of the document. */
interface Judging {
  readonly key: string;
  readonly number: number;
  readonly missed: Map<string, readonly (readonly TextChange[])[]>;
}

/** Texts whose marks follow their edits. */
export interface FollowedTexts extends Owned {
  /** Told the documents whose marks are others now. */
  readonly onDidChangeMarks: vscode.Event<readonly vscode.TextDocument[]>;
  /** Told of each subject that was judged again, after edits. */
  readonly onDidJudgeAgain: vscode.Event<JudgedAgain>;
  /** Judges a subject and follows it from now on. */
  judge(subject: Subject, setup: Setup, call: Call, parts?: DocumentParts): Promise<Judged>;
  isFollowed(subject: Subject): boolean;
  /** In order of the text; offsets are those of the document as it is now. */
  marksOf(document: vscode.TextDocument): readonly Mark[];
  /** The same of the regions that were judged. */
  regionsOf(document: vscode.TextDocument): readonly JudgedRegion[];
  /** What became of a subject when it was last judged; undefined where it is not followed. */
  reportOf(subject: Subject): TextReport | undefined;
  /** Lets go of all texts. */
  clear(): void;
}

export function createFollowedTexts(auditor: Auditor, work: Work, setupOf: () => Promise<Setup>): FollowedTexts {
  const followed = new Map<string, Followed>();
  const underWay = new Set<Judging>();
  let lastNumber = 0;
  const marksChanged = new vscode.EventEmitter<readonly vscode.TextDocument[]>();
  const judgedAgain = new vscode.EventEmitter<JudgedAgain>();

  function followerOf(document: vscode.TextDocument): Followed | undefined {
    const uri = document.uri.toString();
    return followed.get(uri) ?? [...followed.values()].find((entry) => entry.marks.has(uri));
  }

  async function judge(subject: Subject, setup: Setup, call: Call, parts?: DocumentParts): Promise<Judged> {
    const { key, path, language } = subject;
    const joined = joinedText(subject);
    const judging: Judging = { key, number: ++lastNumber, missed: new Map() };
    underWay.add(judging);
    try {
      const within = parts && { origin: parts.origin, ranges: rangesInJoined(subject, joined, parts) };
      const request = { document: key, text: joined.text, path, language, setup, ...(within && { within }) };
      const report = await auditor.auditText(request, call);
      // One that took long must not take the place of one that was asked for after it.
      if (judging.number > (followed.get(key)?.number ?? 0)) take(judging, subject, joined, report, parts);
      return { subject, joined, report };
    } finally {
      underWay.delete(judging);
    }
  }

  /** Follows a subject from now on, its marks carried through the edits since its text was read. */
  function take(
    { key, number, missed }: Judging,
    subject: Subject,
    joined: JoinedText,
    report: TextReport,
    parts?: DocumentParts,
  ): void {
    clearTimeout(followed.get(key)?.pause);
    const marks =
      report.kind === 'judged' ? marksByDocument(subject, joined, report) : new Map<string, readonly Mark[]>();
    const assessments = report.kind === 'judged' ? report.assessments : [];
    const regions = regionsByDocument(subject, joined, assessments);
    const ranges = parts && rangesByDocument(parts);
    for (const document of subject.documents) {
      const uri = document.uri.toString();
      const changes = missed.get(uri) ?? [];
      marks.set(uri, changes.reduce(carryMarks, marks.get(uri) ?? []));
      regions.set(uri, changes.reduce(carryStretches, regions.get(uri) ?? []));
      const own = ranges?.get(uri);
      if (own !== undefined) ranges?.set(uri, changes.reduce(carryStretches, own));
    }
    const entry: Followed = {
      subject,
      number,
      report,
      marks,
      regions,
      parts: parts && ranges ? { origin: parts.origin, ranges } : null,
      pause: undefined,
    };
    followed.set(key, entry);
    if (missed.size > 0) judgeAfterPause(entry);
    marksChanged.fire(subject.documents);
  }

  function judgeAfterPause(entry: Followed): void {
    clearTimeout(entry.pause);
    entry.pause = setTimeout(() => {
      void judgeAgain(entry);
    }, PAUSE_MS);
  }

  async function judgeAgain({ subject: before, parts, regions: earlier }: Followed): Promise<void> {
    if (!followed.has(before.key)) return;
    await work.runQuietly(async (call) => {
      const setup = await setupOf();
      // A server is paid for what it scores, so that it is asked again only by a person.
      if (setup.choice.engine === 'openai') return;
      const subject = subjectAgain(before);
      const again = parts === null ? undefined : partsOfRanges(subject, parts.origin, parts.ranges);
      const { joined, report } = await judge(subject, setup, call, again);
      if (report.kind !== 'judged') return;
      const later = followed.get(subject.key)?.regions ?? new Map<string, readonly JudgedRegion[]>();
      const succeeded = Array.from(later).flatMap(([uri, regions]) => successors(earlier.get(uri) ?? [], regions));
      judgedAgain.fire({ subject, joined, report, successors: succeeded });
    });
  }

  function onEdit({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const entry = followerOf(document);
    // The editor tells of a change without content when a text becomes unsaved.
    if (contentChanges.length === 0 || (entry === undefined && underWay.size === 0)) return;
    const uri = document.uri.toString();
    const changes = contentChanges.map((change): TextChange => ({
      start: change.rangeOffset,
      end: change.rangeOffset + change.rangeLength,
      text: change.text,
    }));
    for (const { missed } of underWay) missed.set(uri, [...(missed.get(uri) ?? []), changes]);
    if (entry === undefined) return;
    const marks = entry.marks.get(uri) ?? [];
    const carried = carryMarks(marks, changes);
    entry.marks.set(uri, carried);
    entry.regions.set(uri, carryStretches(entry.regions.get(uri) ?? [], changes));
    const ranges = entry.parts?.ranges.get(uri);
    if (ranges !== undefined) entry.parts?.ranges.set(uri, carryStretches(ranges, changes));
    judgeAfterPause(entry);
    // The editor moves what is drawn by itself; only what is gone must be drawn anew.
    if (carried.length !== marks.length) marksChanged.fire([document]);
  }

  function letGo(entry: Followed): void {
    clearTimeout(entry.pause);
    followed.delete(entry.subject.key);
    auditor.forget(entry.subject.key);
    marksChanged.fire(entry.subject.documents);
  }

  const listening = [
    vscode.workspace.onDidChangeTextDocument(onEdit),
    vscode.workspace.onDidCloseTextDocument((document) => {
      const entry = followed.get(document.uri.toString());
      if (entry !== undefined) letGo(entry);
    }),
    vscode.workspace.onDidChangeNotebookDocument(({ notebook, contentChanges }) => {
      const entry = followed.get(notebook.uri.toString());
      // Cells came, went or moved; what is typed in one is an edit of its document.
      if (entry !== undefined && contentChanges.length > 0) judgeAfterPause(entry);
    }),
    vscode.workspace.onDidCloseNotebookDocument((notebook) => {
      const entry = followed.get(notebook.uri.toString());
      if (entry !== undefined) letGo(entry);
    }),
  ];

  return {
    onDidChangeMarks: marksChanged.event,
    onDidJudgeAgain: judgedAgain.event,
    judge,
    isFollowed: (subject) => followed.has(subject.key),
    marksOf: (document) => followerOf(document)?.marks.get(document.uri.toString()) ?? [],
    regionsOf: (document) => followerOf(document)?.regions.get(document.uri.toString()) ?? [],
    reportOf: (subject) => followed.get(subject.key)?.report,
    clear() {
      for (const entry of [...followed.values()]) letGo(entry);
    },
    dispose() {
      for (const entry of followed.values()) clearTimeout(entry.pause);
      followed.clear();
      for (const listener of [...listening, marksChanged, judgedAgain]) listener.dispose();
    },
  };
}
