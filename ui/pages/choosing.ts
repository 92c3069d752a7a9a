import type {
  CodeAnswer,
  CodeChannel,
  LinkAnswer,
  PasswordAnswer,
  PasswordFault,
} from '../../server/http/contract.ts';
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

/** How far the code is that is needed besides the link. */
export interface CodeState {
  /** Whether one is on its way; until then nothing is typed. */
  readonly isSent: boolean;
  readonly isSending: boolean;
  /** Those the last one went out on. */
  readonly channels: readonly CodeChannel[];
}

const UNSENT: CodeState = { isSent: false, isSending: false, channels: [] };

/** Where the page stands on which a password is chosen. */
export type Choosing =
  | { readonly phase: 'checking' }
  | { readonly phase: 'unchecked'; readonly problem: Problem }
  | {
      readonly phase: 'open';
      readonly link: OpenLink;
      readonly isWorking: boolean;
      /** Absent: none is needed. */
      readonly code?: CodeState;
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
  | {
      readonly kind: 'checked';
      readonly outcome: Outcome<LinkAnswer>;
      /** Where a code went that this page had sent before it was loaded anew. */
      readonly sentOn?: readonly CodeChannel[] | undefined;
    }
  | { readonly kind: 'code-asked' }
  | { readonly kind: 'code-answered'; readonly outcome: Outcome<CodeAnswer> }
  | { readonly kind: 'submitted' }
  | { readonly kind: 'answered'; readonly outcome: Outcome<PasswordAnswer> };

const ENDS: Readonly<Record<EndCode, true>> = {
  'link-expired': true,
  'link-used': true,
  'link-locked': true,
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

function afterCheck(outcome: Outcome<LinkAnswer>, sentOn?: readonly CodeChannel[]): Choosing {
  if (!outcome.isOk) {
    if (isEnd(outcome.code)) return { phase: 'ended', end: outcome.code };
    return { phase: 'unchecked', problem: { code: outcome.code, faults: [] } };
  }
  const { body } = outcome;
  switch (body.state) {
    case 'open': {
      const code = sentOn === undefined ? UNSENT : { isSent: true, isSending: false, channels: sentOn };
      return { phase: 'open', link: body, isWorking: false, ...(body.needsCode ? { code } : {}) };
    }
    case 'expired':
    case 'used':
    case 'unknown':
      return { phase: 'ended', end: `link-${body.state}` };
    default:
      // A server newer than this page; a page out of a cache.
      return { phase: 'unchecked', problem: { code: 'internal', faults: [] } };
  }
}

type OpenPage = Extract<Choosing, { phase: 'open' }>;

function afterCode(page: OpenPage, outcome: Outcome<CodeAnswer>): Choosing {
  const { link, code = UNSENT } = page;
  const open = { phase: 'open', link, isWorking: false } as const;
  if (outcome.isOk) {
    const { channels } = outcome.body;
    // Nobody who is an administrator any more is asked for a code.
    return channels.length === 0 ? open : { ...open, code: { isSent: true, isSending: false, channels } };
  }
  if (isEnd(outcome.code)) return afterAnswer(page, outcome);
  // Where no further one is sent, the last one can still be typed.
  const isSent = code.isSent || outcome.code === 'codes-used-up';
  return {
    ...open,
    code: { ...code, isSent, isSending: false },
    problem: { code: outcome.code, faults: [] },
  };
}

function afterAnswer({ link, code }: OpenPage, outcome: Outcome<PasswordAnswer>): Choosing {
  if (outcome.isOk) return { phase: 'ended', end: 'done', signInUrl: outcome.body.signInUrl };
  const { code: why, faults, url } = outcome;
  // It was good when this page asked: a PIN, for one, makes a new link of itself wherever it is used again.
  if (why === 'link-unknown') return { phase: 'ended', end: 'link-superseded' };
  if (isEnd(why)) return { phase: 'ended', end: why, ...(url === undefined ? {} : { elsewhereUrl: url }) };
  const problem = { code: why, faults };
  // Somebody became an administrator since the page was opened.
  const step = why === 'code-needed' ? UNSENT : code;
  return { phase: 'open', link, isWorking: false, problem, ...(step === undefined ? {} : { code: step }) };
}

function withoutProblem({ problem: _, ...page }: OpenPage): OpenPage {
  return page;
}

/** The next state of the page. Pure; an event that does not fit the state changes nothing, and no state follows an end. */
export function nextChoosing(state: Choosing, event: ChoosingEvent): Choosing {
  switch (event.kind) {
    case 'check-again':
      return state.phase === 'unchecked' ? { phase: 'checking' } : state;
    case 'checked':
      return state.phase === 'checking' ? afterCheck(event.outcome, event.sentOn) : state;
    case 'code-asked':
      return state.phase === 'open' && state.code !== undefined
        ? { ...withoutProblem(state), code: { ...state.code, isSending: true } }
        : state;
    case 'code-answered':
      return state.phase === 'open' && state.code?.isSending === true
        ? afterCode(state, event.outcome)
        : state;
    case 'submitted':
      return state.phase === 'open' ? { ...withoutProblem(state), isWorking: true } : state;
    case 'answered':
      return state.phase === 'open' && state.isWorking ? afterAnswer(state, event.outcome) : state;
  }
}
