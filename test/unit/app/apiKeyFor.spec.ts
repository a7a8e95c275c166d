import { describe, expect, it } from 'vitest';
import { apiKeyFor } from '../../../src/app/apiKeyFor.ts';

const OPENAI = 'https://api.openai.com/v1';
const LOCAL = 'http://127.0.0.1:8080/v1';

describe('apiKeyFor', () => {
  it.each([
    ['nothing is set', OPENAI, {}, undefined],
    ['our own goes to any server', LOCAL, { CANDOR_API_KEY: 'c' }, 'c'],
    ['our own comes first', OPENAI, { CANDOR_API_KEY: 'c', OPENAI_API_KEY: 'o' }, 'c'],
    ["OpenAI's goes to OpenAI", OPENAI, { OPENAI_API_KEY: 'o' }, 'o'],
    ['and to nobody else', LOCAL, { OPENAI_API_KEY: 'o' }, undefined],
    ['nor to a host of a similar name', 'https://api.openai.com.example.org/v1', { OPENAI_API_KEY: 'o' }, undefined],
    ['nor in the clear', 'http://api.openai.com/v1', { OPENAI_API_KEY: 'o' }, undefined],
    ['an empty one is none', OPENAI, { CANDOR_API_KEY: '', OPENAI_API_KEY: '' }, undefined],
    ['no address', 'nonsense', { OPENAI_API_KEY: 'o' }, undefined],
  ])('%s', (_, baseUrl, environment, key) => {
    expect(apiKeyFor(baseUrl, environment)).toBe(key);
  });
});
