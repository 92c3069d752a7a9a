import { onTestFinished, vi } from 'vitest';

/** Lets two minutes pass: a person's client writes his row only when he was last seen over a minute ago. */
export function skipTwoMinutes(): void {
  vi.useFakeTimers({ toFake: ['Date'], shouldAdvanceTime: true });
  onTestFinished(() => void vi.useRealTimers());
  vi.setSystemTime(Date.now() + 120_000);
}
