import { describe, expect, it } from 'vitest';
import { readVocabulary, tokenByteLength, tokenBytes, tokenText } from '../../../../src/engines/llama/vocabulary.ts';

const NORMAL = 1;
const CONTROL = 3;
const USER_DEFINED = 4;
const BYTE = 6;

describe('the bytes of tokens', () => {
  it('are read from the byte alphabet of a byte-level vocabulary', () => {
    const tokens = ['Ġdef', 'Ċ', 'ð', 'é', '<|end|>', '<think> é'];
    const types = [NORMAL, NORMAL, NORMAL, NORMAL, CONTROL, USER_DEFINED];
    const vocabulary = readVocabulary({ model: 'gpt2', tokens, types });
    expect(tokens.map((_, id) => tokenText(vocabulary, id))).toEqual([' def', '\n', null, null, null, '<think> é']);
    expect([...tokenBytes(vocabulary, 2)]).toEqual([0xf0]);
    expect([...tokenBytes(vocabulary, 3)]).toEqual([0xe9]);
    expect(tokenByteLength(vocabulary, 4)).toBe(0);
  });

  it('are read from the text of a SentencePiece vocabulary, where bytes have entries of their own', () => {
    const tokens = ['▁def', '<0xE2>', '</s>', '名', '<0x0A>'];
    const vocabulary = readVocabulary({ model: 'llama', tokens, types: [NORMAL, BYTE, CONTROL, NORMAL, BYTE] });
    expect(tokens.map((_, id) => tokenText(vocabulary, id))).toEqual([' def', null, null, '名', '\n']);
    expect([...tokenBytes(vocabulary, 1)]).toEqual([0xe2]);
  });

  it('are none for an id that does not exist', () => {
    const vocabulary = readVocabulary({ model: 'gpt2', tokens: ['a'], types: [NORMAL] });
    expect(tokenBytes(vocabulary, 7)).toHaveLength(0);
    expect(tokenText(vocabulary, 7)).toBeNull();
  });
});
