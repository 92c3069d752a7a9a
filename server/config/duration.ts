import { z } from 'zod';

const UNIT_MS = { s: 1000, m: 60_000, h: 3_600_000 } as const;

/**
 * A duration written as `90s`, `30m` or `2h`; the output is milliseconds.
 *
 * @param least Smallest one allowed, in the same form; the ends are included.
 * @param most Largest one allowed, in the same form.
 * @param such Examples in the error.
 */
export function duration(least: string, most: string, such = '30m or 2h') {
  const fault = `must be a duration from ${least} to ${most}, such as ${such}`;
  return z
    .string({ error: (issue) => (issue.input === undefined || issue.input === null ? undefined : fault) })
    .regex(/^\d{1,6}[smh]$/, fault)
    .refine((text) => readMs(text) >= readMs(least) && readMs(text) <= readMs(most), fault)
    .transform(readMs);
}

function readMs(text: string): number {
  const unit = text.slice(-1);
  return (
    Number(text.slice(0, -1)) * (unit === 's' || unit === 'm' || unit === 'h' ? UNIT_MS[unit] : Number.NaN)
  );
}
