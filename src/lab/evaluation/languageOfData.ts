import { detectLanguage } from '../../syntax/detectLanguage.ts';
import { isLanguageId, type LanguageId } from '../../syntax/languages.ts';

/** The language that data name by Candor's name or by the ending of its files; `lines` for one without a grammar. */
export function languageOfData(name: string): LanguageId | 'lines' {
  const lower = name.toLowerCase();
  return isLanguageId(lower) ? lower : (detectLanguage(`file.${lower}`) ?? 'lines');
}
