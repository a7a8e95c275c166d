/** Folders of what is tested with, generated, or of others. */
const OTHER_FOLDERS = new RegExp(
  '(?:^|/)(?:' +
    [
      'tests?',
      '__tests__',
      'specs?',
      'e2e',
      '__mocks__',
      'mocks',
      'fixtures?',
      'testdata',
      'testing',
      '__snapshots__',
    ].join('|') +
    '|' +
    ['vendor', 'third_party', 'node_modules', 'dist', 'build', 'out', 'generated', '__generated__', 'migrations'].join(
      '|',
    ) +
    '|' +
    ['examples?', 'samples?', 'demos?', 'docs?', 'benchmarks?', '[^/]*[.-](?:tests?|specs?|e2e)'].join('|') +
    ')/',
  'i',
);

/** Names of tests, declarations, and files that a program wrote. */
const OTHER_NAMES = new RegExp(
  '(?:' +
    [
      '(?:^|/)test_[^/]*\\.py',
      '_test\\.(?:py|go|rb)',
      '_spec\\.rb',
      'Tests?\\.(?:cs|java|php|scala)',
      '(?:^|/)conftest\\.py',
    ].join('|') +
    '|' +
    ['[.-](?:tests?|specs?|e2e|stories|bench|d|min|gen|generated|designer|g|pb)\\.\\w+', '_pb2?(?:_grpc)?\\.\\w+'].join(
      '|',
    ) +
    '|' +
    ['(?:^|/)[^/]*\\.config\\.\\w+', '(?:^|/)setup\\.py', '(?:^|/)package-lock\\.json'].join('|') +
    ')$',
  'i',
);

/**
 * Whether a path is that of code which does a product's work, by its folders and name: no tests, no fixtures, no examples, nothing
 * generated, declared only, or of others. Whether it is code at all is for `detectLanguage` to say.
 *
 * @param path with `/`, from the root of the repository
 */
export function isProductCode(path: string): boolean {
  return !OTHER_FOLDERS.test(path) && !OTHER_NAMES.test(path);
}
