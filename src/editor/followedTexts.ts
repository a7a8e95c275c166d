import * as vscode from 'vscode';
import type { Auditor, Call, JudgedText, Setup, TextReport } from '../app/auditor/auditor.ts';
import type { Origin } from '../core/words.ts';
import { carryMarks, type TextChange } from './marks/carryMarks.ts';
import { chooseMarks } from './marks/chooseMarks.ts';
import type { Mark } from './marks/mark.ts';
import { joinedText, type JoinedText, type Subject } from './subject.ts';
import type { Work } from './work.ts';
import type { Owned } from './owned.ts';

/** After so long without a key stroke the text is judged again. */
const PAUSE_MS = 1200;

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Parts of a document to judge, as offsets in it. */
export interface DocumentParts {
  readonly origin: Origin;
  readonly ranges: readonly (Stretch & { readonly document: vscode.TextDocument })[];
}

/** A judged subject: what was found in it, with the text that it was found in. */
export interface JudgedSubject {
  readonly subject: Subject;
  readonly joined: JoinedText;
  readonly report: JudgedText;
}

/** A text that was judged once and is judged again after edits, until it is let go or closed. */
interface Followed {
  readonly subject: Subject;
  readonly report: TextReport;
  /** What is judged, by document; null: all of it. */
  readonly parts: { readonly origin: Origin; readonly ranges: Map<string, readonly Stretch[]> } | null;
  /** By the URI of the document, with offsets in it. */
  readonly marks: Map<string, readonly Mark[]>;
  pause: NodeJS.Timeout | undefined;
}

/** Texts whose marks follow their edits. */
export interface FollowedTexts extends Owned {
  /** Told the documents whose marks are others now. */
  readonly onDidChangeMarks: vscode.Event<readonly vscode.TextDocument[]>;
  /** Told of each subject that was judged again, after edits. */
  readonly onDidJudgeAgain: vscode.Event<JudgedSubject>;
  /** Judges a subject and follows it from now on. */
  judge(subject: Subject, setup: Setup, call: Call, parts?: DocumentParts): Promise<TextReport>;
  isFollowed(subject: Subject): boolean;
  /** In order of the text; offsets are those of the document as it is now. */
  marksOf(document: vscode.TextDocument): readonly Mark[];
  /** What became of a subject when it was last judged; undefined where it is not followed. */
  reportOf(subject: Subject): TextReport | undefined;
  /** The texts that are followed now. */
  subjects(): readonly Subject[];
  /** Lets go of one text, or of all of them. */
  clear(subject?: Subject): void;
}

