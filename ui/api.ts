import type {
  CodeAnswer,
  CodeBody,
  LinkAnswer,
  LinkBody,
  PasswordAnswer,
  PasswordBody,
  PinAnswer,
  PinBody,
  ResetRequestAnswer,
  ResetRequestBody,
} from '../server/http/contract.ts';
import { createCall, failed, type Outcome } from './call.ts';
import { type Solve, solve as solveHere } from './proof/solve.ts';

/** The calls our pages make. None of them throws or rejects. */
export interface Api {
  /** Asks for a message; says nothing about whether the account exists. */
  requestReset(body: ResetRequestBody): Promise<Outcome<ResetRequestAnswer>>;
  /** Tells what a link is good for; changes nothing. */
  checkLink(body: LinkBody): Promise<Outcome<LinkAnswer>>;
  /** Exchanges a PIN for the token of a link; the PIN stays good. */
  exchangePin(body: PinBody): Promise<Outcome<PinAnswer>>;
  /** Has the code sent that a link needs besides. */
  sendCode(body: CodeBody): Promise<Outcome<CodeAnswer>>;
  /** Spends a link on a new password. */
  setPassword(body: PasswordBody): Promise<Outcome<PasswordAnswer>>;
  /** The common passwords as the server compares them, or undefined when they cannot be had. */
  loadCommonPasswords(): Promise<ReadonlySet<string> | undefined>;
}

/**
 * Makes the calls of our pages. Addresses are relative to the page, `<base>/gatehouse/…`.
 *
 * @param fetch The browser's `fetch`.
 * @param timeoutMs When a call counts as lost, default 60,000.
 * @param solve How puzzles are solved that the server may give to whoever asks.
 */
export function createApi(fetch: typeof globalThis.fetch, timeoutMs?: number, solve: Solve = solveHere): Api {
  const post = createCall(fetch, timeoutMs);

  /** Posts a body, and once more with the puzzle solved where the server gives one. */
  async function postWithProof<Body>(address: string, body: object): Promise<Outcome<Body>> {
    const asked = await post<Body>(address, body);
    if (asked.isOk || asked.challenge === undefined) return asked;
    // Nothing of a strange puzzle may throw.
    const proof = await solve(asked.challenge).catch(() => undefined);
    return proof === undefined ? failed('proof-needed') : post<Body>(address, { ...body, proof });
  }

  return {
    requestReset: (body) => postWithProof<ResetRequestAnswer>('api/reset-requests', body),
    sendCode: (body) => postWithProof<CodeAnswer>('api/codes', body),
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
