import { expect, it } from 'vitest';
import { isSecret, newSecret } from '../../../../src/capture/recorder/newSecret.ts';
import { portOf } from '../../../../src/capture/recorder/recorderPort.ts';

it('gives a workspace one port, and most workspaces different ones', () => {
  const ports = Array.from({ length: 500 }, (_, at) => portOf(`workspace ${at}`));
  expect(portOf('workspace 7')).toBe(ports[7]);
  expect(portOf('')).toBe(portOf(''));
  expect(Math.min(...ports)).toBeGreaterThanOrEqual(20_000);
  expect(Math.max(...ports)).toBeLessThan(32_768);
  expect(new Set(ports).size).toBeGreaterThan(480);
});

it('makes secrets that fit into a path', () => {
  const secrets = Array.from({ length: 100 }, newSecret);
  expect(new Set(secrets).size).toBe(100);
  for (const secret of secrets) {
    expect(isSecret(secret)).toBe(true);
    expect(encodeURIComponent(secret)).toBe(secret);
  }
  expect(isSecret('too-short')).toBe(false);
  expect(isSecret('a secret that has blanks')).toBe(false);
});
