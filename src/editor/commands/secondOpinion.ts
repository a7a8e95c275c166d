import * as vscode from 'vscode';
import type { EngineChoice } from '../../app/engineChoice.ts';
import { SAMPLE_COUNTS, type OpinionCost } from '../../app/opinions/opinionCost.ts';
import type { OpinionCluster, SecondOpinion } from '../../core/opinions/secondOpinion.ts';
import { percent } from '../../report/calibrationWords.ts';
import { opinionReport } from '../../report/opinionReport.ts';
import { previewReplacement } from '../actions/previewReplacement.ts';
import type { Candor } from '../candor.ts';
import { inertLabel } from '../inertLabel.ts';
import { subjectOf } from '../subject.ts';
import { textToAsk, type TextToAsk } from '../textToAsk.ts';

/**
 * As the measures were published, draws from the model's own distribution; of the small bundled one nearer to what it finds likeliest, for
 * its own draws are hardly ever code (docs/decisions/second-opinions.md).
 */
const TEMPERATURES: Readonly<Record<EngineChoice['engine'], number>> = { ngram: 1, bundled: 0.3, llama: 1, openai: 1 };

/** Asking again gives the same answer, as far as the engine keeps to seeds. */
const SEED = 1;

/**
 * Asks the engine to write a statement several times again, after saying what that costs, and offers what it wrote: each to be put in after a look at
 * the change, and all of it to read.
 */
export async function secondOpinion(candor: Candor, argument?: unknown): Promise<void> {
  const toAsk = textToAsk(candor.followed, argument);
  const { asked, stretch, openTexts } = toAsk;
  const setup = await candor.setup();
  const request = { ...asked, stretch, openTexts, setup };
  const cost = await candor.work.run(null, (call) => candor.auditor.opinionCost(request, call));
  if (cost === null) return;
  const isServer = setup.choice.engine === 'openai';
  const count = await pickCount(asked.text, cost, isServer);
  if (count === undefined) return;
  const samples = { count, temperature: TEMPERATURES[setup.choice.engine], seed: SEED };
  const opinion = await candor.work.run('Asking for a second opinion', (call) =>
    candor.auditor.secondOpinion({ ...request, ...samples }, call),
  );
  if (opinion !== null) await offer(candor, toAsk, opinion);
}

/** What it costs, before it is asked for. */
async function pickCount(text: string, cost: OpinionCost, isServer: boolean): Promise<number | undefined> {
  const { place, engine, questions, mostTokens, mostUnits, entropyNats } = cost;
  const { fewest, middle, most } = SAMPLE_COUNTS;
  const counts = [cost.count, ...[fewest, middle, most].filter((other) => other !== cost.count)];
  const items = counts.map((count) => ({
    label: `${count} samples`,
    description: `at most ${count + questions} calls, ${(count * mostTokens).toLocaleString('en')} tokens written`,
    ...(count === cost.count &&
      entropyNats !== null && { detail: `By how unsure the engine is here: ${entropyNats.toFixed(1)} nats` }),
    count,
  }));
  const sent = isServer
    ? ` Each call sends up to ${mostUnits.toLocaleString('en')} characters of code to the server.`
    : '';
  const picked = await vscode.window.showQuickPick(items, {
    title: `Second opinion on ${firstLine(text.slice(place.start, place.end))}`,
    placeHolder: `How often shall the engine ${engine} write it again?${sent}`,
  });
  return picked?.count;
}

async function offer(candor: Candor, toAsk: TextToAsk, opinion: SecondOpinion): Promise<void> {
  const { document, asked, rangeOf } = toAsk;
  const all = {
    label: '$(list-unordered) Show all of it',
    description: 'every sample and every number',
    cluster: null,
  };
  const items = [...opinion.clusters.map((cluster) => item(cluster, opinion.sampleCount)), all];
  const picked = await vscode.window.showQuickPick(items, {
    title: titleOf(opinion),
    placeHolder: 'Pick one to see the change that it would be',
    matchOnDetail: true,
  });
  if (picked === undefined) return;
  const subject = subjectOf(document);
  if (picked.cluster === null) {
    if (subject !== null) await candor.summaries.show(subject, opinionReport(opinion, asked), 'Second opinion');
  } else if (!picked.cluster.isOriginal) {
    if (document.getText(rangeOf(opinion)) !== opinion.original) {
      void vscode.window.showInformationMessage('Candor: the text was changed meanwhile. Ask again.');
      return;
    }
    const title = `Candor: replace with ${firstLine(picked.cluster.text)}`;
    await vscode.workspace.applyEdit(previewReplacement(document.uri, rangeOf(opinion), picked.cluster.text, title));
  }
}

function titleOf({ clusters, sampleCount }: SecondOpinion): string {
  const same = clusters.find(({ isOriginal }) => isOriginal)?.count ?? 0;
  return `${same} of ${sampleCount} samples are what stands there`;
}

interface ClusterItem extends vscode.QuickPickItem {
  readonly cluster: OpinionCluster | null;
}

function item(cluster: OpinionCluster, all: number): ClusterItem {
  const { text, count, share, isOriginal, isBroken } = cluster;
  const note = isOriginal ? ' · as it stands' : isBroken ? ' · does not parse' : '';
  const rest = text
    .split(/\r\n|\r|\n/)
    .slice(1)
    .join(' ')
    .trim();
  return {
    label: firstLine(text),
    description: `${count} of ${all} (${percent(share)})${note}`,
    ...(rest !== '' && { detail: inertLabel(rest.replaceAll(/\s+/g, ' ')) }),
    cluster,
  };
}

const MOST_UNITS = 80;

function firstLine(text: string): string {
  const line = inertLabel(text.split(/\r\n|\r|\n/, 1)[0]?.trim() ?? '');
  if (line === '') return '(nothing)';
  return line.length > MOST_UNITS ? `${line.slice(0, MOST_UNITS)}…` : line;
}
