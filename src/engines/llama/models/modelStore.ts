import { join } from 'node:path';
import { byHand } from './downloadErrors.ts';
import { downloadFile, isThere, type Download } from './downloadFile.ts';
import { DEFAULT_DOWNLOAD_LIMITS, type DownloadLimits } from './downloadLimits.ts';
import { declaredFile, hubOf, hubUrl, type Hub, type HubEnvironment } from './huggingFace.ts';
import { readModelName, type ModelName } from './modelName.ts';

export interface FindModelOptions {
  /** Where models that were named lie, or shall lie. */
  readonly folder: string;
  /** Called while a model is downloaded, at most ten times a second and at its end; over all files of the model. */
  readonly onProgress?: (doneBytes: number, totalBytes: number | null) => void;
  readonly environment?: HubEnvironment;
  readonly limits?: Partial<DownloadLimits>;
  readonly signal?: AbortSignal | undefined;
}

const PROGRESS_MS = 100;

/**
 * Finds the file of a model. A path is returned as it is. A name (`readModelName`) is looked up in the folder, without
 * a question to anybody; what is not there is downloaded, with its SHA-256 checked:
 *
 *     hf:OWNER/REPO/FILE.gguf             folder/OWNER/REPO/FILE.gguf
 *     hf:OWNER/REPO/FILE.gguf@REVISION    folder/OWNER/REPO@REVISION/FILE.gguf
 *     https://.../FILE.gguf#sha256=HEX    folder/sha256-HEX/FILE.gguf
 *
 * Of a split model all parts are fetched, and the path is that of the first.
 *
 * @throws CandorError `bad-call` for what is no name, `not-found`, `corrupt` for a file that is not the promised one,
 * `unsupported` for one that nobody promised a hash of, `engine-failed` with what to do next; the signal's reason
 */
export async function findModel(name: string, options: FindModelOptions): Promise<string> {
  const { folder, environment = process.env, signal } = options;
  signal?.throwIfAborted();
  const model = readModelName(name);
  if (model.kind === 'path') return model.path;
  const targets = targetsOf(model, folder);
  const [first = ''] = targets;
  if ((await Promise.all(targets.map(isThere))).every(Boolean)) return first;
  const hub = hubOf(environment);
  const limits = { ...DEFAULT_DOWNLOAD_LIMITS, ...options.limits };
  const urls =
    model.kind === 'address'
      ? [model.url]
      : model.files.map((file) => hubUrl(hub, model.repository, model.revision ?? 'main', file));
  const hint = byHand(urls, first);
  const downloads =
    model.kind === 'address'
      ? [{ url: model.url, sha256: model.sha256, sizeBytes: null, target: first }]
      : await declaredFiles(model, targets, hub, hint, limits, signal);
  await downloadAll(downloads, { access: hub.access, limits, hint, signal }, options.onProgress);
  return first;
}

function targetsOf(model: Exclude<ModelName, { kind: 'path' }>, folder: string): readonly string[] {
  if (model.kind === 'address') return [join(folder, `sha256-${model.sha256}`, model.file)];
  const revision = model.revision === null ? '' : `@${encodeURIComponent(model.revision)}`;
  return model.files.map((file) => join(folder, ...`${model.repository}${revision}/${file}`.split('/')));
}

/** What the hub declares of each file, all at the commit that the first is at: a branch may move on meanwhile. */
async function declaredFiles(
  { repository, revision, files }: Extract<ModelName, { kind: 'hub' }>,
  targets: readonly string[],
  hub: Hub,
  hint: string,
  limits: DownloadLimits,
  signal: AbortSignal | undefined,
): Promise<readonly Download[]> {
  let at = revision ?? 'main';
  const downloads: Download[] = [];
  for (const [place, file] of files.entries()) {
    const { commit, ...declared } = await declaredFile(hub, hubUrl(hub, repository, at, file), hint, limits, signal);
    at = commit ?? at;
    downloads.push({ ...declared, url: hubUrl(hub, repository, at, file), target: targets[place] ?? '' });
  }
  return downloads;
}

async function downloadAll(
  downloads: readonly Download[],
  options: Omit<Parameters<typeof downloadFile>[1], 'onBytes'>,
  onProgress: FindModelOptions['onProgress'],
): Promise<void> {
  let shownAtMs = -PROGRESS_MS;
  let beforeBytes = 0;
  for (const [place, download] of downloads.entries()) {
    const others = sumOf(downloads.filter((_, other) => other !== place).map(({ sizeBytes }) => sizeBytes));
    let last: readonly [number, number | null] = [0, download.sizeBytes];
    const show = ([done, total]: typeof last): void => {
      onProgress?.(beforeBytes + done, total === null || others === null ? null : total + others);
      shownAtMs = performance.now();
    };
    await downloadFile(download, {
      ...options,
      onBytes: (...state) => {
        last = state;
        if (performance.now() - shownAtMs >= PROGRESS_MS) show(last);
      },
    });
    const whole = last[1] ?? last[0];
    show([whole, whole]);
    beforeBytes += whole;
  }
}

function sumOf(sizes: readonly (number | null)[]): number | null {
  return sizes.reduce((sum, size) => (sum === null || size === null ? null : sum + size), 0);
}
