import { unscoreDrafted } from './draftedRows.ts';
import { missesTokens } from './missingRows.ts';
import { MISSING_ROW, type WirePart, type WireRow } from './wirePart.ts';

/**
 * Joins the parts of a streamed answer to what the answer says as a whole; undefined for none. The parts are of one
 * answer and in order; those of another format than the first are left out.
 *
 * A chunk is no token: it may hold several rows, or none. Takes time in proportion to the parts.
 */
export function joinParts(parts: readonly WirePart[]): WirePart | undefined {
  const [first] = parts;
  if (first === undefined) return undefined;
  const ofFormat = parts.filter(({ format }) => format === first.format);
  return unscoreDrafted({
    ...first,
    ...joinSections(ofFormat),
    promptRows: ofFormat.reduce((most, { promptRows }) => longer(most, promptRows), first.promptRows),
    finishReason: lastOf(ofFormat, ({ finishReason }) => finishReason),
    distribution: ofFormat.some(({ distribution }) => distribution === 'scaled')
      ? 'scaled'
      : lastOf(ofFormat, ({ distribution }) => distribution),
    draftedTokens: lastOf(ofFormat, ({ draftedTokens }) => draftedTokens),
    generatedTokens: lastOf(ofFormat, ({ generatedTokens }) => generatedTokens),
    promptTokens: lastOf(ofFormat, ({ promptTokens }) => promptTokens),
    model: lastOf(ofFormat, ({ model }) => model),
    section: '',
    isWhole: true,
  });
}

type Content = Pick<WirePart, 'text' | 'rows' | 'tokenIds'>;

/** The content of all sections one after the other, or that of the part which repeats them all. */
function joinSections(parts: readonly WirePart[]): Content {
  const sections = new Map<string, Section>();
  let generatedBefore = 0;
  for (const part of parts) {
    const section = sections.get(part.section) ?? newSection();
    sections.set(part.section, section);
    if (missesTokens(part, generatedBefore)) add(section.rows, [MISSING_ROW]);
    const put = part.isWhole ? repeat : add;
    put(section.texts, part.text);
    put<readonly WireRow[]>(section.rows, part.rows);
    put<readonly number[]>(section.tokenIds, part.tokenIds);
    generatedBefore = part.generatedTokens ?? generatedBefore + part.rows.length;
  }
  const whole = contentOf([sections.get('') ?? newSection()]);
  sections.delete('');
  const ofSections = contentOf([...sections.values()]);
  return {
    text: longer(ofSections.text, whole.text),
    rows: longer(ofSections.rows, whole.rows),
    tokenIds: longer(ofSections.tokenIds, whole.tokenIds),
  };
}

/** A list, or a text, that grows by pieces; they are joined once, at the end. */
interface Growing<T> {
  pieces: T[];
  length: number;
}

interface Section {
  readonly texts: Growing<string>;
  readonly rows: Growing<readonly WireRow[]>;
  readonly tokenIds: Growing<readonly number[]>;
}

function newSection(): Section {
  return { texts: { pieces: [], length: 0 }, rows: { pieces: [], length: 0 }, tokenIds: { pieces: [], length: 0 } };
}

function add<T extends { readonly length: number }>(growing: Growing<T>, piece: T): void {
  growing.pieces.push(piece);
  growing.length += piece.length;
}

/** Puts a repetition in the place of what it repeats, unless it is shorter: then something was left out of it. */
function repeat<T extends { readonly length: number }>(growing: Growing<T>, whole: T): void {
  if (whole.length < growing.length) return;
  growing.pieces = [whole];
  growing.length = whole.length;
}

function contentOf(sections: readonly Section[]): Content {
  return {
    text: sections.flatMap(({ texts }) => texts.pieces).join(''),
    rows: sections.flatMap(({ rows }) => rows.pieces).flat(),
    tokenIds: sections.flatMap(({ tokenIds }) => tokenIds.pieces).flat(),
  };
}

/** The longer of two, or the later. */
function longer<T extends { readonly length: number }>(before: T, after: T): T {
  return after.length >= before.length ? after : before;
}

function lastOf<T>(parts: readonly WirePart[], valueOf: (part: WirePart) => T | null): T | null {
  return parts.reduce<T | null>((last, part) => valueOf(part) ?? last, null);
}
