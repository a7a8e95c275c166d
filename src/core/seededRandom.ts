/** Numbers that look random and are the same for the same seed, on every machine. */
export interface SeededRandom {
  /** In [0, 1), in steps of 2^-32. */
  readonly uniform: () => number;
  /** Of the standard normal distribution. */
  readonly normal: () => number;
}

/**
 * A generator that starts from a seed: sfc32 (C. Doty-Humphrey, PractRand), its state spread from the seed by splitmix32 and
 * stirred, so that neighbouring seeds have nothing in common.
 *
 * @param seed a whole number; its low 32 bits count
 */
export function seededRandom(seed: number): SeededRandom {
  let mixed = seed | 0;
  const spread = (): number => {
    mixed = (mixed + 0x9e37_79b9) | 0;
    let word = mixed ^ (mixed >>> 16);
    word = Math.imul(word, 0x21f0_aaad);
    word ^= word >>> 15;
    word = Math.imul(word, 0x735a_2d97);
    return word ^ (word >>> 15);
  };
  let [a, b, c, counter] = [spread(), spread(), spread(), 1];
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let round = 0; round < 12; round++) next();
  const uniform = (): number => next() / 2 ** 32;
  return {
    uniform,
    // Box and Muller; the second number that the method gives is not kept, so that calls do not depend on each other.
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
  };
}
