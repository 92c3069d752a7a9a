import type {
  ApiError,
  ApiErrorCode,
  LinkAnswer,
  LinkBody,
  PasswordAnswer,
  PasswordBody,
  PasswordFault,
  PinAnswer,
  PinBody,
  ResetRequestAnswer,
  ResetRequestBody,
  WorkChallenge,
} from '../server/http/contract.ts';
import { type Solve, solve as solveHere } from './proof/solve.ts';

/** Why a call did not do what was asked: the server's code, or none of its answers came through. */
export type ProblemCode = ApiErrorCode | 'no-connection';

/** How a call ended. */
export type Outcome<Body> =
  | { readonly isOk: true; readonly body: Body }
  | {
      readonly isOk: false;
      readonly code: ProblemCode;
      readonly faults: readonly PasswordFault[];
      /** Only with `account-elsewhere`, and only an http or https address. */
      readonly url?: string;
      /** Only with `proof-needed`. */
      readonly challenge?: WorkChallenge;
    };

/** A call that did not do what was asked. */
export type Failed = Extract<Outcome<never>, { isOk: false }>;

/** The calls our pages make. None of them throws or rejects. */
export interface Api {
  /** Asks for a message; says nothing about whether the account exists. */
  requestReset(body: ResetRequestBody): Promise<Outcome<ResetRequestAnswer>>;
  /** Tells what a link is good for; changes nothing. */
  checkLink(body: LinkBody): Promise<Outcome<LinkAnswer>>;
  /** Exchanges a PIN for the token of a link; the PIN stays good. */
  exchangePin(body: PinBody): Promise<Outcome<PinAnswer>>;
  /** Spends a link on a new password. */
  setPassword(body: PasswordBody): Promise<Outcome<PasswordAnswer>>;
  /** The common passwords as the server compares them, or undefined when they cannot be had. */
  loadCommonPasswords(): Promise<ReadonlySet<string> | undefined>;
}

/** Setting a password takes Jellyfin 1 to 10 s; beyond this we take the connection for broken. */
const TIMEOUT_MS = 60_000;

function failed(code: ProblemCode, faults: readonly PasswordFault[] = []): Failed {
  return { isOk: false, code, faults };
}

const CODES: Readonly<Record<ApiErrorCode, true>> = {
  'bad-body': true,
  'link-unknown': true,
  'link-expired': true,
  'link-used': true,
  'link-busy': true,
  'password-refused': true,
  'account-unavailable': true,
  'account-elsewhere': true,
  'jellyfin-unreachable': true,
  'change-not-kept': true,
  'too-many-requests': true,
  'proof-needed': true,
  'signed-out': true,
  'sign-in-refused': true,
  'password-wrong': true,
  'address-refused': true,
  'code-wrong': true,
  'code-expired': true,
  'not-found': true,
  unavailable: true,
  internal: true,
};

/** The object in an answer; a proxy in front may have put a page of its own in its place. */
async function readObject(response: Response): Promise<object | undefined> {
  const text = await response.text();
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

async function readOutcome<Body>(response: Response): Promise<Outcome<Body>> {
  const body = await readObject(response);
  if (response.ok) return body === undefined ? failed('internal') : { isOk: true, body: body as Body };
  const { code, faults, url, challenge }: Partial<ApiError> = body ?? {};
  if (code !== undefined && Object.keys(CODES).includes(code)) {
    const known = { ...failed(code, faults), ...(challenge === undefined ? {} : { challenge }) };
    return typeof url === 'string' && /^https?:\/\//i.test(url) ? { ...known, url } : known;
  }
  return failed(response.status === 429 ? 'too-many-requests' : 'internal');
}

/**
 * Makes the calls of our pages. Addresses are relative to the page, `<base>/gatehouse/…`.
 *
 * @param fetch The browser's `fetch`.
 * @param timeoutMs When a call counts as lost, default 60,000.
 * @param solve How puzzles are solved that the server may give to whoever asks.
 */
export function createApi(
  fetch: typeof globalThis.fetch,
  timeoutMs = TIMEOUT_MS,
  solve: Solve = solveHere,
): Api {
  async function post<Body>(address: string, body: object): Promise<Outcome<Body>> {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), timeoutMs);
    try {
      const response = await fetch(address, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
        body: JSON.stringify(body),
        mode: 'same-origin',
        cache: 'no-store',
        referrerPolicy: 'no-referrer',
        signal: abort.signal,
      });
      return await readOutcome<Body>(response);
    } catch {
      return failed('no-connection');
    } finally {
      clearTimeout(timer);
    }
  }
  return {
    async requestReset(body) {
      const asked = await post<ResetRequestAnswer>('api/reset-requests', body);
      if (asked.isOk || asked.challenge === undefined) return asked;
      // Nothing of a strange puzzle may throw.
      const proof = await solve(asked.challenge).catch(() => undefined);
      return proof === undefined
        ? failed('proof-needed')
        : post<ResetRequestAnswer>('api/reset-requests', { ...body, proof });
    },
    checkLink: (body) => post<LinkAnswer>('api/links', body),
    exchangePin: (body) => post<PinAnswer>('api/pins', body),
    setPassword: (body) => post<PasswordAnswer>('api/passwords', body),
    async loadCommonPasswords() {
      try {
        const response = await fetch('common-passwords.txt', { mode: 'same-origin' });
        const isText = response.headers.get('Content-Type')?.startsWith('text/plain') ?? false;
        if (!response.ok || !isText) return undefined;
        const lines = (await response.text()).split('\n').map((line) => line.trim());
        return new Set(lines.filter((line) => line !== ''));
      } catch {
        return undefined;
      }
    },
  };
}
