/** What was read of a body: all of it, or what goes beyond the limit and a stream of all of it. */
export type TakenBody =
  | { readonly isWhole: true; readonly bytes: Buffer }
  | { readonly isWhole: false; readonly pieces: AsyncIterable<Buffer> };

/** Reads a body into memory, as far as it is not longer than allowed. Rejects with what cuts the body off. */
export async function takeBody(body: AsyncIterable<Buffer>, mostBytes: number): Promise<TakenBody> {
  const iterator = body[Symbol.asyncIterator]();
  const taken: Buffer[] = [];
  let length = 0;
  for (;;) {
    const next = await iterator.next();
    if (next.done === true) return { isWhole: true, bytes: Buffer.concat(taken) };
    taken.push(next.value);
    length += next.value.length;
    if (length > mostBytes) return { isWhole: false, pieces: goOn(taken, iterator) };
  }
}

async function* goOn(taken: readonly Buffer[], rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  try {
    yield* taken;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}
