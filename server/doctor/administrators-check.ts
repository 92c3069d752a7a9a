import type { ResetConfig } from '../config/reset-config.ts';
import { hasOwnPassword } from '../jellyfin/account-availability.ts';
import type { UserDto } from '../jellyfin/answers.ts';
import { ownUserId } from '../jellyfin/own-user-id.ts';
import { oneLine } from '../messages/messages.ts';
import { nameSome } from '../messages/name-some.ts';
import type { ContactMark } from '../ports/storage.ts';
import { type Finding, failed, fine, skipped, warning } from './finding.ts';

/** Most names that are told. */
const MOST_NAMES = 5;

const NAME = 'administrators';

/**
 * Checks whether administrators can reset their passwords where that needs a code over a second channel; undefined where it does
 * not.
 *
 * @param users Jellyfin's; undefined where it cannot be asked.
 */
export function checkAdministrators(
  reset: ResetConfig | undefined,
  contacts: readonly ContactMark[] | undefined,
  users: readonly UserDto[] | undefined,
): Finding | undefined {
  if (reset?.administrators !== 'second-channel') return undefined;
  const setUp = Object.keys(reset.channels);
  if (setUp.length < 2) {
    const fix =
      'Set up another channel: mail, telegram, discord, matrix or webhook; or set reset.administrators to never.';
    return failed(
      NAME,
      `No administrator can reset a password: there is no channel but ${setUp.join()}.`,
      fix,
    );
  }
  if (users === undefined) return skipped(NAME, 'Jellyfin must say first who they are.');
  if (contacts === undefined) return skipped(NAME, 'The database must be usable first.');
  // Those who cannot reset anything, or not here, miss nothing.
  const administrators = users.filter(
    (user) => user.Policy.IsAdministrator && !user.Policy.IsDisabled && hasOwnPassword(user),
  );
  const without = administrators.filter(({ Id, Name }) => {
    const ids = [Id, ownUserId(Name)];
    const proved = contacts.filter(
      ({ userId, channel, state }) => ids.includes(userId) && state === 'verified' && setUp.includes(channel),
    );
    return new Set(proved.map(({ channel }) => channel)).size < 2;
  });
  if (without.length === 0)
    return fine(
      NAME,
      'Every administrator has verified contacts on two channels, as a reset of theirs needs.',
    );
  const isOne = without.length === 1;
  const says = `${without.length} ${isOne ? 'administrator' : 'administrators'} (${nameSome(
    without.map(({ Name }) => oneLine(Name)),
    MOST_NAMES,
  )}) cannot reset ${
    isOne ? 'the' : 'their'
  } password: reset.administrators wants verified contacts on two channels.`;
  const fix = `${isOne ? 'The administrator verifies' : 'They each verify'} two contacts in My Account (/gatehouse/account). Until then gatehouse reset link NAME makes a link to hand over.`;
  const isNobodyLeft = without.length === administrators.length;
  return isNobodyLeft ? failed(NAME, says, fix) : warning(NAME, says, fix);
}
