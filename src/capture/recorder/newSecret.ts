import { randomBytes } from 'node:crypto';

/** What a secret must look like to stand in an address as it is, and not be guessed. */
const SECRET = /^[0-9A-Za-z_-]{20,}$/;

/** A path segment that nobody guesses: 192 random bits. */
export function newSecret(): string {
  return randomBytes(24).toString('base64url');
}

export function isSecret(text: string): boolean {
  return SECRET.test(text);
}