export function createFollowedTexts(auditor: Auditor, work: Work, setupOf: () => Promise<Setup>): FollowedTexts {
  const followed = new Map<string, Followed>();
  /** Edits that come while a judgement is under way, by URI of the document: its marks are carried through them. */
  const missed = new Map<string, (readonly TextChange[])[]>();
  const marksChanged = new vscode.EventEmitter<readonly vscode.TextDocument[]>();
  const judgedAgain = new vscode.EventEmitter<JudgedSubject>();

  function followerOf(document: vscode.TextDocument): Followed | undefined {
    const uri = document.uri.toString();
    return followed.get(uri) ?? [...followed.values()].find((entry) => entry.marks.has(uri));
  }

  async function judge(
    subject: Subject,
    setup: Setup,
    call: Call,
    parts?: DocumentParts,
  ): Promise<JudgedSubject | TextReport> {
    const joined = joinedText(subject);
    for (const document of subject.documents) missed.set(document.uri.toString(), []);
    const { key, path, language } = subject;
    const report = await auditor.auditText(
      {
        document: key,
        text: joined.text,
        path,
        language,
        setup,
        ...(parts && { within: { origin: parts.origin, ranges: rangesInJoined(subject, joined, parts) } }),
      },
      call,
    );
    const before = followed.get(key);
    clearTimeout(before?.pause);
    const marks =
      report.kind === 'judged' ? marksByDocument(subject, joined, report) : new Map<string, readonly Mark[]>();
    let isBehind = false;
    for (const document of subject.documents) {
      const uri = document.uri.toString();
      const changes = missed.get(uri) ?? [];
      missed.delete(uri);
      isBehind ||= changes.length > 0;
      marks.set(uri, changes.reduce(carryMarks, marks.get(uri) ?? []));
    }
    const entry: Followed = { subject, report, marks, parts: parts ? partsByDocument(parts) : null, pause: undefined };
    followed.set(key, entry);
    if (isBehind) judgeAfterPause(entry);
    marksChanged.fire(subject.documents);
    return report.kind === 'judged' ? { subject, joined, report } : report;
  }

  /** A server is paid for what it scores, so that it is asked again only by a person. */
  function judgeAfterPause(entry: Followed): void {
    clearTimeout(entry.pause);
    entry.pause = setTimeout(() => {
      void judgeAgain(entry);
    }, PAUSE_MS);
  }

  async function judgeAgain({ subject, parts }: Followed): Promise<void> {
    if (!followed.has(subject.key)) return;
    await work.runQuietly(async (call) => {
      const setup = await setupOf();
      if (setup.choice.engine === 'openai') return;
      const again = parts === null ? undefined : livingParts(subject, parts.origin, parts.ranges);
      const judged = await judge(subject, setup, call, again);
      if ('joined' in judged) judgedAgain.fire(judged);
    });
  }

  function onEdit({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    if (contentChanges.length === 0) return;
    const uri = document.uri.toString();
    const waiting = missed.get(uri);
    const entry = followerOf(document);
    if (waiting === undefined && entry === undefined) return;
    const changes = contentChanges.map((change): TextChange => ({
      start: change.rangeOffset,
      end: change.rangeOffset + change.rangeLength,
      text: change.text,
    }));
    waiting?.push(changes);
    if (entry === undefined) return;
    const marks = entry.marks.get(uri) ?? [];
    const carried = carryMarks(marks, changes);
    entry.marks.set(uri, carried);
    const ranges = entry.parts?.ranges.get(uri);
    if (ranges !== undefined) entry.parts?.ranges.set(uri, carryParts(ranges, changes));
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
    vscode.workspace.onDidCloseNotebookDocument((notebook) => {
      const entry = followed.get(notebook.uri.toString());
      if (entry !== undefined) letGo(entry);
    }),
  ];

  return {
    onDidChangeMarks: marksChanged.event,
    onDidJudgeAgain: judgedAgain.event,
    async judge(subject, setup, call, parts) {
      const judged = await judge(subject, setup, call, parts);
      return 'joined' in judged ? judged.report : judged;
    },
    isFollowed: (subject) => followed.has(subject.key),
    marksOf: (document) => followerOf(document)?.marks.get(document.uri.toString()) ?? [],
    reportOf: (subject) => followed.get(subject.key)?.report,
    subjects: () => Array.from(followed.values(), ({ subject }) => subject),
    clear(subject) {
      const gone = subject === undefined ? [...followed.values()] : [followed.get(subject.key)];
      for (const entry of gone) if (entry !== undefined) letGo(entry);
    },
    dispose() {
      for (const entry of followed.values()) clearTimeout(entry.pause);
      followed.clear();
      for (const listener of [...listening, marksChanged, judgedAgain]) listener.dispose();
    },
  };
}

/** The marks of a joined text, each with offsets in the document that it lies in. */
function marksByDocument(subject: Subject, joined: JoinedText, report: JudgedText): Map<string, readonly Mark[]> {
  const marks = chooseMarks(
    report.assessments,
    subject.documents.reduce((sum, { lineCount }) => sum + lineCount, 0),
  );
  return new Map(
    subject.documents.map((document, index) => {
      const start = joined.starts[index] ?? 0;
      const end = joined.starts[index + 1] ?? joined.text.length;
      const inside = marks.filter((mark) => start <= mark.start && mark.end <= end);
      const own =
        start === 0 ? inside : inside.map((mark) => ({ ...mark, start: mark.start - start, end: mark.end - start }));
      return [document.uri.toString(), own];
    }),
  );
}

function rangesInJoined(subject: Subject, joined: JoinedText, parts: DocumentParts): readonly Stretch[] {
  return parts.ranges.map(({ document, start, end }) => {
    const from = joined.starts[subject.documents.indexOf(document)] ?? 0;
    return { start: from + start, end: from + end };
  });
}

function partsByDocument({ origin, ranges }: DocumentParts): NonNullable<Followed['parts']> {
  return { origin, ranges: Map.groupBy(ranges, ({ document }) => document.uri.toString()) };
}

function livingParts(subject: Subject, origin: Origin, ranges: ReadonlyMap<string, readonly Stretch[]>): DocumentParts {
  const living = subject.documents.flatMap((document) =>
    (ranges.get(document.uri.toString()) ?? []).map(({ start, end }) => ({ document, start, end })),
  );
  return { origin, ranges: living };
}

/** A part takes in what is typed inside it and at its end. */
function carryParts(parts: readonly Stretch[], changes: readonly TextChange[]): readonly Stretch[] {
  const carry = (offset: number, isEnd: boolean): number => {
    let shift = 0;
    for (const { start, end, text } of changes) {
      if (end < offset || (end === offset && (isEnd || start < end))) shift += text.length - (end - start);
      else if (start < offset) shift += start - offset + (isEnd ? text.length : 0);
    }
    return offset + shift;
  };
  return parts.map(({ start, end }) => ({ start: carry(start, false), end: carry(end, true) }));
}
