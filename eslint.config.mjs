import tseslint from 'typescript-eslint';

/** The rooms of `src/`, and what each may import beside itself. What a named room may import comes along. */
const ROOMS = {
  core: [],
  wire: ['core'],
  syntax: ['core'],
  engines: ['core', 'wire', 'syntax'],
  ledger: ['core'],
  history: ['core', 'syntax'],
  capture: ['core', 'wire', 'syntax', 'ledger'],
  assess: ['core', 'syntax', 'engines'],
  audit: ['assess', 'history', 'ledger'],
  report: ['core', 'audit'],
  lab: ['core', 'wire', 'syntax', 'engines', 'ledger', 'history', 'capture', 'assess', 'audit', 'report'],
  app: ['core', 'wire', 'syntax', 'engines', 'ledger', 'history', 'capture', 'assess', 'audit', 'report', 'lab'],
  cli: ['app', 'report', 'lab', 'mcp'],
  mcp: ['app', 'report', 'lab'],
  editor: ['app', 'report', 'capture'],
  webview: ['core', 'report'],
};

function reach(room, reached = new Set()) {
  for (const next of ROOMS[room]) {
    if (!reached.has(next)) reach(next, reached.add(next));
  }
  return reached;
}

/** Rooms that must not touch the platform: plain numbers and data. */
const PURE = ['core', 'wire'];

const houseRules = Object.keys(ROOMS).map((room) => {
  const closed = Object.keys(ROOMS).filter((other) => other !== room && !reach(room).has(other));
  const patterns = [
    {
      regex: `^(\\.\\./)+(${closed.join('|')})/`,
      message: `src/${room}/ must not import this room: see docs/architecture.md.`,
    },
    ...(room === 'editor' ? [] : [{ regex: '^vscode$', message: 'Only src/editor/ imports vscode.' }]),
    ...(PURE.includes(room) ? [{ regex: '^[^.]', message: `src/${room}/ imports nothing from outside.` }] : []),
  ];
  return {
    files: [`src/${room}/**/*.ts`],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] },
  };
});

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'test/fixtures/', '.cache/', 'coverage/'] },
  {
    files: ['src/**/*.ts', 'test/**/*.ts', 'model/**/*.ts', '.ci/**/*.ts', '*.config.ts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/prefer-nullish-coalescing': 'error',
      'max-lines': ['error', { max: 400 }],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Export by name.' },
        { selector: 'ExportAllDeclaration', message: 'No barrels: import from the file that owns it.' },
        { selector: 'ExportNamedDeclaration[source]', message: 'No barrels: import from the file that owns it.' },
      ],
    },
  },
  ...houseRules,
  {
    // A test may build what the types forbid, and a configuration file must export as its tool asks.
    files: ['test/**/*.ts', '*.config.ts'],
    rules: {
      '@typescript-eslint/consistent-type-assertions': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      'no-restricted-syntax': 'off',
      'max-lines': 'off',
    },
  },
);
