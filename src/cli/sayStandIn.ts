import type { Tools } from '../app/openTools.ts';

/** Tells of an engine that stands in for the one that was meant. */
export function sayStandIn({ engine, standsInBecause }: Pick<Tools, 'engine' | 'standsInBecause'>): void {
  if (standsInBecause === null) return;
  process.stderr.write(`candor: the bundled model cannot run here, so the engine ${engine.name} scores alone. `);
  process.stderr.write(`${standsInBecause.message}\n`);
}
