import { expect, it } from 'vitest';
import { placeDigests } from '../../../../src/app/capture/placeDigests.ts';

const places = placeDigests('s');

it('tells places apart, by digests that tell nothing without the salt', () => {
  const workspaces = ['/code', '/Code', null].map((path) => places.workspace(path));
  const digests = [...workspaces, places.document('/code'), places.document('code')];
  expect(new Set(digests).size).toBe(5);
  expect(digests.join()).toMatch(/^(?:[0-9a-f]{32},?){5}$/);
  expect(placeDigests('another').workspace('/code')).not.toBe(places.workspace('/code'));
});

it('knows a drive by either letter', () => {
  expect(places.workspace('C:\\work')).toBe(places.workspace('c:\\work'));
  expect(places.workspace('C:\\work')).not.toBe(places.workspace('D:\\work'));
});
