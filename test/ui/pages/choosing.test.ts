import { describe, expect, it } from 'vitest';
import type { LinkAnswer, PasswordAnswer } from '../../../server/http/contract.ts';
import type { Outcome, ProblemCode } from '../../../ui/call.ts';
import { beginChoosing, type Choosing, nextChoosing, type OpenLink } from '../../../ui/pages/choosing.ts';

const link: OpenLink = {
  state: 'open',
  userName: 'ana',
  serverName: 'Attic',
  passwordRules: { minLength: 8, maxLength: 128 },
};
const open: Choosing = { phase: 'open', link, isWorking: false };
const working: Choosing = { phase: 'open', link, isWorking: true };
const fails = (code: ProblemCode): Outcome<never> => ({ isOk: false, code, faults: [] });
const checked = (body: LinkAnswer): Choosing =>
  nextChoosing({ phase: 'checking' }, { kind: 'checked', outcome: { isOk: true, body } });
const answered = (outcome: Outcome<PasswordAnswer>): Choosing =>
  nextChoosing(working, { kind: 'answered', outcome });

describe('the page where a password is chosen', () => {
  it('begins by checking a token, and asks nobody about a link without one', () => {
    expect(beginChoosing({ kind: 'token', token: 't' })).toEqual({ phase: 'checking' });
    expect(beginChoosing({ kind: 'none' })).toEqual({ phase: 'ended', end: 'link-missing' });
    expect(beginChoosing({ kind: 'broken' })).toEqual({ phase: 'ended', end: 'link-broken' });
  });

  it('shows the form for an open link', () => {
    expect(checked(link)).toEqual(open);
  });

  it.each(['expired', 'used', 'unknown'] as const)('ends with a link that is %s', (state) => {
    expect(checked({ state })).toEqual({ phase: 'ended', end: `link-${state}` });
  });

  it('can check again after a check that failed', () => {
    const unchecked = nextChoosing(
      { phase: 'checking' },
      { kind: 'checked', outcome: fails('no-connection') },
    );
    expect(unchecked).toEqual({ phase: 'unchecked', problem: { code: 'no-connection', faults: [] } });
    expect(nextChoosing(unchecked, { kind: 'check-again' })).toEqual({ phase: 'checking' });
  });

  it('takes an answer it does not know for a failure, not for an open link', () => {
    const strange = { state: 'paused' } as unknown as LinkAnswer;
    expect(checked(strange).phase).toBe('unchecked');
  });

  it('works after a submission, and forgets the problem of the one before', () => {
    const failed = answered(fails('jellyfin-unreachable'));
    expect(nextChoosing(failed, { kind: 'submitted' })).toEqual(working);
  });

  it('ends when the password is set, and knows where to sign in', () => {
    expect(answered({ isOk: true, body: { signInUrl: '../web/' } })).toEqual({
      phase: 'ended',
      end: 'done',
      signInUrl: '../web/',
    });
  });

  it('ends where a password is kept elsewhere, and knows where that is', () => {
    const url = 'https://id.example.org/';
    expect(answered({ isOk: false, code: 'account-elsewhere', faults: [], url })).toEqual({
      phase: 'ended',
      end: 'account-elsewhere',
      elsewhereUrl: url,
    });
  });

  it.each(['link-expired', 'link-used', 'account-unavailable', 'account-elsewhere'] as const)(
    'ends at %s',
    (code) => {
      expect(answered(fails(code))).toEqual({ phase: 'ended', end: code });
    },
  );

  it('says that it went on elsewhere where a link is not known any more that was good when the page opened', () => {
    expect(answered(fails('link-unknown'))).toEqual({ phase: 'ended', end: 'link-superseded' });
  });

  it.each([
    'no-connection',
    'jellyfin-unreachable',
    'change-not-kept',
    'link-busy',
    'password-refused',
    'too-many-requests',
    'bad-body',
    'not-found',
    'internal',
  ] as const)('keeps the form at %s, for another attempt', (code) => {
    expect(answered(fails(code))).toEqual({ ...open, problem: { code, faults: [] } });
  });

  it('follows no event that does not fit: nothing comes after an end', () => {
    const end: Choosing = { phase: 'ended', end: 'done' };
    expect(nextChoosing(end, { kind: 'submitted' })).toBe(end);
    expect(nextChoosing(end, { kind: 'check-again' })).toBe(end);
    expect(nextChoosing(end, { kind: 'answered', outcome: fails('internal') })).toBe(end);
    expect(nextChoosing(open, { kind: 'answered', outcome: fails('link-used') })).toBe(open);
  });
});
