import { describe, expect, it } from 'vitest';
import { scanPeople } from '../support/browser/scanned-people.ts';
import { useChromium } from '../support/browser/use-chromium.ts';

const PEOPLE = 1;

// 100 people in test/faults/scanner.test.ts.
describe('a mail scanner that opens every link, presses every button and submits every form', {
  timeout: 90_000,
}, () => {
  const browser = useChromium();

  // The message of the method account is that of link.
  it.each(['link', 'pin', 'pin-link'] as const)('spends nothing with the method %s', async (method) => {
    const { scans, statuses, right, early } = await scanPeople(browser(), method, PEOPLE);
    for (const { addresses, forms } of scans) expect([addresses > 0, forms > 0]).toEqual([true, true]);
    expect(early).toBe(0);
    expect(statuses).toEqual(Array.from({ length: PEOPLE }, () => 200));
    expect(right).toBe(PEOPLE);
  });
});
