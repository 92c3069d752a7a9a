import { createTypedCode, readTypedCode, showTypedCode } from '../secrets/contact-code.ts';
import { isSameSecret } from '../secrets/same-secret.ts';
import { createToken, hashToken } from '../secrets/token.ts';

/** What the door tells: a code as people read it, and why there is one; who was let in; who typed a wrong one. */
export type DoorEvent =
  | { readonly kind: 'code'; readonly code: string; readonly reason: CodeReason }
  | { readonly kind: 'let-in' | 'wrong-code'; readonly clientAddress: string };

/** At the start; because the last one was used; because it was guessed at. */
export type CodeReason = 'start' | 'used' | 'guessed';

/** What became of a code that was typed. */
export type Tried =
  /** `cookie` is what the browser shows from now on; the one that was let in before is out. */
  | { readonly kind: 'in'; readonly cookie: string }
  | { readonly kind: 'wrong' }
  /** Too many wrong ones; none is looked at. */
  | { readonly kind: 'wait'; readonly seconds: number };

/**
 * Who may set up: one browser, in which somebody typed the code that only the log shows. There is always one code that was not used
 * yet, so that another browser can take over.
 */
export interface SetupDoor {
  /** Tries a code as somebody typed it. @param client Their address. */
  enter(typed: string, client: string): Tried;
  /** Whether that is the browser that was let in last. */
  isIn(cookie: string | undefined): boolean;
}

/** Wrong codes until there is another one: five guesses at 40 bits. Source: ASVS 5.0 6.5.1, 6.6.3. */
export const WRONG_CODES = 5;

/** How long no code is looked at then, in milliseconds. */
export const PAUSE_MS = 60_000;

/**
 * Makes the door, and its first code.
 *
 * @param now The time in milliseconds.
 */
export function createSetupDoor(
  tell: (event: DoorEvent) => void,
  now: () => number = () => performance.now(),
): SetupDoor {
  let codeHash: string;
  let sessionHash: string | undefined;
  let wrong = 0;
  let closedUntil = Number.NEGATIVE_INFINITY;

  function renew(reason: CodeReason): void {
    const code = createTypedCode();
    codeHash = hashToken(code);
    wrong = 0;
    tell({ kind: 'code', code: showTypedCode(code), reason });
  }
  renew('start');

  return {
    enter(typed, clientAddress) {
      const left = closedUntil - now();
      if (left > 0) return { kind: 'wait', seconds: Math.ceil(left / 1000) };
      if (isSameSecret(hashToken(readTypedCode(typed) ?? ''), codeHash)) {
        const cookie = createToken();
        sessionHash = hashToken(cookie);
        tell({ kind: 'let-in', clientAddress });
        renew('used');
        return { kind: 'in', cookie };
      }
      wrong += 1;
      tell({ kind: 'wrong-code', clientAddress });
      if (wrong === WRONG_CODES) {
        closedUntil = now() + PAUSE_MS;
        renew('guessed');
      }
      return { kind: 'wrong' };
    },
    isIn: (cookie) =>
      cookie !== undefined && sessionHash !== undefined && isSameSecret(hashToken(cookie), sessionHash),
  };
}
