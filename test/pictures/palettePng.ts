import { crc32, deflateSync, inflateSync } from 'node:zlib';

/** The most colours of a picture with a palette. */
const MOST_COLORS = 48;

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * The same picture with a palette, a third as large or less: the most frequent colours stay as they are, each other one becomes the
 * nearest of them. Made for pictures of the editor, which are flat but for the edges of letters.
 *
 * @param png 8 bits a channel, not interlaced, as browsers write it
 */
export function palettePng(png: Buffer): Buffer {
  const { width, height, colors } = readPng(png);
  const counts = new Map<number, number>();
  for (const color of colors) counts.set(color, (counts.get(color) ?? 0) + 1);
  const palette = [...counts.keys()].sort((a, b) => counts.get(b)! - counts.get(a)!).slice(0, MOST_COLORS);
  const places = new Map(Array.from(counts.keys(), (color) => [color, nearest(palette, color)]));
  const rows = Buffer.alloc((width + 1) * height);
  for (let at = 0; at < colors.length; at++) {
    rows[at + Math.floor(at / width) + 1] = places.get(colors[at]!)!;
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', head),
    chunk('PLTE', Buffer.from(palette.flatMap((color) => channels(color)))),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Row by row, each as 0xRRGGBB. */
  readonly colors: Uint32Array;
}

function readPng(png: Buffer): Pixels {
  let head: Buffer | undefined;
  const data: Buffer[] = [];
  for (let at = SIGNATURE.length; at < png.length;) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    const body = png.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') head = body;
    if (type === 'IDAT') data.push(body);
    at += length + 12;
  }
  const [depth, kind, , , interlaced] = head?.subarray(8) ?? [];
  if (head === undefined || depth !== 8 || (kind !== 2 && kind !== 6) || interlaced !== 0) {
    throw new Error('This is no picture as browsers write it.');
  }
  const [width, height, size] = [head.readUInt32BE(0), head.readUInt32BE(4), kind === 2 ? 3 : 4];
  const rows = inflateSync(Buffer.concat(data));
  const stride = width * size;
  const colors = new Uint32Array(width * height);
  let above = new Uint8Array(stride);
  for (let y = 0; y < height; y++) {
    const from = y * (stride + 1);
    const row = unfiltered(rows[from]!, rows.subarray(from + 1, from + 1 + stride), above, size);
    for (let x = 0; x < width; x++) {
      colors[y * width + x] = (row[x * size]! << 16) | (row[x * size + 1]! << 8) | row[x * size + 2]!;
    }
    above = row;
  }
  return { width, height, colors };
}

/** A row as it was before its filter: PNG specification, 9.2. */
function unfiltered(filter: number, row: Uint8Array, above: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(row.length);
  for (let at = 0; at < row.length; at++) {
    const left = at < size ? 0 : out[at - size]!;
    const up = above[at]!;
    const corner = at < size ? 0 : above[at - size]!;
    out[at] = row[at]! + [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter]!;
  }
  return out;
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [toLeft, toUp, toCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

function nearest(palette: readonly number[], color: number): number {
  const wanted = channels(color);
  let best = 0;
  let least = Infinity;
  for (const [place, candidate] of palette.entries()) {
    const distance = channels(candidate).reduce((sum, value, at) => sum + (value - wanted[at]!) ** 2, 0);
    if (distance < least) [best, least] = [place, distance];
  }
  return best;
}

function channels(color: number): number[] {
  return [color >> 16, (color >> 8) & 255, color & 255];
}

function chunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}
