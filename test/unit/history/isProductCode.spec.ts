import { describe, expect, it } from 'vitest';
import { isProductCode } from '../../../src/history/isProductCode.ts';

describe('code that does a product’s work', () => {
  it.each([
    'a.ts',
    'src/a.py',
    'src/latest/contest.go',
    'lib/protest/a.rb',
    'src/builder/a.ts',
    'src/attest.py',
    'cmd/docserver/a.go',
  ])('is %s', (path) => {
    expect(isProductCode(path)).toBe(true);
  });

  it.each([
    ...[
      'test/a.ts',
      'tests/a.py',
      'src/__tests__/a.ts',
      'a/b.Tests/C.cs',
      'a.test.ts',
      'a.spec.tsx',
      'test_a.py',
      'a_test.go',
    ],
    ...[
      'src/FooTest.java',
      'FooTests.cs',
      'a.d.ts',
      'a.min.js',
      'Form.Designer.cs',
      'x_pb2.py',
      'vendor/a/b.go',
      'dist/a.js',
    ],
    ...['docs/conf.py', 'examples/a.py', 'migrations/0001_x.py', 'vite.config.ts', 'conftest.py', 'a/e2e-tests/b.ts'],
  ])('is not %s', (path) => {
    expect(isProductCode(path)).toBe(false);
  });
});
