import { fatesOfLeaves } from '../../history/fate/fatesOfLeaves.ts';
import { newLeavesOf } from '../../history/fate/newLeaves.ts';
import type { CodeLeaves } from '../../syntax/codeLeaves.ts';
import { isProductCode } from '../../history/isProductCode.ts';
import { detectLanguage } from '../../syntax/detectLanguage.ts';
import type { LanguageId } from '../../syntax/languages.ts';
import { shuffled } from '../shuffled.ts';
import type { ChosenLanding } from './chooseLandings.ts';
import type { HistoryTexts } from './historyTexts.ts';
import { landedRegions, type LandedRegion } from './landedRegions.ts';

/** A region that is to be scored and followed. */
export interface ChosenRegion extends LandedRegion {
  readonly chosen: ChosenLanding;
  readonly path: string;
  readonly language: LanguageId;
  readonly leaves: CodeLeaves;
  /** Regions of its landing, chosen or not. */
  readonly regionsOfLanding: number;
}

export interface RegionLimits {
  readonly mostRegions: number;
  /** Fates inside a commit go together: many regions of one tell little more than a few. */
  readonly mostPerLanding: number;
  readonly seed: number;
}

/** The regions that landings brought, landing by landing in the order given, and drawn at random within a landing. */
export async function chooseRegions(
  landings: readonly ChosenLanding[],
  texts: HistoryTexts,
  { mostRegions, mostPerLanding, seed }: RegionLimits,
  signal?: AbortSignal,
): Promise<readonly ChosenRegion[]> {
  const regions: ChosenRegion[] = [];
  for (const [index, chosen] of landings.entries()) {
    if (regions.length >= mostRegions) break;
    signal?.throwIfAborted();
    const found = await regionsOf(chosen, texts);
    const most = Math.min(mostPerLanding, mostRegions - regions.length);
    regions.push(...shuffled(found, seed + index).slice(0, most));
  }
  return regions;
}

async function regionsOf(chosen: ChosenLanding, texts: HistoryTexts): Promise<readonly ChosenRegion[]> {
  const code = chosen.landing.changes.filter(({ path }) => detectLanguage(path) !== null);
  const versions = await Promise.all(
    code.map(async ({ path, oldPath, oldBlob, newBlob }) => ({
      before: oldBlob === null ? null : await texts.leaves(oldPath ?? path, oldBlob),
      after: newBlob === null ? null : await texts.leaves(path, newBlob),
    })),
  );
  const isNew = newLeavesOf(versions, fatesOfLeaves(versions));
  const found = code.flatMap(({ path }, file) => {
    const leaves = versions[file]?.after ?? null;
    const language = detectLanguage(path);
    if (leaves === null || language === null || !isProductCode(path)) return [];
    return landedRegions(leaves, isNew[file] ?? new Uint8Array()).map((region) => ({
      ...region,
      path,
      language,
      leaves,
    }));
  });
  return found.map((region) => ({ ...region, chosen, regionsOfLanding: found.length }));
}
