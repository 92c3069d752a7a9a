import type { Channel } from '../ports/channel.ts';
import type { KeptContact } from '../ports/contacts.ts';

/** Which contacts may get what somebody asked for: `contacts.unverified` of the config. */
export type UnverifiedUse = 'use' | 'confirm-first';

/**
 * The contacts that can be reached over these channels, in the order in which messages try them: as the person wants it, then
 * as the channels stand. Those that were refused are left out.
 */
export function inDeliveryOrder(
  contacts: readonly KeptContact[],
  channels: readonly Pick<Channel, 'name'>[],
): readonly KeptContact[] {
  const byChannel = channels.flatMap(({ name }) => contacts.filter(({ channel }) => channel === name));
  const place = ({ position }: KeptContact): number => position ?? Number.MAX_SAFE_INTEGER;
  return byChannel
    .filter(({ state }) => state !== 'refused')
    .toSorted((one, other) => place(one) - place(other));
}

/**
 * The contacts over which a reset goes that needs a second channel: those that the person proved. Empty when they are not on
 * two channels at least, for one of them would carry both the link and the code.
 */
export function provedOnTwoChannels(reachable: readonly KeptContact[]): readonly KeptContact[] {
  const proved = reachable.filter(({ state }) => state === 'verified');
  return new Set(proved.map(({ channel }) => channel)).size < 2 ? [] : proved;
}

/** Whether resets may go to a contact. */
export function mayGetResets({ state }: Pick<KeptContact, 'state'>, unverified: UnverifiedUse): boolean {
  return state === 'verified' || (state === 'unverified' && unverified === 'use');
}
