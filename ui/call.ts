import type { ApiError, ApiErrorCode, PasswordFault, WorkChallenge } from '../server/http/contract.ts';

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

/** Setting a password takes Jellyfin 1 to 10 s; beyond this we take the connection for broken. */
const TIMEOUT_MS = 60_000;

/** A call that failed for this reason. */
export function failed(code: ProblemCode, faults: readonly PasswordFault[] = []): Failed {
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
  'code-needed': true,
  'code-wrong': true,
  'code-expired': true,
  'codes-used-up': true,
  'link-locked': true,
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

/** Posts a body to an address, relative to the page. Never throws or rejects. */
export type Call = <Body>(address: string, body: object) => Promise<Outcome<Body>>;

/**
 * Makes what all calls of our pages go through: JSON both ways, only to the server the page came from.
 *
 * @param fetch The browser's `fetch`.
 * @param timeoutMs When a call counts as lost, default 60,000.
 */
export function createCall(fetch: typeof globalThis.fetch, timeoutMs = TIMEOUT_MS): Call {
  return async <Body>(address: string, body: object): Promise<Outcome<Body>> => {
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
  };
}
