/**
 * How long a server that refuses a call tells to wait, in milliseconds; null where it does not tell, or nothing that has sense.
 *
 * - `retry-after-ms: 250`, of OpenAI and Azure
 * - `retry-after: 2`, or a date (RFC 9110, 10.2.3)
 * - `x-ratelimit-reset-requests: 1s`, `x-ratelimit-reset-tokens: 6m0s` (OpenAI's guide to rate limits): when the budget is whole
 *   again, which is longer than needed. That of a budget of which nothing remains counts, or else the longer one.
 *
 * @param nowMs since 1970, as dates count
 */
export function toldWaitMs(headers: Headers, nowMs: number): number | null {
  return (
    milliseconds(headers.get('retry-after-ms'), 1) ??
    milliseconds(headers.get('retry-after'), 1000) ??
    untilDate(headers.get('retry-after'), nowMs) ??
    untilReset(headers)
  );
}

function milliseconds(value: string | null, unitMs: number): number | null {
  return value !== null && /^\d+(?:\.\d+)?$/.test(value.trim()) ? Number(value) * unitMs : null;
}

/** Dates begin with the name of a day; what else JavaScript takes for one was not meant so. */
function untilDate(value: string | null, nowMs: number): number | null {
  const atMs = value !== null && /^[A-Za-z]{3,9}, /.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(atMs) ? null : Math.max(0, atMs - nowMs);
}

function untilReset(headers: Headers): number | null {
  const budgets = ['requests', 'tokens'].flatMap((budget) => {
    const resetMs = durationMs(headers.get(`x-ratelimit-reset-${budget}`));
    const isSpent = headers.get(`x-ratelimit-remaining-${budget}`)?.trim() === '0';
    return resetMs === null ? [] : [{ resetMs, isSpent }];
  });
  const spent = budgets.filter(({ isSpent }) => isSpent);
  const counting = spent.length > 0 ? spent : budgets;
  return counting.length === 0 ? null : Math.max(...counting.map(({ resetMs }) => resetMs));
}

const UNITS_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A duration such as `1s`, `6m0s`, `1h2m3.5s` or `20ms`; a bare number, as Azure writes it, is of seconds. */
function durationMs(value: string | null): number | null {
  const text = value?.trim() ?? '';
  const bareMs = milliseconds(text, 1000);
  if (bareMs !== null) return bareMs;
  if (!/^(?:\d+(?:\.\d+)?(?:ms|[smhd]))+$/.test(text)) return null;
  const parts = text.matchAll(/([\d.]+)(ms|[smhd])/g);
  return [...parts].reduce((sum, [, count, unit = '']) => sum + Number(count) * (UNITS_MS[unit] ?? 0), 0);
}
