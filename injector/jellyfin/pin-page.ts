import { isAtLeast, parseJellyfinVersion } from './versions.ts';

/**
 * Where the web client takes the PIN of a PIN file, behind the address of the server. Forgot Password leads there too, but has a
 * new PIN written before, and the one before it is dead.
 *
 * @param version As Jellyfin says it; of one that cannot be read, the address of the newest is given.
 * Source: jellyfin-web 10.8.13 to 12.0 in a browser: 10.8 has another router, and from 10.11 on `.html` is led on.
 */
export function pinPagePath(version: string): string {
  const parsed = parseJellyfinVersion(version);
  const isOld = parsed !== undefined && !isAtLeast(parsed, 10, 9);
  return isOld ? '/web/index.html#!/forgotpasswordpin.html' : '/web/#/forgotpasswordpin.html';
}
