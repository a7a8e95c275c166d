import { describe, expect, it } from 'vitest';
import type { TestFrameworkId } from '../../../../src/app/testStub/testFrameworks.ts';
import { testFileFor } from '../../../../src/app/testStub/testFileFor.ts';
import { detectLanguage } from '../../../../src/syntax/detectLanguage.ts';

const CASES: readonly (readonly [string, TestFrameworkId, readonly string[], string, string])[] = [
  ['beside', 'vitest', ['src/a/x.ts', 'src/a/x.test.ts'], 'src/b/y.ts', 'src/b/y.test.ts'],
  ['beside, in the ending of the source', 'jest', ['src/x.ts', 'src/x.spec.ts'], 'src/y.tsx', 'src/y.spec.tsx'],
  [
    'in a folder below',
    'jest',
    ['src/a/x.ts', 'src/a/__tests__/x.test.ts'],
    'src/b/c/y.ts',
    'src/b/c/__tests__/y.test.ts',
  ],
  ['in a mirror', 'vitest', ['src/a/x.ts', 'test/unit/a/x.spec.ts'], 'src/b/c/y.ts', 'test/unit/b/c/y.spec.ts'],
  ['in a mirror from the top', 'mocha', ['src/x.ts', 'test/x.test.ts'], 'src/b/y.ts', 'test/b/y.test.ts'],
  ['named alike in another folder', 'mocha', ['lib/x.js', 'test/x.js'], 'lib/y.js', 'test/y.js'],
  [
    'in each package',
    'vitest',
    ['packages/a/src/x.ts', 'packages/a/test/x.test.ts'],
    'packages/b/src/y.ts',
    'packages/b/test/y.test.ts',
  ],
  [
    'as near ones are',
    'vitest',
    ['a/x.ts', 'a/x.test.ts', 'b/y.ts', 'b/y.spec.ts', 'b/u.ts', 'b/u.spec.ts'],
    'a/z.ts',
    'a/z.test.ts',
  ],
  [
    'as most are',
    'vitest',
    ['a/x.ts', 'a/x.test.ts', 'a/y.ts', 'a/y.spec.ts', 'a/u.ts', 'a/u.spec.ts'],
    'a/z.ts',
    'a/z.spec.ts',
  ],
  [
    'in the file that there is',
    'vitest',
    ['a/x.ts', 'a/x.test.ts', 'a/y.ts', 'tests/y_test.ts'],
    'a/y.ts',
    'tests/y_test.ts',
  ],
  ['tests before the package', 'pytest', ['pkg/x.py', 'tests/test_x.py'], 'pkg/y.py', 'tests/test_y.py'],
  ['tests in a mirror of packages', 'pytest', ['pkg/a/x.py', 'tests/a/test_x.py'], 'pkg/b/y.py', 'tests/b/test_y.py'],
  [
    'tests all in one folder',
    'pytest',
    ['pkg/a/x.py', 'tests/test_x.py', 'pkg/b/z.py', 'tests/test_z.py'],
    'pkg/c/d/y.py',
    'tests/test_y.py',
  ],
  ['tests before all folders', 'pytest', ['a/b/x.py', 'tests/a/b/test_x.py'], 'c/y.py', 'tests/c/test_y.py'],
  [
    'not by what holds the fixtures',
    'pytest',
    ['pkg/__init__.py', 'tests/__init__.py', 'tests/conftest.py'],
    'pkg/y.py',
    'tests/test_y.py',
  ],
  ['beside in Go', 'goTest', ['a/x.go', 'a/x_test.go'], 'b/y.go', 'b/y_test.go'],
  ['in its own file in Rust', 'rustTest', ['src/lib.rs'], 'src/lib.rs', 'src/lib.rs'],
  [
    'as Maven has it',
    'junit5',
    ['src/main/java/a/X.java', 'src/test/java/a/XTest.java'],
    'src/main/java/b/c/Y.java',
    'src/test/java/b/c/YTest.java',
  ],
  [
    'in the project of tests',
    'xunit',
    ['src/P/X.cs', 'tests/P.Tests/XTests.cs'],
    'src/P/Sub/Y.cs',
    'tests/P.Tests/Sub/YTests.cs',
  ],
  ['as RSpec has it', 'rspec', ['lib/a/x.rb', 'spec/a/x_spec.rb'], 'lib/b/y.rb', 'spec/b/y_spec.rb'],
  [
    'as Rails has it',
    'minitest',
    ['app/models/x.rb', 'test/models/x_test.rb'],
    'app/models/y.rb',
    'test/models/y_test.rb',
  ],
  ['as Composer has it', 'phpunit', ['src/A/X.php', 'tests/A/XTest.php'], 'src/B/Y.php', 'tests/B/YTest.php'],
  ['in C++', 'gtest', ['src/x.cc', 'test/x_unittest.cc', 'test/x_test.cc'], 'src/y.cc', 'test/y_test.cc'],
  [
    'as sbt has it',
    'munit',
    ['src/main/scala/X.scala', 'src/test/scala/XSuite.scala'],
    'src/main/scala/a/Y.scala',
    'src/test/scala/a/YSuite.scala',
  ],
  ['bats', 'bats', ['lib/x.sh', 'test/x.bats'], 'lib/y.sh', 'test/y.bats'],
];

describe('testFileFor', () => {
  it.each(CASES)('%s', (_, framework, files, source, test) => {
    const language = detectLanguage(source, '')!;
    expect(testFileFor(source, [...new Set([...files, source])], framework, language)).toBe(test);
  });
});
