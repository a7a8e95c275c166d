import { CandorError } from '../core/candorError.ts';
import type { ChildProcess, StdioOptions } from 'node:child_process';
import { runGit, spawnGit, type GitAnswer } from './runGit.ts';

/** The git repository that a folder lies in, read without running anything that it names. */
export interface Repository {
  /** Runs one of git's reading commands in the folder. Rejects with a CandorError `unsupported` when git refuses. */
  run(args: readonly string[]): Promise<Buffer>;
  /** Starts one of git's reading commands, for whoever reads it piece by piece, or talks with it. */
  start(args: readonly string[], stdio: StdioOptions): ChildProcess;
  /**
   * The hash of a commit, by any name that git has for it.
   * @throws CandorError `bad-call` when it names none
   */
  commit(name: string): Promise<string>;
  hasCommits(): Promise<boolean>;
}

/** Overrides what a repository says, whatever it says: either could run a program of its choosing. */
const HARMLESS = ['core.fsmonitor=false', 'core.hooksPath=/dev/null'];

/**
 * Opens the repository around a folder, or a bare one. It may be hostile: its configuration and attributes can name programs that git
 * would run while it only reads.
 *
 *     core.fsmonitor, hooks       overridden on the command line
 *     filter.<driver>.*           overridden on the command line, for every driver that is configured
 *     diff.external, diff.*       --no-ext-diff --no-textconv where something is compared
 *     gpg.program                 --no-show-signature where commits are listed
 *     fetching what is missing    no transport is allowed: `runGit`
 *     submodules                  not entered, for each has a configuration of its own
 *
 * @param indexFile an index to read in place of the repository's own, by its whole path
 * @throws CandorError `unsupported` where git or the repository is missing, or git refuses to read it
 */
export async function openRepository(folder: string, signal?: AbortSignal, indexFile?: string): Promise<Repository> {
  const whole = (settings: readonly string[], args: readonly string[]): readonly string[] => {
    const overrides = settings.flatMap((setting) => ['-c', setting]);
    return ['-C', folder, '--no-pager', '--no-optional-locks', ...overrides, ...args];
  };
  const ask = (settings: readonly string[], args: readonly string[]): Promise<GitAnswer> =>
    runGit(whole(settings, args), signal, indexFile);
  const place = await ask(HARMLESS, ['rev-parse', '--is-inside-work-tree', '--is-bare-repository']);
  if (place.exitCode !== 0 || !place.stdout.toString().includes('true')) throw noRepository(folder, place.stderr);
  const filters = await ask(HARMLESS, ['config', '-z', '--name-only', '--get-regexp', '^filter\\.']);
  // 1: there is none. Anything else is no list to rely on.
  if (filters.exitCode !== 0 && filters.exitCode !== 1) throw noRepository(folder, filters.stderr);
  const settings = [...HARMLESS, ...withoutFilters(folder, filters.stdout.toString().split('\0'))];

  const hashOf = async (name: string): Promise<string | null> => {
    const { stdout } = await ask(settings, ['rev-parse', '--verify', '--quiet', `${name}^{commit}`]);
    const hash = stdout.toString().trim();
    return /^[0-9a-f]{40,64}$/.test(hash) ? hash : null;
  };
  return {
    async run(args) {
      const { stdout, stderr, exitCode } = await ask(settings, args);
      if (exitCode !== 0) throw refusal(folder, stderr);
      return stdout;
    },
    start: (args, stdio) => spawnGit(whole(settings, args), stdio, signal, indexFile),
    async commit(name) {
      const hash = /^-|\0/.test(name) ? null : await hashOf(name);
      if (hash !== null) return hash;
      const message = `"${name}" is no commit of the git repository around ${folder}. Name a commit, a branch or a tag.`;
      throw new CandorError('bad-call', message);
    },
    async hasCommits() {
      return (await hashOf('HEAD')) !== null;
    },
  };
}

/**
 * Settings that take every filter's programs away; one that is required would fail without.
 * @param keys like `filter.lfs.clean`
 */
function withoutFilters(folder: string, keys: readonly string[]): readonly string[] {
  const drivers = new Set(
    keys.map((key) => /^filter\.(.*)\.[^.]*$/s.exec(key)?.[1]).filter((one) => one !== undefined),
  );
  return Array.from(drivers, (driver) => {
    if (driver.includes('=')) {
      // Git would split such a setting at the wrong place.
      const message = `The git repository around ${folder} has a filter named "${driver}". Rename it to one without =.`;
      throw new CandorError('unsupported', message);
    }
    return ['clean=', 'smudge=', 'process=', 'required=false'].map((setting) => `filter.${driver}.${setting}`);
  }).flat();
}

function noRepository(folder: string, stderr: Buffer): CandorError {
  const said = stderr.toString();
  if (said !== '' && !said.includes('not a git repository')) return refusal(folder, stderr);
  const message = `${folder} is not in the working tree of a git repository. Choose a folder that is.`;
  return new CandorError('unsupported', message);
}

/** In git's own words, which are mostly the way out. */
function refusal(folder: string, stderr: Buffer): CandorError {
  const said = /^(?:fatal|error): (.*?)\.?$/m.exec(stderr.toString())?.[1] ?? 'it does not say why';
  return new CandorError('unsupported', `Git cannot read the repository around ${folder}: ${said}.`);
}
