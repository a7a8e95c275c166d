import type * as vscode from 'vscode';

/** Keys of servers, kept by the editor's secret storage: one for each address, so that no server gets another's. */
export interface ServerKeys {
  get(baseUrl: string): Promise<string | undefined>;
  set(baseUrl: string, key: string): Promise<void>;
  forget(baseUrl: string): Promise<void>;
}

export function serverKeys(secrets: vscode.SecretStorage): ServerKeys {
  const nameOf = (baseUrl: string): string => `candor.key:${URL.parse(baseUrl)?.origin ?? baseUrl}`;
  return {
    get: async (baseUrl) => secrets.get(nameOf(baseUrl)),
    set: async (baseUrl, key) => secrets.store(nameOf(baseUrl), key),
    forget: async (baseUrl) => secrets.delete(nameOf(baseUrl)),
  };
}
