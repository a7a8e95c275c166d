import { chromium, type Browser } from 'playwright-core';
import { findBrowser } from './findBrowser.ts';

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Whatever the page asks for, nothing but this machine answers.
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost',
];

/** Starts a Chromium without a window, which reaches nothing but this machine. */
export async function launchBrowser(): Promise<Browser> {
  const { path, env } = await findBrowser();
  return await chromium.launch({ executablePath: path, args: ARGS, env: { ...definedEnvironment(), ...env } });
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((each): each is [string, string] => each[1] !== undefined),
  );
}
