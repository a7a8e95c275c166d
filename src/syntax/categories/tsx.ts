import { jsx } from './ecmaScript.ts';
import { extendTable, type GrammarTable } from './grammarTable.ts';
import { typeScriptFamily } from './typescript.ts';

/** TypeScript with JSX. */
export const tsx: GrammarTable = extendTable(typeScriptFamily, jsx);
