import { ecmaScript, jsx } from './ecmaScript.ts';
import { extendTable, type GrammarTable } from './grammarTable.ts';

/** JavaScript, with JSX in it. */
export const javascript: GrammarTable = extendTable(extendTable(ecmaScript, jsx), {
  categories: {
    functions: ['static get'],
    scope: ['field_definition'],
  },
  wrappers: ['field_definition'],
  names: { field_definition: 'property' },
});
