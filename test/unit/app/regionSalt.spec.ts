import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { regionSalt } from '../../../src/app/regionSalt.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const SALT = /^[0-9a-f]{64}$/;

describe('regionSalt', () => {
  it('is made once, and kept for the user alone', async () => {
    const state = temporaryFolder();
    const salt = await regionSalt({ XDG_STATE_HOME: state });
    expect(salt).toMatch(SALT);
    expect(await regionSalt({ XDG_STATE_HOME: state })).toBe(salt);
    expect(readdirSync(join(state, 'candor'))).toEqual(['region-salt']);
    if (process.platform !== 'win32') {
      expect(statSync(join(state, 'candor/region-salt')).mode & 0o777).toBe(0o600);
      expect(statSync(join(state, 'candor')).mode & 0o777).toBe(0o700);
    }
  });

  it('is another for each user', async () => {
    expect(await regionSalt({ XDG_STATE_HOME: temporaryFolder() })).not.toBe(
      await regionSalt({ XDG_STATE_HOME: temporaryFolder() }),
    );
  });

  it('is one and the same for runs that begin together', async () => {
    const state = temporaryFolder();
    const salts = await Promise.all(Array.from({ length: 12 }, () => regionSalt({ XDG_STATE_HOME: state })));
    expect(new Set(salts).size).toBe(1);
    expect(salts[0]).toMatch(SALT);
    expect(await regionSalt({ XDG_STATE_HOME: state })).toBe(salts[0]);
    expect(readdirSync(join(state, 'candor'))).toEqual(['region-salt']);
  });

  it.each(['', 'abc', '\n'])('is made anew where the file was left unfinished: %j', async (content) => {
    const state = temporaryFolder({ 'candor/region-salt': content });
    const salt = await regionSalt({ XDG_STATE_HOME: state });
    expect(salt).toMatch(SALT);
    expect(readFileSync(join(state, 'candor/region-salt'), 'utf8')).toBe(salt);
  });

  it("is a run's own where nothing can be kept", async () => {
    const state = join(temporaryFolder({ file: 'no folder' }), 'file');
    const salt = await regionSalt({ XDG_STATE_HOME: state });
    expect(salt).toMatch(SALT);
    expect(await regionSalt({ XDG_STATE_HOME: state })).not.toBe(salt);
  });
});
