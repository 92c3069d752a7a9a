import { describe, expect, it } from 'vitest';
import { RESET_METHODS } from '../../server/config/methods.ts';
import { scanPeople } from '../support/browser/scanned-people.ts';
import { useChromium } from '../support/browser/use-chromium.ts';

/** For each method; 100 in all. */
const PEOPLE = 25;

describe('a mail scanner that opens every link, presses every button and submits every form', {
  timeout: 30 * 60_000,
}, () => {
  const browser = useChromium();

  it.each(RESET_METHODS)(`spends nothing of ${PEOPLE} people with the method %s`, async (method) => {
    const { scans, statuses, right, early } = await scanPeople(browser(), method, PEOPLE);
    for (const { addresses, forms } of scans) expect([addresses > 0, forms > 0]).toEqual([true, true]);
    expect(early).toBe(0);
    expect(statuses).toEqual(Array.from({ length: PEOPLE }, () => 200));
    expect(right).toBe(PEOPLE);
  });
});
