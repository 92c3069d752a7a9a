import type { LinkAnswer, PasswordAnswer, PasswordFault } from '../../server/http/contract.ts';
import type { Outcome, ProblemCode } from '../call.ts';
import type { LinkToken } from '../fragment-secret.ts';
import type { EndCode, EndWords, ProblemWords } from '../strings/en.ts';

/** What a link that is still good says about itself. */
export type OpenLink = Extract<LinkAnswer, { state: 'open' }>;

/** Why the last attempt failed, while the form stays. A new object for each attempt. */
export interface Problem {
  readonly code: keyof ProblemWords;
  readonly faults: readonly PasswordFault[];
}

/** Where the page stands on which a password is chosen. */
export type Choosing =
  | { readonly phase: 'checking' }
  | { readonly phase: 'unchecked'; readonly problem: Problem }
  | {
      readonly phase: 'open';
      readonly link: OpenLink;
      readonly isWorking: boolean;
      readonly problem?: Problem;
    }
  | {
      readonly phase: 'ended';
      readonly end: keyof EndWords;
      readonly signInUrl?: string;
      /** Where a password is changed that Jellyfin does not keep. */
      readonly elsewhereUrl?: string;
    };

/** What can happen to it. */
export type ChoosingEvent =
  | { readonly kind: 'check-again' }
  | { readonly kind: 'checked'; readonly outcome: Outcome<LinkAnswer> }
  | { readonly kind: 'submitted' }
  | { readonly kind: 'answered'; readonly outcome: Outcome<PasswordAnswer> };

const ENDS: Readonly<Record<EndCode, true>> = {
  'link-expired': true,
  'link-used': true,
  'link-unknown': true,
  'account-unavailable': true,
  'account-elsewhere': true,
};

function isEnd(code: ProblemCode): code is EndCode {
  return Object.keys(ENDS).includes(code);
}

/** Where the page begins, for what stood in the address. */
export function beginChoosing(link: LinkToken): Choosing {
  if (link.kind === 'token') return { phase: 'checking' };
  return { phase: 'ended', end: link.kind === 'broken' ? 'link-broken' : 'link-missing' };
}

function afterCheck(outcome: Outcome<LinkAnswer>): Choosing {
  if (!outcome.isOk) {
    if (isEnd(outcome.code)) return { phase: 'ended', end: outcome.code };
    return { phase: 'unchecked', problem: { code: outcome.code, faults: [] } };
  }
  const { body } = outcome;
  switch (body.state) {
    case 'open':
      return { phase: 'open', link: body, isWorking: false };
    case 'expired':
    case 'used':
    case 'unknown':
      return { phase: 'ended', end: `link-${body.state}` };
    default:
      // A server newer than this page; a page out of a cache.
      return { phase: 'unchecked', problem: { code: 'internal', faults: [] } };
  }
}

function afterAnswer(link: OpenLink, outcome: Outcome<PasswordAnswer>): Choosing {
  if (outcome.isOk) return { phase: 'ended', end: 'done', signInUrl: outcome.body.signInUrl };
  const { code, faults, url } = outcome;
  // It was good when this page asked: a PIN, for one, makes a new link of itself wherever it is used again.
  if (code === 'link-unknown') return { phase: 'ended', end: 'link-superseded' };
  if (isEnd(code)) return { phase: 'ended', end: code, ...(url === undefined ? {} : { elsewhereUrl: url }) };
  return { phase: 'open', link, isWorking: false, problem: { code, faults } };
}

/** The next state of the page. Pure; an event that does not fit the state changes nothing, and no state follows an end. */
export function nextChoosing(state: Choosing, event: ChoosingEvent): Choosing {
  switch (event.kind) {
    case 'check-again':
      return state.phase === 'unchecked' ? { phase: 'checking' } : state;
    case 'checked':
      return state.phase === 'checking' ? afterCheck(event.outcome) : state;
    case 'submitted':
      return state.phase === 'open' ? { phase: 'open', link: state.link, isWorking: true } : state;
    case 'answered':
      return state.phase === 'open' && state.isWorking ? afterAnswer(state.link, event.outcome) : state;
  }
}
