import { type SecretPlace, takeSecret } from './fragment-secret.ts';

/** 256 bits in base64url, as in `server/contract.ts`; mail programs like to add a full stop or a bracket. */
const SHAPE = { name: 'resetToken', pattern: /^#([A-Za-z0-9_-]{43})(?![A-Za-z0-9_-])/ };

/** What the address said about a reset link. */
export type LinkToken =
  | { readonly kind: 'token'; readonly token: string }
  /** Something stands in the address, but it is no whole token: the link was cut off. */
  | { readonly kind: 'broken' }
  | { readonly kind: 'none' };

/** Takes the token of a reset link out of the address bar; see {@link takeSecret}. */
export function takeToken(place: SecretPlace): LinkToken {
  const found = takeSecret(place, SHAPE);
  return found.kind === 'whole' ? { kind: 'token', token: found.secret } : found;
}
