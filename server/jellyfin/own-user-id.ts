import { createHash } from 'node:crypto';
import { readUserName, userNameKey } from '../../injector/jellyfin/user-names.ts';

/**
 * The id under which Gatehouse keeps an account whose id in Jellyfin is not known: without an API key only the accounts
 * on the login screen can be asked for, and most are hidden. Always the same for a name, whatever its letter case, and as `readUserName` reads it.
 *
 * @returns 32 lower-case hex digits, as an id of Jellyfin's has.
 */
export function ownUserId(name: string): string {
  return createHash('sha256')
    .update(`gatehouse account ${userNameKey(readUserName(name))}`)
    .digest('hex')
    .slice(0, 32);
}
