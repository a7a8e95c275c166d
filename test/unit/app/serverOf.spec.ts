import { afterEach, describe, expect, it, vi } from 'vitest';
import { serverOf } from '../../../src/app/openEngine.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('serverOf', () => {
  it('sends the key that the user stored for the server, else that of the environment', () => {
    vi.stubEnv('CANDOR_API_KEY', 'from the environment');
    const choice = { engine: 'openai', baseUrl: 'http://server/v1' } as const;
    expect(serverOf({ ...choice, apiKey: 'stored' })).toMatchObject({ baseUrl: choice.baseUrl, apiKey: 'stored' });
    expect(serverOf(choice).apiKey).toBe('from the environment');
    vi.stubEnv('CANDOR_API_KEY', '');
    expect(serverOf(choice)).not.toHaveProperty('apiKey');
  });
});
