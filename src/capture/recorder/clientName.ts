import type { IncomingHttpHeaders } from 'node:http';

/** A name as it may be shown and kept. */
const NAME = /^[\w .+-]{1,40}$/;

/**
 * Product name of a client: the title that it gives itself (`x-title`, as hosts of several models ask for), else the first product of
 * its user agent, without a version. Null: it says none.
 */
export function clientName(headers: IncomingHttpHeaders): string | null {
  const title = String(headers['x-title'] ?? '');
  const [product = ''] = (headers['user-agent'] ?? '').split(/[/\s(]/);
  return [title, product].find((name) => NAME.test(name)) ?? null;
}
