/** Names of files that are made for secrets, or often hold them; so does any file whose name begins with a dot. */
const SECRET_NAMES: readonly RegExp[] = [
  /(?:^|[._-])(?:env|secrets?|credentials?|passwords?|passwd|api[_-]?keys?)(?:[._-]|$)/,
  /^id_(?:rsa|dsa|ecdsa|ed25519)/,
  /\.(?:pem|key|p12|pfx|p8|jks|keystore|kdbx|ppk|asc|gpg|tfvars|tfstate)$/,
];

const SECRET_FOLDERS: ReadonlySet<string> = new Set([
  '.ssh',
  '.aws',
  '.azure',
  '.gnupg',
  '.kube',
  '.docker',
  '.gcloud',
]);

/**
 * Whether a file may hold secrets, by its path alone. Such a file is no context for anything, and nothing is completed in it: what a
 * completion is asked with may go to a server. Careful rather than exact: `secrets.py` counts, `secretary.py` does not.
 */
export function mayHoldSecrets(path: string): boolean {
  const parts = path.toLowerCase().split(/[/\\]/);
  const name = parts.at(-1) ?? '';
  return (
    name.startsWith('.') ||
    SECRET_NAMES.some((pattern) => pattern.test(name)) ||
    parts.some((part) => SECRET_FOLDERS.has(part))
  );
}
