import { isSameSecret } from '../secrets/same-secret.ts';

/**
 * Whether a request shows the secret: `Authorization: Bearer SECRET`, compared in a time that tells nothing of it.
 *
 * @param authorization The header as it came.
 * Source: RFC 6750 section 2.1; ASVS 5.0 11.2.4.
 */
export function showsSecret(authorization: string | undefined, secret: string): boolean {
  const given = /^bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
  return given !== undefined && isSameSecret(given, secret);
}
