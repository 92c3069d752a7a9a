import type { AccountView } from '../../../server/http/account-contract.ts';
import type { Outcome, ProblemCode } from '../../call.ts';

/** The part of the page that something is about: its sentence stands there. */
export type Place = 'contacts' | 'language' | 'devices' | 'page';

/** What went well, by its words. */
export type Done = 'saved' | 'moved' | 'removed' | 'language' | 'device' | 'devices';

/** Why somebody is signed out who wanted to be in, or was. */
export type SignedOutReason = ProblemCode | 'not-handed-over' | 'signed-off';

/** Where My Account stands. */
export type AccountState =
  /** Asks who is signed in; `isExpected`: somebody should be. */
  | { readonly phase: 'opening'; readonly isExpected: boolean }
  | { readonly phase: 'signed-out'; readonly reason?: SignedOutReason }
  | {
      readonly phase: 'signed-in';
      readonly view: AccountView;
      /** The change that is under way, by the id of its button. */
      readonly work?: string;
      /** A new object for each, so that the same one is told again. */
      readonly told?: Told;
    }
  | { readonly phase: 'password-changed' };

/** My Account while somebody is signed in. */
export type SignedInState = Extract<AccountState, { phase: 'signed-in' }>;

/** How the last change ended, and where that is said. */
export type Told =
  | { readonly place: Place; readonly done: Done }
  | { readonly place: Place; readonly problem: ProblemCode };

/** What can happen to it. */
export type AccountEvent =
  | { readonly kind: 'opened'; readonly outcome: Outcome<AccountView> }
  | { readonly kind: 'not-handed-over' }
  /** By the forms of the signed-out page. */
  | { readonly kind: 'let-in' }
  /** The page comes back out of the browser's memory. */
  | { readonly kind: 'shown-again' }
  | { readonly kind: 'began'; readonly work: string }
  /** The person turned to something else: what was told is read. */
  | { readonly kind: 'went-on' }
  | {
      readonly kind: 'answered';
      readonly place: Place;
      readonly done: Done;
      readonly outcome: Outcome<AccountView>;
    }
  /** A view that came without a change of the person's on this page. */
  | { readonly kind: 'viewed'; readonly view: AccountView }
  | { readonly kind: 'done'; readonly place: Place; readonly done: Done }
  /** The server says that nobody is signed in. */
  | { readonly kind: 'thrown-out' }
  | { readonly kind: 'signed-off' }
  | { readonly kind: 'password-changed' };

/** A change of the overview: only one at a time. */
export type Change = (
  work: string,
  place: Place,
  done: Done,
  ask: () => Promise<Outcome<AccountView>>,
) => void;

/** Where the page begins: it asks who is signed in. */
export function beginAccount(): AccountState {
  return { phase: 'opening', isExpected: false };
}

function afterOpening(isExpected: boolean, outcome: Outcome<AccountView>): AccountState {
  if (outcome.isOk) return { phase: 'signed-in', view: outcome.body };
  // Most who come are not signed in, and want to hear nothing of it.
  return isExpected ? { phase: 'signed-out', reason: outcome.code } : { phase: 'signed-out' };
}

function whileSignedIn(state: SignedInState, event: AccountEvent): AccountState | undefined {
  const { view, work } = state;
  switch (event.kind) {
    case 'began':
      return { phase: 'signed-in', view, work: event.work };
    case 'answered': {
      const { place, done, outcome } = event;
      if (outcome.isOk) return { phase: 'signed-in', view: outcome.body, told: { place, done } };
      if (outcome.code === 'signed-out') return { phase: 'signed-out', reason: 'signed-out' };
      return { phase: 'signed-in', view, told: { place, problem: outcome.code } };
    }
    case 'went-on':
      return { phase: 'signed-in', view, ...(work === undefined ? {} : { work }) };
    case 'viewed':
      return { ...state, view: event.view };
    case 'done':
      return { phase: 'signed-in', view, told: { place: event.place, done: event.done } };
    case 'thrown-out':
      return { phase: 'signed-out', reason: 'signed-out' };
    case 'signed-off':
      return { phase: 'signed-out', reason: 'signed-off' };
    case 'password-changed':
      return { phase: 'password-changed' };
    default:
      return undefined;
  }
}

/** The next state of the page. Pure; an event that does not fit the state changes nothing. */
export function nextAccount(state: AccountState, event: AccountEvent): AccountState {
  if (event.kind === 'shown-again') return { phase: 'opening', isExpected: state.phase === 'signed-in' };
  switch (state.phase) {
    case 'opening':
      if (event.kind === 'opened') return afterOpening(state.isExpected, event.outcome);
      return event.kind === 'not-handed-over' ? { phase: 'signed-out', reason: 'not-handed-over' } : state;
    case 'signed-in':
      return whileSignedIn(state, event) ?? state;
    case 'signed-out':
      return event.kind === 'let-in' ? { phase: 'opening', isExpected: true } : state;
    case 'password-changed':
      return event.kind === 'signed-off' ? { phase: 'signed-out', reason: 'signed-off' } : state;
  }
}
