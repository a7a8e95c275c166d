import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inflateRawSync } from 'node:zlib';

/**
 * The files of a zip archive by their path, unpacked when asked for. Enough of the format for what vsce writes: no
 * encryption, no parts, no 64-bit sizes (https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3).
 */
export function readZip(path: string): ReadonlyMap<string, () => Buffer> {
  const archive = readFileSync(path);
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const files = new Map<string, () => Buffer>();
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const method = archive.readUInt16LE(at + 10);
    const size = archive.readUInt32LE(at + 20);
    const [nameSize, extraSize, commentSize] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    const local = archive.readUInt32LE(at + 42);
    const name = archive.toString('utf8', at + 46, at + 46 + nameSize);
    files.set(name, () => {
      const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
      const bytes = archive.subarray(start, start + size);
      return method === 0 ? bytes : inflateRawSync(bytes);
    });
    at += 46 + nameSize + extraSize + commentSize;
  }
  return files;
}

/** Unpacks the files into a folder, as the editor does when it installs them. */
export function unpack(files: ReadonlyMap<string, () => Buffer>, folder: string): void {
  for (const [path, read] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), read());
  }
}
