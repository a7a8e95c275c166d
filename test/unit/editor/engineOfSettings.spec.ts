import { describe, expect, it } from 'vitest';
import { engineOfSettings } from '../../../src/editor/engineOfSettings.ts';
import type { Settings } from '../../../src/editor/settingTable.ts';

const settings: Settings = {
  engine: 'ngram',
  llamaModel: '',
  llamaGpu: false,
  llamaMix: false,
  openaiBaseUrl: '',
  openaiModel: '',
  openaiConcurrency: 4,
  auditOnOpen: false,
  marksEnabled: true,
  marksOnlyActiveLine: false,
  marksNote: true,
  lensesEnabled: true,
  marksGutterIcons: false,
  captureEnabled: true,
  completionsEnabled: false,
  completionsHoldBackDoubtful: false,
  completionsCutDoubtful: false,
  recorderUpstream: '',
  recorderAutoStart: false,
};
const keys = { get: (baseUrl: string) => Promise.resolve(baseUrl.startsWith('https://kept') ? 'secret' : undefined) };

describe('engineOfSettings', () => {
  it('chooses the embedded engine in a workspace that nobody trusts, whatever is set', async () => {
    const set = { ...settings, engine: 'openai' as const, openaiBaseUrl: 'https://kept.example/v1' };
    expect(await engineOfSettings(set, keys, false)).toEqual({ engine: 'ngram' });
    expect(await engineOfSettings({ ...set, engine: 'llama', llamaModel: '/m.gguf' }, keys, false)).toEqual({
      engine: 'ngram',
    });
  });

  it('gives a server the key that is kept for it, and another none', async () => {
    const set = { ...settings, engine: 'openai' as const, openaiModel: 'm' };
    expect(await engineOfSettings({ ...set, openaiBaseUrl: 'https://kept.example/v1' }, keys, true)).toEqual({
      engine: 'openai',
      baseUrl: 'https://kept.example/v1',
      concurrency: 4,
      model: 'm',
      apiKey: 'secret',
    });
    expect(await engineOfSettings({ ...set, openaiBaseUrl: 'http://127.0.0.1:1/v1' }, keys, true)).not.toHaveProperty(
      'apiKey',
    );
  });

  it.each(['llama', 'openai'] as const)('says what to do where %s lacks what it needs', async (engine) => {
    await expect(engineOfSettings({ ...settings, engine }, keys, true)).rejects.toMatchObject({
      reason: 'bad-call',
      message: expect.stringContaining('Choose an engine') as string,
    });
  });
});
