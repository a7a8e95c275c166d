import { CandorError } from '../../../core/candorError.ts';

/** What a user can call a model by. */
export type ModelName =
  | { readonly kind: 'path'; readonly path: string }
  | {
      readonly kind: 'hub';
      /** `OWNER/REPO` */
      readonly repository: string;
      /** Branch, tag or commit; null: what the repository has now. */
      readonly revision: string | null;
      /** Paths below the repository, with `/` between folders: one, or all parts of a split model in order. */
      readonly files: readonly string[];
    }
  | { readonly kind: 'address'; readonly url: string; readonly file: string; readonly sha256: string };

const HUB_NAME = /^hf:([A-Za-z0-9][\w.-]*\/[A-Za-z0-9][\w.-]*)\/(.+?\.gguf)(?:@(.+))?$/;
/** A part of a path that stands for itself on every file system, and not for a folder above or a hidden file. */
const FILE_NAME = /^(?!\.)[^\\/:*?"<>|\p{Cc}]+$/u;
const SPLIT_FILE = /^(.*)-(\d{5})-of-(\d{5})\.gguf$/;
/** A name that asks for more parts than this is a slip. */
const MOST_PARTS = 999;

/**
 * Reads a name: `hf:OWNER/REPO/FILE.gguf`, that with `@REVISION`, `https://.../FILE.gguf#sha256=HEX`, or else a path. A
 * part of a split model stands for all of them (`-00001-of-00003.gguf`, as llama.cpp's gguf-split names them).
 *
 * @throws CandorError `bad-call` for a name that begins like one and does not go on like it
 */
export function readModelName(name: string): ModelName {
  if (name.startsWith('hf:')) return readHubName(name);
  if (/^https?:\/\//i.test(name)) return readAddress(name);
  return { kind: 'path', path: name };
}

function readHubName(name: string): ModelName {
  const [, repository, file, revision = null] = HUB_NAME.exec(name) ?? [];
  if (repository === undefined || file?.split('/').every((part) => FILE_NAME.test(part)) !== true) {
    const message = 'This is no name of a model. Write hf:OWNER/REPO/FILE.gguf, with @REVISION behind it if you like.';
    throw new CandorError('bad-call', message);
  }
  return { kind: 'hub', repository, revision, files: partsOf(file) };
}

function readAddress(name: string): ModelName {
  const url = URL.parse(name);
  const [, sha256] = /^#sha256=([0-9a-f]{64})$/i.exec(url?.hash ?? '') ?? [];
  const file = fileNameIn(url);
  if (url?.username !== '' || url.password !== '' || sha256 === undefined || !FILE_NAME.test(file)) {
    const message =
      'A model at an address needs the hash that it must have. Write https://.../FILE.gguf#sha256=HEX, without a key.';
    throw new CandorError('bad-call', message);
  }
  if (partsOf(file).length > 1) {
    const message = 'A split model has a hash for each part. Fetch the parts by hand and name the path of the first.';
    throw new CandorError('bad-call', message);
  }
  url.hash = '';
  return { kind: 'address', url: url.href, file, sha256: sha256.toLowerCase() };
}

/** The name of the GGUF file at an address; empty for none. */
function fileNameIn(url: URL | null): string {
  const last = url?.pathname.split('/').at(-1) ?? '';
  if (!last.endsWith('.gguf')) return '';
  try {
    return decodeURIComponent(last);
  } catch {
    return '';
  }
}

function partsOf(file: string): readonly string[] {
  const [, stem, part, count] = SPLIT_FILE.exec(file) ?? [];
  const total = Number(count);
  if (stem === undefined || count === undefined || Number(part) < 1 || Number(part) > total) return [file];
  if (total > MOST_PARTS) {
    throw new CandorError('bad-call', `No model comes in ${total} parts. Check the name of the file.`);
  }
  return Array.from({ length: total }, (_, at) => `${stem}-${String(at + 1).padStart(5, '0')}-of-${count}.gguf`);
}
