/** 256 bits in base64url, as in `server/contract.ts`; mail programs like to add a full stop or a bracket. */
const TOKEN = /^#([A-Za-z0-9_-]{43})(?![A-Za-z0-9_-])/;

/** What the address said about a reset link. */
export type LinkToken =
  | { readonly kind: 'token'; readonly token: string }
  /** Something stands in the address, but it is no whole token: the link was cut off. */
  | { readonly kind: 'broken' }
  | { readonly kind: 'none' };

/** The part of `window` in which a link token lives. */
export type TokenPlace = Pick<Window, 'location' | 'history'>;

function read(state: unknown): string | undefined {
  if (typeof state !== 'object' || state === null || !('resetToken' in state)) return undefined;
  return typeof state.resetToken === 'string' ? state.resetToken : undefined;
}

/**
 * Takes the token of a reset link out of the address bar, and keeps it in the state of this one history entry, so that a
 * reload still finds it. That place is better than sessionStorage: one call moves it, it is gone with the tab, and
 * Jellyfin's client, which is on the same origin and in the same tab after the sign-in, cannot read it.
 * Idempotent: called again it gives the same token until {@link forgetToken}.
 * Source: OWASP Forgot Password O23; ASVS 14.2.1.
 */
export function takeToken({ location, history }: TokenPlace): LinkToken {
  if (location.hash.length > 1) {
    const token = TOKEN.exec(location.hash)?.[1];
    history.replaceState(token === undefined ? null : { resetToken: token }, '', location.pathname);
    return token === undefined ? { kind: 'broken' } : { kind: 'token', token };
  }
  const kept = read(history.state);
  return kept === undefined ? { kind: 'none' } : { kind: 'token', token: kept };
}

/** Forgets the token kept by {@link takeToken}. Idempotent. */
export function forgetToken({ location, history }: TokenPlace): void {
  history.replaceState(null, '', location.pathname);
}
