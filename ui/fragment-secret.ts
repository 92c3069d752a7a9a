/** What the address said about a secret in its fragment. */
export type FragmentSecret =
  | { readonly kind: 'whole'; readonly secret: string }
  /** Something stands in the fragment, but it is no whole secret: the link was cut off. */
  | { readonly kind: 'broken' }
  | { readonly kind: 'none' };

/** How a secret is recognised and kept. */
export interface SecretShape {
  /** Its name in the state of the history entry. */
  readonly name: string;
  /** Matches the fragment with its `#`; the first group is the secret. */
  readonly pattern: RegExp;
}

/** The part of `window` in which a secret lives. */
export type SecretPlace = Pick<Window, 'location' | 'history'>;

/**
 * Takes a secret out of the address bar, and keeps it in the state of this one history entry, so that a reload still
 * finds it. That place is better than sessionStorage: one call moves it, it is gone with the tab, and Jellyfin's client,
 * which is on the same origin and in the same tab after the sign-in, cannot read it.
 * Idempotent: called again it gives the same secret until {@link forgetSecret}.
 * Source: OWASP Forgot Password O23; ASVS 14.2.1.
 */
export function takeSecret(
  { location, history }: SecretPlace,
  { name, pattern }: SecretShape,
): FragmentSecret {
  if (location.hash.length > 1) {
    const secret = pattern.exec(location.hash)?.[1];
    history.replaceState(secret === undefined ? null : { [name]: secret }, '', location.pathname);
    return secret === undefined ? { kind: 'broken' } : { kind: 'whole', secret };
  }
  const kept = read(history.state, name);
  return kept === undefined ? { kind: 'none' } : { kind: 'whole', secret: kept };
}

/** Forgets what {@link takeSecret} kept. Idempotent. */
export function forgetSecret({ location, history }: SecretPlace): void {
  history.replaceState(null, '', location.pathname);
}

function read(state: unknown, name: string): string | undefined {
  if (typeof state !== 'object' || state === null) return undefined;
  const value: unknown = (state as Record<string, unknown>)[name];
  return typeof value === 'string' ? value : undefined;
}

/** 16 signs of Crockford's base32, as `server/secrets/pin.ts` makes them; in groups too. */
const PIN_SHAPE = {
  name: 'resetPin',
  pattern: /^#((?:[0-9A-HJKMNP-TV-Z]{4}-?){3}[0-9A-HJKMNP-TV-Z]{4})(?![0-9A-Z-])/i,
};

/** Takes the PIN of a link out of the address bar; see {@link takeSecret}. */
export function takePin(place: SecretPlace): FragmentSecret {
  return takeSecret(place, PIN_SHAPE);
}

/** 256 bits in base64url, as in `server/http/contract.ts`; mail programs like to add a full stop or a bracket. */
const TOKEN = /^#([A-Za-z0-9_-]{43})(?![A-Za-z0-9_-])/;

/** What the address said about the token of a link. */
export type LinkToken =
  | { readonly kind: 'token'; readonly token: string }
  /** Something stands in the address, but it is no whole token: the link was cut off. */
  | { readonly kind: 'broken' }
  | { readonly kind: 'none' };

function createTake(name: string): (place: SecretPlace) => LinkToken {
  return (place) => {
    const found = takeSecret(place, { name, pattern: TOKEN });
    return found.kind === 'whole' ? { kind: 'token', token: found.secret } : found;
  };
}

/** Takes the token of a reset link out of the address bar; see {@link takeSecret}. */
export const takeToken = createTake('resetToken');

/** Takes the token that undoes a change of contacts out of the address bar; see {@link takeSecret}. */
export const takeUndoToken = createTake('undoToken');

/** Takes the token of an invitation out of the address bar; see {@link takeSecret}. */
export const takeInvitationToken = createTake('invitationToken');

/** Takes the token of "is this you?" out of the address bar; see {@link takeSecret}. */
export const takeConfirmToken = createTake('confirmToken');
