const OPENAI_HOST = 'api.openai.com';

/**
 * The key to send to a server, from the environment: `CANDOR_API_KEY` to any server that the user named, `OPENAI_API_KEY`
 * to OpenAI's own alone, for whoever set that one did not mean it for others. Undefined: none is sent.
 */
export function apiKeyFor(baseUrl: string, environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const { CANDOR_API_KEY, OPENAI_API_KEY } = environment;
  if (CANDOR_API_KEY !== undefined && CANDOR_API_KEY !== '') return CANDOR_API_KEY;
  const url = URL.parse(baseUrl);
  const isOpenai = url?.protocol === 'https:' && url.hostname === OPENAI_HOST;
  return isOpenai && OPENAI_API_KEY !== '' ? OPENAI_API_KEY : undefined;
}
