import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CandorError } from '../../../../../src/core/candorError.ts';
import { findModel } from '../../../../../src/engines/llama/models/modelStore.ts';
import { temporaryFolder } from '../../../../support/temporaryFolder.ts';
import { COMMIT, modelBytes, sha256, startHub, type FakeHub } from './downloadHub.ts';

const MODEL = modelBytes(200_000);
const QUICK = { stallMs: 2_000, attempts: 3, backOffMs: 5, pollMs: 10 };
const NAME = 'hf:owner/repo/a model.gguf';

function oneFile(bytes = MODEL): Promise<FakeHub> {
  return startHub({ 'owner/repo/a model.gguf': bytes });
}

function find(
  hub: Pick<FakeHub, 'endpoint'>,
  folder: string,
  name = NAME,
  more: Partial<Parameters<typeof findModel>[1]> = {},
): Promise<string> {
  return findModel(name, { folder, environment: { HF_ENDPOINT: hub.endpoint }, limits: QUICK, ...more });
}

async function errorOf(finding: Promise<string>): Promise<CandorError> {
  const error: unknown = await finding.catch((reason: unknown) => reason);
  if (!CandorError.is(error)) throw new Error('no CandorError', { cause: error });
  return error;
}

/** Paths of all files below a folder. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);
}

describe('what is no name', () => {
  it('is a path and stays as it is', async () => {
    for (const path of ['./a.gguf', '/models/none.gguf', 'C:\\models\\a.gguf', 'a b', '']) {
      expect(await findModel(path, { folder: 'none' })).toBe(path);
    }
  });

  it.each([
    'hf:',
    'hf:owner/repo',
    'hf:owner/repo/model.bin',
    'hf:owner/model.gguf',
    'hf:../../model.gguf',
    'hf:owner/../model.gguf',
    'hf:owner/repo/../../../model.gguf',
    'hf:owner/repo/a//model.gguf',
    'hf:owner/repo/a\\..\\model.gguf',
    'hf:owner/repo/.hidden.gguf',
    'hf:owner/repo/model-00001-of-99999.gguf',
    'https://host/model.gguf',
    'https://host/model.gguf#sha256=abc',
    `https://host/model.bin#sha256=${'0'.repeat(64)}`,
    `https://host/..%2f..%2fmodel.gguf#sha256=${'0'.repeat(64)}`,
    `https://user:key@host/model.gguf#sha256=${'0'.repeat(64)}`,
    `https://host/model-00001-of-00002.gguf#sha256=${'0'.repeat(64)}`,
    'https://',
  ])('%s is refused before anybody is asked', async (name) => {
    expect((await errorOf(findModel(name, { folder: temporaryFolder() }))).reason).toBe('bad-call');
  });
});

describe('a model by name', () => {
  it('is downloaded once, with progress, and found without a network from then on', async () => {
    const [hub, folder] = [await oneFile(), temporaryFolder()];
    const progress: [number, number | null][] = [];
    const path = await find(hub, folder, NAME, { onProgress: (...state) => progress.push(state) });
    expect(path).toBe(join(folder, 'owner', 'repo', 'a model.gguf'));
    expect(readFileSync(path).equals(MODEL)).toBe(true);
    expect(filesIn(folder)).toEqual(['a model.gguf']);
    expect(progress.at(-1)).toEqual([MODEL.length, MODEL.length]);
    expect(progress.map(([done]) => done)).toEqual(progress.map(([done]) => done).toSorted((a, b) => a - b));
    expect(hub.hubRequests.map(({ method, path: asked }) => [method, asked])).toEqual([
      ['HEAD', '/owner/repo/resolve/main/a%20model.gguf'],
      ['GET', `/owner/repo/resolve/${COMMIT}/a%20model.gguf`],
    ]);
    await hub.close();
    expect(await find(hub, folder)).toBe(path);
  });

  it('at a revision lies beside the others', async () => {
    const [hub, folder] = [await oneFile(), temporaryFolder()];
    const path = await find(hub, folder, `${NAME}@refs/pr/1`);
    expect(path).toBe(join(folder, 'owner', 'repo@refs%2Fpr%2F1', 'a model.gguf'));
    expect(hub.hubRequests[0]?.path).toBe('/owner/repo/resolve/refs%2Fpr%2F1/a%20model.gguf');
  });

  it('is found where its repository was moved to', async () => {
    const [hub, folder] = [await oneFile(), temporaryFolder()];
    hub.trouble.movedFrom = 'old/name';
    const path = await find(hub, folder, 'hf:old/name/a model.gguf');
    expect(readFileSync(path).equals(MODEL)).toBe(true);
  });

  it('that is split comes with all its parts, and the first is named', async () => {
    const parts = [1, 2, 3].map((part) => modelBytes(50_000 + part, part));
    const nameOf = (part: number): string => `q4/model-0000${part}-of-00003.gguf`;
    const hub = await startHub(Object.fromEntries(parts.map((bytes, at) => [`owner/repo/${nameOf(at + 1)}`, bytes])));
    const folder = temporaryFolder();
    const progress: [number, number | null][] = [];
    const onProgress = (...state: [number, number | null]): number => progress.push(state);
    const path = await find(hub, folder, `hf:owner/repo/${nameOf(2)}`, { onProgress });
    expect(path).toBe(join(folder, 'owner', 'repo', nameOf(1)));
    for (const [at, bytes] of parts.entries()) {
      expect(readFileSync(join(folder, 'owner', 'repo', nameOf(at + 1))).equals(bytes)).toBe(true);
    }
    const total = 150_006;
    expect(progress.at(-1)).toEqual([total, total]);
    expect(new Set(progress.map(([, all]) => all))).toEqual(new Set([total]));
    expect(hub.hubRequests.filter(({ path: asked }) => asked.includes('/resolve/main/'))).toHaveLength(1);
  });

  it('at an address is held to the hash in its name', async () => {
    const [hub, folder] = [await oneFile(), temporaryFolder()];
    const address = `${hub.bytesOrigin}/owner/repo/a%20model.gguf?key=secret#sha256=`;
    const path = await find(hub, folder, `${address}${sha256(MODEL).toUpperCase()}`);
    expect(path).toBe(join(folder, `sha256-${sha256(MODEL)}`, 'a model.gguf'));
    expect(readFileSync(path).equals(MODEL)).toBe(true);
    const error = await errorOf(find(hub, folder, `${address}${'0'.repeat(64)}`));
    expect(error.reason).toBe('corrupt');
    expect(error.message).not.toContain('secret');
    expect(filesIn(folder)).toEqual(['a model.gguf']);
  });
});

describe('the key of the user', () => {
  it('goes to the hub and to nobody else', async () => {
    const [hub, folder] = [await oneFile(), temporaryFolder()];
    hub.trouble.token = 'hf_secret';
    hub.trouble.cutAfter = [70_000];
    const environment = { HF_ENDPOINT: `${hub.endpoint}/`, HF_TOKEN: 'hf_secret\n' };
    await find(hub, folder, NAME, { environment });
    expect(hub.hubRequests.map(({ authorization }) => authorization)).toEqual(Array(3).fill('Bearer hf_secret'));
    expect(hub.byteRequests.map(({ authorization }) => authorization)).toEqual([undefined, undefined]);
  });

  it('is not sent with a model at an address elsewhere', async () => {
    const [hub, folder] = [await oneFile(), temporaryFolder()];
    const environment = { HF_ENDPOINT: hub.endpoint, HF_TOKEN: 'hf_secret' };
    const name = `${hub.bytesOrigin}/owner/repo/a%20model.gguf#sha256=${sha256(MODEL)}`;
    await find(hub, folder, name, { environment });
    expect(hub.byteRequests.map(({ authorization }) => authorization)).toEqual([undefined]);
  });

  it('is asked for where a model is gated', async () => {
    const [hub, folder] = [await oneFile(), temporaryFolder()];
    hub.trouble.token = 'hf_secret';
    const error = await errorOf(find(hub, folder));
    expect(error.reason).toBe('engine-failed');
    expect(error.message).toContain('set HF_TOKEN');
    const environment = { HF_ENDPOINT: hub.endpoint, HF_TOKEN: 'hf_other' };
    const refused = await errorOf(find(hub, folder, NAME, { environment }));
    expect(refused.message).toContain('(403)');
    expect(refused.message).not.toContain('hf_other');
    expect(hub.hubRequests).toHaveLength(2);
  });

  it('is named but never shown when it cannot be one', async () => {
    const environment = { HF_TOKEN: 'hf_a\nb' };
    const error = await errorOf(find({ endpoint: '' }, temporaryFolder(), NAME, { environment }));
    expect(error.reason).toBe('bad-call');
    expect(error.message).not.toContain('hf_a');
  });
});

describe('a model that cannot be had', () => {
  it('is not there', async () => {
    const hub = await oneFile();
    expect((await errorOf(find(hub, temporaryFolder(), 'hf:owner/repo/none.gguf'))).reason).toBe('not-found');
    expect((await errorOf(find(hub, temporaryFolder(), `${NAME}@none`))).reason).toBe('not-found');
  });

  it('without a network says what to fetch by hand and where to put it, and there it is found', async () => {
    const [hub, folder] = [await oneFile(), temporaryFolder()];
    await hub.close();
    const error = await errorOf(find(hub, folder));
    expect(error.reason).toBe('engine-failed');
    expect(error.message).toContain(`${hub.endpoint}/owner/repo/resolve/main/a%20model.gguf`);
    expect(error.message).toContain(join(folder, 'owner', 'repo', 'a model.gguf'));
  });

  it('has no hash that it could be checked by', async () => {
    const hub = await oneFile();
    hub.trouble.declaresNothing = true;
    expect((await errorOf(find(hub, temporaryFolder()))).reason).toBe('unsupported');
  });

  it('has no room on the disk', async () => {
    const [hub, folder] = [await oneFile(), temporaryFolder()];
    hub.trouble.declaredSize = 2 ** 52;
    const error = await errorOf(find(hub, folder));
    expect(error.reason).toBe('engine-failed');
    expect(error.message).toMatch(/needs \d+\.\d+ GB more/);
    expect(readFileSync(join(folder, 'owner', 'repo', 'a model.gguf.part'))).toHaveLength(0);
  });

  it('has no folder to lie in', async () => {
    const [hub, folder] = [await oneFile(), temporaryFolder({ file: '' })];
    const error = await errorOf(find(hub, join(folder, 'file')));
    expect(error.reason).toBe('engine-failed');
    expect(error.message).toContain('cannot be written');
  });

  it('is redirected without end', async () => {
    const hub = await oneFile();
    hub.trouble.redirectsForEver = true;
    expect((await errorOf(find(hub, temporaryFolder()))).reason).toBe('engine-failed');
    expect(hub.hubRequests.length).toBeLessThan(20);
  });
});

describe('bytes that are not the promised ones', () => {
  it('are deleted, and the error says so', async () => {
    const [hub, folder] = [await oneFile(), temporaryFolder()];
    hub.trouble.otherBytes = modelBytes(MODEL.length, 2);
    const error = await errorOf(find(hub, folder));
    expect(error.reason).toBe('corrupt');
    expect(filesIn(folder)).toEqual([]);
    delete hub.trouble.otherBytes;
    expect(existsSync(await find(hub, folder))).toBe(true);
  });

  it('are refused by their first four when they are no model', async () => {
    const [hub, folder] = [await oneFile(), temporaryFolder()];
    hub.trouble.otherBytes = Buffer.from(`<html>${' '.repeat(MODEL.length - 6)}`);
    hub.trouble.stallAfter = [40_000];
    const error = await errorOf(find(hub, folder));
    expect(error.reason).toBe('corrupt');
    expect(error.message).toContain('no GGUF');
    expect(hub.byteRequests).toHaveLength(1);
    expect(filesIn(folder)).toEqual([]);
  });

  it('are no model although they have the promised hash', async () => {
    const [hub, folder] = [await oneFile(Buffer.from('GG')), temporaryFolder()];
    expect((await errorOf(find(hub, folder))).message).toContain('no GGUF');
    expect(filesIn(folder)).toEqual([]);
  });

  it('are not written without end', async () => {
    const [hub, folder] = [await oneFile(), temporaryFolder()];
    hub.trouble.otherBytes = modelBytes(4 * MODEL.length);
    expect((await errorOf(find(hub, folder))).reason).toBe('corrupt');
    expect(filesIn(folder)).toEqual([]);
  });
});
