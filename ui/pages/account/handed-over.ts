/** As `ResetRequestBody` in `server/http/contract.ts` has it, in UTF-16 units. */
export const NAME_MAX_LENGTH = 256;

/** As `TokenBody` in `server/http/account-contract.ts` has it. */
const TOKEN = /^[A-Za-z0-9_-]{16,256}$/;

function take(key: string): string {
  try {
    const value = window.sessionStorage.getItem(key) ?? '';
    window.sessionStorage.removeItem(key);
    return value;
  } catch {
    // A browser that keeps nothing.
    return '';
  }
}

/**
 * Takes the name that was typed into Jellyfin's form before its button led here; empty where there was none. Gone once taken.
 * Source: `injector/mods/forgot-password/mod.client.ts`, which leaves it in the session of this tab.
 */
export function takeHandedName(): string {
  const name = take('gatehouse-name');
  return name.length > NAME_MAX_LENGTH ? '' : name;
}

/**
 * Takes the Jellyfin token that the client plugin left in the session of this tab, for our API; undefined where there is none.
 * Gone once taken, and never in an address.
 */
export function takeHandedToken(): string | undefined {
  const token = take('gatehouse-token');
  return TOKEN.test(token) ? token : undefined;
}
