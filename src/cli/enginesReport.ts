import type { EmbeddedEngine, EngineListing } from '../app/listEngines.ts';
import { serverVerdict } from '../app/serverVerdict.ts';
import type { TriedServer } from '../app/tryServer.ts';
import { CANDOR_VERSION } from '../core/version.ts';
import { USUAL_PORTS } from '../engines/openai/findLocalServers.ts';
import { visible } from '../report/visible.ts';

/** Models of a server that are named; hosts have hundreds. */
const MODELS_NAMED = 12;

/** Enough of a digest to tell two models apart. */
const DIGEST_DIGITS = 16;

/** As `docs/engines.schema.json` describes it. */
export function jsonEngines({ embedded, modelFolder, models, servers }: EngineListing): string {
  const document = { schemaVersion: 1, candor: CANDOR_VERSION, embedded, modelFolder, models, servers };
  return `${JSON.stringify(document, null, 1)}\n`;
}

/** @param triedLocal whether servers were looked for on this machine */
export function textEngines({ embedded, modelFolder, models, servers }: EngineListing, triedLocal: boolean): string {
  const none = `no server answers on the ports ${USUAL_PORTS.map(({ port }) => port).join(', ')} of this machine`;
  const blocks = [
    ...embedded.map((engine, place) => textOfEmbedded(engine, place === 0)),
    ...(embedded.some(({ name }) => name === 'llama')
      ? []
      : [['llama     any GGUF file, run here by llama.cpp: --engine=llama --model=PATH']]),
    ...(models.length === 0 ? [] : [[`models in ${modelFolder}`, ...models.map((name) => `  ${name}`)]]),
    ...(servers.length === 0
      ? [['openai    a server that you name: --engine=openai --base-url=URL --model=NAME']]
      : servers.map(textOfServer)),
    ...(triedLocal && servers.length === 0 ? [[none]] : []),
  ];
  return `${blocks.map((lines) => lines.map(visible).join('\n')).join('\n\n')}\n`;
}

function textOfEmbedded({ name, model, capabilities, device }: EmbeddedEngine, isDefault: boolean): readonly string[] {
  const { score, generate, fillInTheMiddle, maxTopK, distribution } = capabilities;
  return [
    `${name.padEnd(9)} runs here${isDefault ? '; the default' : ''}${name === 'llama' ? `; model ${model.slice(0, DIGEST_DIGITS)}` : ''}`,
    row('computes on', device),
    row('scores a given text', score === 'prefill' ? 'yes, in one pass' : score),
    row('writes', generate ? 'yes' : 'no'),
    row('fills in the middle', fillInTheMiddle ? 'yes' : 'no'),
    row('alternatives', `up to ${maxTopK}`),
    row('probabilities', distribution.kind),
  ];
}

function textOfServer({ baseUrl, identity, models, probed, failure }: TriedServer): readonly string[] {
  const program = identity.kind === 'unknown' ? 'does not say what it is' : identity.kind;
  const named = models.slice(0, MODELS_NAMED).join(', ');
  const more = models.length > MODELS_NAMED ? ` and ${models.length - MODELS_NAMED} more` : '';
  const lines = [
    `openai    ${baseUrl}  ${[program, identity.version ?? ''].join(' ').trim()}`,
    row('models', models.length === 0 ? 'lists none' : `${named}${more}`),
  ];
  if (failure !== null) return [...lines, row('not measured', failure)];
  if (probed === null) return [...lines, row('not measured', `name one: --base-url=${baseUrl} --model=NAME`)];
  const { abilities, findings, isRemembered } = probed;
  const { sentence, notes } = serverVerdict(identity, probed);
  const scoring: Readonly<Record<string, string>> = {
    'forced-grammar': 'yes, a step a token, by forced grammar',
    none: 'no',
  };
  return [
    ...lines,
    row('in short', [sentence, ...notes].join(' ')),
    row('measured with', `${abilities.model}${isRemembered ? ' (some time in the last days)' : ''}`),
    row('scores a given text', scoring[abilities.promptScoring] ?? `yes, in one pass, by ${abilities.promptScoring}`),
    row('writes', abilities.generation === 'none' ? 'not with log-probabilities' : `yes, by ${abilities.generation}`),
    row('fills in the middle', abilities.fillInTheMiddle === 'none' ? 'no' : `yes, by ${abilities.fillInTheMiddle}`),
    row('alternatives', `up to ${abilities.maxTopK}`),
    row('probabilities', abilities.distribution),
    '  trials',
    ...findings.map(({ trial, found, detail }) => `    ${found ? 'yes' : 'no '}  ${trial}${detail && `: ${detail}`}`),
  ];
}

function row(what: string, value: string): string {
  return `  ${what.padEnd(20)} ${value}`;
}
