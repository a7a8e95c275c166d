import { describe, expect, it } from 'vitest';
import { packagedReadme } from '../../../.ci/packaging/packagedReadme.ts';

describe('packagedReadme', () => {
  it.each([
    ['Before.\n\n![A picture](docs/images/audit.svg)\n\nAfter.\n', 'Before.\n\nAfter.\n'],
    ['See [the metrics](docs/metrics.md) and [`wire.md`](docs/wire.md#rows).', 'See the metrics and `wire.md`.'],
    ['([which key](docs/keys.md)):', '(which key):'],
    [
      '[elsewhere](https://example.org/a) and [below](#below)',
      '[elsewhere](https://example.org/a) and [below](#below)',
    ],
    ['![shown](https://example.org/a.png)', '![shown](https://example.org/a.png)'],
    ['`values[i](x)` in [brackets]', '`values[i](x)` in [brackets]'],
  ])('%j', (page, packaged) => {
    expect(packagedReadme(page)).toBe(packaged);
  });
});
