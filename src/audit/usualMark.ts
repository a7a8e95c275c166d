/** Why a file is none of its authors' own writing. */
export type Mark = 'generated' | 'vendored';

/** Folders of code that others wrote, by names that are given to nothing else. */
const VENDORED_FOLDERS =
  /(?:^|\/)(?:vendors?|third[-_]?part(?:y|ies)|3rd[-_]?party|node_modules|bower_components|jspm_packages|site-packages|godeps|pods|carthage|\.yarn|\.pnp)\//i;

/** Scripts that tools put into a repository as they are, and a library that is mostly there as a copy. */
const VENDORED_NAMES =
  /(?:^|\/)(?:gradlew|mvnw|config\.(?:guess|sub)|ltmain\.sh|libtool|install-sh|depcomp|jquery(?:-\d[\w.]*)?(?:\.slim)?(?:\.min)?\.js)$/i;

const GENERATED_FOLDERS = /(?:^|\/)(?:__generated__|generated|generated[-_](?:src|sources|code))\//i;

/** Endings that compilers of interfaces, forms and resources give to what they write. */
const GENERATED_NAMES = new RegExp(
  '(?:' +
    [
      // Protocol buffers and their kin.
      '\\.pb(?:\\.gw|\\.micro|\\.validate)?\\.(?:go|cc|h|swift|dart)',
      '_pb2(?:_grpc)?\\.pyi?',
      '(?:_grpc)?_pb\\.(?:js|d\\.ts|ts)',
      '_(?:services_)?pb\\.rb',
      // .NET, Dart, and generators of many kinds.
      '\\.(?:designer|generated|gen|g|g\\.i|freezed|gr|mocks)\\.(?:cs|vb|dart|ts|tsx|js|go|rs|swift|kt|h|cpp)',
      '(?:^|/)zz_generated\\.[\\w.]+\\.go',
      '_generated\\.(?:go|rs|h|ts|js|py)',
      // Parsers, resources of Qt, and what is packed for a browser.
      '(?:^|/)lex\\.yy\\.c',
      '\\.tab\\.[ch]',
      '(?:^|/)(?:moc|qrc)_\\w+\\.cpp',
      '[.-]min\\.js',
    ].join('|') +
    ')$',
  'i',
);

/**
 * Whether a file's folders and name are such that its authors did not write it: only marks that hardly ever stand on anything else.
 * What linguist also names, as `dist/`, `deps/` and `external/`, are folders of own code elsewhere (docs/decisions/what-is-audited.md).
 *
 * @param path with `/`
 */
export function usualMark(path: string): Mark | null {
  if (VENDORED_FOLDERS.test(path) || VENDORED_NAMES.test(path)) return 'vendored';
  return GENERATED_FOLDERS.test(path) || GENERATED_NAMES.test(path) ? 'generated' : null;
}
