/** What the cells of a notebook are about, and their functions named after. */
export const NOUNS = ['parcel', 'letter', 'crate', 'pallet'];

/** A function with something odd in it. */
export const python = (noun: string): string => `def ${noun}_total(${noun}s, limit):
    total = 0
    for each in ${noun}s:
        if each >= limit:
            raise ValueError('too many ${noun}s')
        total += each * 17
    return total`;

/** A notebook with a cell of code for each noun, and words before each. */
export const someNotebook = {
  nbformat: 4,
  nbformat_minor: 5,
  metadata: { language_info: { name: 'python' } },
  cells: NOUNS.flatMap((noun) => [
    { cell_type: 'markdown', id: `about-${noun}`, metadata: {}, source: [`# About ${noun}s >= 3`] },
    {
      cell_type: 'code',
      id: noun,
      metadata: {},
      execution_count: null,
      outputs: [],
      source: python(noun).split(/(?<=\n)/),
    },
  ]),
};
