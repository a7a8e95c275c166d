import * as vscode from 'vscode';
import type { TextReport } from '../app/auditor/auditor.ts';
import type { Candor } from './candor.ts';
import { readSettings } from './settings.ts';
import type { Settings } from './settingTable.ts';
import type { StatusBar } from './statusBar.ts';
import { subjectOf, subjectOfNotebook, type Subject } from './subject.ts';
import { reportedSubject } from './views/reportedSubject.ts';
import type { Owned } from './owned.ts';

export interface WatchedTexts extends Owned {
  /** Says in the status bar what is known of the text in view. */
  sayState(): void;
}

/** Schemes whose texts are code that a person looks at. */
const CODE_SCHEMES = ['file', 'untitled', 'git', 'vscode-vfs', 'vscode-remote'];

/**
 * Keeps marks, report and status bar up with the texts in view: a text that the report names, and with `candor.audit.onOpen`
 * every code file, is judged when it comes into view, but never by a server, which only a person asks.
 */
export function watchTexts(candor: Candor, status: StatusBar): WatchedTexts {
  const { followed, lookedAt, report, work } = candor;

  function sayState(): void {
    const settings = readSettings();
    const subject = subjectInView();
    const found = subject === null ? undefined : followed.reportOf(subject);
    const standsInBecause = standInReason(settings, found);
    status.engine(standsInBecause === null ? settings : { ...settings, engine: 'ngram' }, standsInBecause);
    const marks = subject?.documents.flatMap((document) => followed.marksOf(document)) ?? [];
    if (found === undefined) status.idle();
    else if (found.kind === 'skipped') status.leftOut(found.reason);
    else status.judged(marks.length, found.assessments.length);
  }

  /** Subjects that are being judged, so that no second judgement begins. */
  const underWay = new Set<string>();

  function isOfReport({ uri }: Subject): boolean {
    return report.has(uri);
  }

  function isToAudit(subject: Subject): boolean {
    return readSettings().auditOnOpen && CODE_SCHEMES.includes(subject.uri.scheme) && subject.language !== 'lines';
  }

  async function judgeInView(isWanted: (subject: Subject) => boolean): Promise<void> {
    for (const { document } of vscode.window.visibleTextEditors) {
      const subject = subjectOf(document);
      if (subject === null || followed.isFollowed(subject) || underWay.has(subject.key) || !isWanted(subject)) continue;
      underWay.add(subject.key);
      await work.runQuietly(async (call) => {
        const setup = await candor.setup();
        if (setup.choice.engine !== 'openai') await followed.judge(subject, setup, call);
      });
      underWay.delete(subject.key);
    }
  }

  function onView(): void {
    void judgeInView((subject) => isOfReport(subject) || isToAudit(subject));
  }

  const listening = [
    vscode.window.onDidChangeActiveTextEditor(sayState),
    vscode.window.onDidChangeActiveNotebookEditor(sayState),
    vscode.window.onDidChangeVisibleTextEditors(onView),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('candor')) sayState();
      // A text may have come into view before the setting was heard of.
      if (event.affectsConfiguration('candor.audit.onOpen')) onView();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(sayState),
    report.onDidChange(() => void judgeInView(isOfReport)),
    followed.onDidChangeMarks(sayState),
    followed.onDidJudgeAgain((judged) => {
      lookedAt.follow(judged.successors);
      report.update(reportedSubject(judged));
    }),
  ];
  sayState();
  onView();
  return {
    sayState,
    dispose() {
      for (const listener of listening) listener.dispose();
    },
  };
}

/** Why the n-gram engine scores the text in view, where the settings choose another. */
function standInReason({ engine }: Settings, found: TextReport | undefined): string | null {
  if (engine === 'ngram') return null;
  if (!vscode.workspace.isTrusted) return 'This workspace is not trusted, so no other engine is used for it.';
  return found?.kind === 'judged' ? found.standsInBecause : null;
}

/** What has the keyboard: a text, or a notebook, in which no cell need have it. */
function subjectInView(): Subject | null {
  const document = vscode.window.activeTextEditor?.document;
  const notebook = vscode.window.activeNotebookEditor?.notebook;
  if (document !== undefined) return subjectOf(document);
  return notebook === undefined ? null : subjectOfNotebook(notebook);
}
