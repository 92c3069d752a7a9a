import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ALL_ROWS as ALL } from './requirements/all-rows.ts';
import { ASVS_ACCOUNT_ROWS } from './requirements/asvs-accounts.ts';
import { ASVS_WEB_ROWS } from './requirements/asvs-web.ts';
import { FAULT_ROWS } from './requirements/availability.ts';
import { NIST_ROWS } from './requirements/nist.ts';
import { OWASP_ROWS, OWASP_ROWS_IF_USED } from './requirements/owasp.ts';
import { PROMISE_ROWS } from './requirements/promises.ts';
import type { Proof, Row } from './requirements/row.ts';

const ASVS_ROWS = [...ASVS_ACCOUNT_ROWS, ...ASVS_WEB_ROWS];

/** Whether a test of that file has a title that begins so; that it passed is required after the run, by rows/check-report.ts. */
function isThere([file, title]: Proof): boolean {
  const name = file.endsWith('.contract') ? `${file}.ts` : `${file}.test.ts`;
  const path = join(import.meta.dirname, name);
  if (title === '' || !existsSync(path)) return false;
  const text = withoutNumbers(readFileSync(path, 'utf8'));
  return ["'", '"', '`'].some((quote) => text.includes(`${quote}${withoutNumbers(title)}`));
}

/** How often something is tried is no part of what is proved. */
const withoutNumbers = (text: string): string => text.replace(/\d[\d,]*/g, '#');

const isHeld = ({ by }: Row): boolean => by !== undefined && by.length > 0 && by.every(isThere);

describe('the rows of security', () => {
  it('are all there', () => {
    expect([OWASP_ROWS.length, ASVS_ROWS.length, NIST_ROWS.length]).toEqual([27, 45, 7]);
    expect(OWASP_ROWS_IF_USED.map(({ id }) => id)).toEqual(['O25', 'O26', 'O28', 'O29']);
    expect(FAULT_ROWS.map(({ id }) => id)).toEqual(FAULT_ROWS.map((_, n) => `C${n + 1}`));
    expect(FAULT_ROWS).toHaveLength(24);
    expect(new Set(ALL.map(({ id }) => id)).size).toBe(ALL.length);
  });

  it.each(ALL.map((row) => ({ ...row, row })))('$id: $holds', ({ row }) => {
    expect((row.by ?? []).filter((proof) => !isThere(proof))).toEqual([]);
    expect(row.by === undefined && row.because === undefined).toBe(false);
  });

  it('27 of the 27 rules of OWASP hold; of the others those without a test do not apply', () => {
    expect(OWASP_ROWS.filter((row) => !isHeld(row))).toEqual([]);
    const rows = [...OWASP_ROWS, ...ASVS_ROWS, ...NIST_ROWS];
    const held = rows.filter(isHeld).length;
    const faults = FAULT_ROWS.filter(isHeld).length;
    process.stdout.write(
      `${rows.length} rows of security: ${held} proved by tests, ${rows.length - held} do not apply; ` +
        `OWASP ${OWASP_ROWS.filter(isHeld).length} of ${OWASP_ROWS.length}; faults ${faults} of ${FAULT_ROWS.length}\n`,
    );
    expect(held).toBeGreaterThanOrEqual(70);
  });
});

/** The promises of SECURITY.md, each with the lines below it that say more. */
function readPromises(): { readonly text: string; readonly more: readonly string[] }[] {
  const text = readFileSync(join(import.meta.dirname, '../SECURITY.md'), 'utf8');
  const section = /^## What it promises\n([\s\S]*?)^## /m.exec(text)?.[1] ?? '';
  return section
    .split(/^- /m)
    .slice(1)
    .map((promise) => {
      const [first = '', ...more] = promise.split(/^ {2}- /m).map((part) => part.replace(/\s+/g, ' ').trim());
      return { text: first, more };
    });
}

describe('each promise of SECURITY.md', () => {
  const promises = readPromises();

  it('has a sentence that says how it would be broken', () => {
    expect(promises.length).toBeGreaterThanOrEqual(26);
    const without = promises.filter(
      ({ more }) => more.length !== 1 || !/^It would be broken by .{20,}\.$/.test(more[0] ?? ''),
    );
    expect(without).toEqual([]);
  });

  it('has a row, and a row no promise but its own', () => {
    const rowsOf = (text: string) => PROMISE_ROWS.filter(({ holds }) => text.startsWith(holds));
    expect(promises.filter(({ text }) => rowsOf(text).length !== 1)).toEqual([]);
    const found = promises.flatMap(({ text }) => rowsOf(text).map(({ id }) => id));
    expect(found).toEqual(PROMISE_ROWS.map(({ id }) => id));
  });

  it('is held by a test that tries to break it', () => {
    expect(PROMISE_ROWS.filter((row) => !isHeld(row))).toEqual([]);
  });
});
