import { describe, expect, it } from 'vitest';
import type { CodeAnswer } from '../../../server/http/contract.ts';
import type { Outcome, ProblemCode } from '../../../ui/call.ts';
import { type Choosing, nextChoosing, type OpenLink } from '../../../ui/pages/choosing.ts';

const link: OpenLink = {
  state: 'open',
  userName: 'boss',
  serverName: 'Attic',
  passwordRules: { minLength: 8, maxLength: 128 },
  needsCode: true,
};
const channels = [{ channel: 'telegram', properName: 'Telegram' }];
const unsent = { isSent: false, isSending: false, channels: [] };
const sent = { isSent: true, isSending: false, channels };
const open = { phase: 'open', link, isWorking: false } as const;
const fails = (code: ProblemCode): Outcome<never> => ({ isOk: false, code, faults: [] });
const problem = (code: ProblemCode) => ({ code, faults: [] });

/** What becomes of a page that has asked for a code. */
function answered(outcome: Outcome<CodeAnswer>, page: Choosing = { ...open, code: unsent }): Choosing {
  return nextChoosing(nextChoosing(page, { kind: 'code-asked' }), { kind: 'code-answered', outcome });
}

describe('the page where a password is chosen with a code', () => {
  it('begins before the code is sent, and asks for none by itself', () => {
    const checked = nextChoosing(
      { phase: 'checking' },
      { kind: 'checked', outcome: { isOk: true, body: link } },
    );
    expect(checked).toEqual({ ...open, code: unsent });
  });

  it('shows the form once it is sent, and where it went', () => {
    expect(answered({ isOk: true, body: { channels } })).toEqual({ ...open, code: sent });
  });

  it('shows the form without a code where none is needed any more', () => {
    expect(answered({ isOk: true, body: { channels: [] } })).toEqual(open);
  });

  it('stays where it is when none could be sent, and says why', () => {
    const state = answered(fails('unavailable'));
    expect(state).toEqual({ ...open, code: unsent, problem: problem('unavailable') });
    expect(answered(fails('unavailable'), { ...open, code: sent })).toEqual({
      ...open,
      code: sent,
      problem: problem('unavailable'),
    });
  });

  it('lets the last code be typed where no further one is sent', () => {
    expect(answered(fails('codes-used-up'))).toMatchObject({
      code: { isSent: true },
      problem: problem('codes-used-up'),
    });
  });

  it.each(['link-expired', 'link-used', 'account-unavailable'] as const)('ends with %s', (code) => {
    expect(answered(fails(code))).toEqual({ phase: 'ended', end: code });
  });

  it('asks for a code when the account has become an administrator’s meanwhile', () => {
    const working: Choosing = { phase: 'open', link, isWorking: true };
    const outcome = fails('code-needed');
    expect(nextChoosing(working, { kind: 'answered', outcome })).toEqual({
      ...open,
      code: unsent,
      problem: problem('code-needed'),
    });
  });

  it('keeps the form after a wrong code, and ends after one too many', () => {
    const working: Choosing = { phase: 'open', link, isWorking: true, code: sent };
    const failedWith = (code: ProblemCode) =>
      nextChoosing(working, { kind: 'answered', outcome: fails(code) });
    expect(failedWith('code-wrong')).toEqual({ ...open, code: sent, problem: problem('code-wrong') });
    expect(failedWith('code-expired')).toEqual({ ...open, code: sent, problem: problem('code-expired') });
    expect(failedWith('link-locked')).toEqual({ phase: 'ended', end: 'link-locked' });
  });
});
