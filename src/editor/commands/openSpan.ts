import type { Candor } from '../candor.ts';

/** Opens a place of the report: what a click in the tree does. */
export async function openSpan({ report, reportView }: Candor, argument?: unknown): Promise<void> {
  const regions = report.roots.flatMap((root) => (root.kind === 'file' ? root.regions : []));
  const node = regions.flatMap(({ spans, quiet }) => [...spans, ...quiet]).find((place) => place === argument);
  if (node !== undefined) await reportView.open(node);
}
