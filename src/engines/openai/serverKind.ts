/** The programs that are known by routes of their own. `unknown`: a host, or one that does not say what it is. */
export type ServerKind = 'llama-server' | 'vllm' | 'ollama' | 'sglang' | 'lm-studio' | 'unknown';
