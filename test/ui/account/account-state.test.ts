import { describe, expect, it } from 'vitest';
import type { AccountView } from '../../../server/http/account-contract.ts';
import type { Outcome, ProblemCode } from '../../../ui/call.ts';
import { readRoom } from '../../../ui/pages/account/account-room.ts';
import { type AccountState, beginAccount, nextAccount } from '../../../ui/pages/account/account-state.ts';
import { createPerson, viewOf } from '../../support/browser/account-person.ts';

const view = viewOf(createPerson(), []);
const signedIn: AccountState = { phase: 'signed-in', view };
const fails = (code: ProblemCode): Outcome<AccountView> => ({ isOk: false, code, faults: [] });
const opened = (state: AccountState, outcome: Outcome<AccountView>): AccountState =>
  nextAccount(state, { kind: 'opened', outcome });
const answered = (outcome: Outcome<AccountView>): AccountState =>
  nextAccount(
    { ...signedIn, work: 'up-email' },
    { kind: 'answered', place: 'contacts', done: 'moved', outcome },
  );

describe('My Account', () => {
  it('asks first who is signed in, and says nothing to those who are not', () => {
    expect(beginAccount()).toEqual({ phase: 'opening', isExpected: false });
    expect(opened(beginAccount(), fails('signed-out'))).toEqual({ phase: 'signed-out' });
    expect(opened(beginAccount(), fails('no-connection'))).toEqual({ phase: 'signed-out' });
    expect(opened(beginAccount(), { isOk: true, body: view })).toEqual(signedIn);
  });

  it('says why it did not open to somebody who was let in', () => {
    const letIn = nextAccount({ phase: 'signed-out' }, { kind: 'let-in' });
    expect(letIn).toEqual({ phase: 'opening', isExpected: true });
    expect(opened(letIn, fails('jellyfin-unreachable'))).toEqual({
      phase: 'signed-out',
      reason: 'jellyfin-unreachable',
    });
  });

  it('goes on to the sign-in after a new password', () => {
    const changed = nextAccount(signedIn, { kind: 'password-changed' });
    expect(nextAccount(changed, { kind: 'signed-off' })).toMatchObject({ phase: 'signed-out' });
  });

  it('shows the new view after a change, and the old one with the problem after one that failed', () => {
    const next = { ...view, contacts: [] };
    expect(answered({ isOk: true, body: next })).toEqual({
      phase: 'signed-in',
      view: next,
      told: { place: 'contacts', done: 'moved' },
    });
    expect(answered(fails('unavailable'))).toEqual({
      phase: 'signed-in',
      view,
      told: { place: 'contacts', problem: 'unavailable' },
    });
  });

  it('is back at the sign-in wherever the server says that nobody is signed in', () => {
    const out = { phase: 'signed-out', reason: 'signed-out' };
    expect(answered(fails('signed-out'))).toEqual(out);
    expect(nextAccount(signedIn, { kind: 'thrown-out' })).toEqual(out);
    expect(nextAccount(signedIn, { kind: 'signed-off' })).toMatchObject({ reason: 'signed-off' });
  });

  it('keeps what was told when a view comes by itself, and drops it when the person goes on', () => {
    const told: AccountState = { ...signedIn, told: { place: 'contacts', done: 'saved' } };
    expect(nextAccount(told, { kind: 'viewed', view })).toEqual(told);
    expect(nextAccount(told, { kind: 'went-on' })).toEqual(signedIn);
  });

  it('asks anew when it comes back out of the memory of the browser', () => {
    expect(nextAccount(signedIn, { kind: 'shown-again' })).toEqual({ phase: 'opening', isExpected: true });
  });

  it('follows no event that does not fit: an answer that comes late opens nothing', () => {
    const out: AccountState = { phase: 'signed-out' };
    expect(opened(out, { isOk: true, body: view })).toBe(out);
    expect(nextAccount(out, { kind: 'viewed', view })).toBe(out);
    expect(nextAccount(out, { kind: 'done', place: 'contacts', done: 'saved' })).toBe(out);
    expect(nextAccount(signedIn, { kind: 'let-in' })).toBe(signedIn);
  });
});

describe('readRoom', () => {
  it('reads what the page wrote into the history', () => {
    expect(readRoom({ kind: 'password' })).toEqual({ kind: 'password' });
    expect(readRoom({ kind: 'remove', channel: 'email' })).toEqual({ kind: 'remove', channel: 'email' });
  });

  it.each([undefined, null, 'link', { kind: 'link' }, { kind: 'link', channel: 7 }, { kind: 'admin' }])(
    'makes nothing of %j',
    (kept) => expect(readRoom(kept)).toBeUndefined(),
  );
});
