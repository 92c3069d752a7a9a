import { createHash, randomBytes } from 'node:crypto';

/** Bytes of randomness in a token: 256 bits, twice what ASVS asks for. Source: ASVS 5.0 11.5.1; OWASP O5. */
const TOKEN_BYTES = 32;

/** Makes the secret of a reset link: 43 characters of base64url. */
export function createToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/**
 * SHA-256 of a token in 64 lower-case hex digits, the only form in which it is kept. No salt and no slow hash: a
 * token has 256 random bits, so there is nothing to guess. Source: OWASP O7.
 */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/**
 * The address that stands in a message. Built from `public.url` and nothing else, so no request header can bend it;
 * the token stands in the fragment, which reaches no log and no Referer. Source: OWASP O14.
 *
 * @param publicUrl `public.url` of the config, with its base path; a slash at the end does not matter.
 */
export function createLinkAddress(publicUrl: string, token: string): string {
  return `${ownAddress(publicUrl)}/reset#${token}`;
}

/**
 * The address of our page for PINs, made like {@link createLinkAddress}.
 *
 * @param pin In a message with a link, the PIN without dashes; it stands in the fragment. Absent: it is typed there.
 */
export function createPinAddress(publicUrl: string, pin?: string): string {
  return `${ownAddress(publicUrl)}/pin${pin === undefined ? '' : `#${pin}`}`;
}

/** The address of My Account, made like {@link createLinkAddress}. */
export function createAccountAddress(publicUrl: string): string {
  return `${ownAddress(publicUrl)}/account`;
}

function ownAddress(publicUrl: string): string {
  return `${publicUrl.replace(/(?<!\/)\/+$/, '')}/gatehouse`;
}

/** The address that takes a change of a contact back, made like {@link createLinkAddress}. */
export function createUndoAddress(publicUrl: string, token: string): string {
  return `${ownAddress(publicUrl)}/undo#${token}`;
}

/** The address with which somebody adds a contact without signing in, made like {@link createLinkAddress}. */
export function createInvitationAddress(publicUrl: string, token: string): string {
  return `${ownAddress(publicUrl)}/invitation#${token}`;
}

/** The address at which "is this you?" is answered, made like {@link createLinkAddress}. */
export function createConfirmAddress(publicUrl: string, token: string): string {
  return `${ownAddress(publicUrl)}/confirm#${token}`;
}
