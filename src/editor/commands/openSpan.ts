import type { Candor } from '../candor.ts';

/** Opens a span of the report: what a click in the tree does. */
export async function openSpan({ report, reportView }: Candor, argument?: unknown): Promise<void> {
  const node = report.queue.flatMap(({ spans }) => spans).find((span) => span === argument);
  if (node !== undefined) await reportView.open(node);
}
