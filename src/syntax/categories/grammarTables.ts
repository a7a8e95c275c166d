import type { LanguageId } from '../languages.ts';
import { bash } from './bash.ts';
import { c } from './c.ts';
import { cpp } from './cpp.ts';
import { csharp } from './csharp.ts';
import { go } from './go.ts';
import type { GrammarTable } from './grammarTable.ts';
import { java } from './java.ts';
import { javascript } from './javascript.ts';
import { php } from './php.ts';
import { python } from './python.ts';
import { ruby } from './ruby.ts';
import { rust } from './rust.ts';
import { scala } from './scala.ts';
import { tsx } from './tsx.ts';
import { typescript } from './typescript.ts';

/** The table of every language. */
export const GRAMMAR_TABLES: Readonly<Record<LanguageId, GrammarTable>> = {
  typescript,
  tsx,
  javascript,
  python,
  go,
  rust,
  java,
  c,
  cpp,
  csharp,
  ruby,
  php,
  bash,
  scala,
};
