import type { KeptContact } from '../ports/contacts.ts';
import type { Route } from '../ports/message-route.ts';
import type { MessageRow, NextStep } from '../ports/outbox-store.ts';

/** Where a message goes after a try in vain. */
export interface RouteStep extends Pick<NextStep, 'queue' | 'contactId' | 'route' | 'hasNext'> {
  /** Whether all contacts were tried in vain, so that it waits before it begins anew. */
  readonly isAnew: boolean;
}

/** Within how many ms the last of an account's contacts is reached though all others hang. */
const REACH_LAST_MS = 3_000;

const SHORTEST_PATIENCE_MS = 500;

/** The route of a message that begins with the first of these contacts; undefined: there is no second. */
export function createRoute(contacts: readonly KeptContact[]): Route | undefined {
  if (contacts.length < 2) return undefined;
  return { contacts: contacts.map(({ id }) => id), failed: [], refused: [], round: 0 };
}

/**
 * Finds where a message goes after its contact could not take it.
 *
 * @param usable Contacts of the account that may get it by now, in any order; one that was not on its route when it was asked
 *   for is never taken.
 * @param isForGood Whether that contact will never take it.
 * @returns undefined when there is no other, or when it may have arrived.
 */
export function findNextStep(
  { route, contactId, mayHaveArrived }: MessageRow,
  usable: readonly KeptContact[],
  isForGood: boolean,
): RouteStep | undefined {
  if (route === undefined || contactId === undefined || mayHaveArrived) return undefined;
  const refused = isForGood ? [...route.refused, contactId] : route.refused;
  const failed = [...route.failed, contactId];
  const open = route.contacts
    .flatMap((id) => usable.find((contact) => contact.id === id) ?? [])
    .filter(({ id }) => !refused.includes(id));
  const [next, behind] = open.filter(({ id }) => !failed.includes(id));
  if (next !== undefined) {
    return {
      ...whereIs(next),
      hasNext: behind !== undefined,
      route: { ...route, failed, refused },
      isAnew: false,
    };
  }
  const [first, second] = open;
  if (first === undefined || (second === undefined && first.id === contactId)) return undefined;
  const anew = { ...route, failed: [], refused, round: route.round + 1 };
  return { ...whereIs(first), hasNext: second !== undefined, route: anew, isAnew: true };
}

/** Where a message stays that has nowhere else to go after all. */
export function stay({ queue, contactId, route }: MessageRow): RouteStep | undefined {
  if (route === undefined || contactId === undefined) return undefined;
  return { queue, contactId, route, hasNext: false, isAnew: false };
}

function whereIs({ channel, id }: KeptContact) {
  return { queue: channel, contactId: id };
}

/**
 * How long a try may take, in ms, while another contact waits behind it; undefined: as long as its channel allows. Only in the
 * first round: a channel that is slow and works gets its time after that.
 */
export function patienceOf(route: Route, hasNext: boolean): number | undefined {
  if (!hasNext || route.round > 0) return undefined;
  return Math.max(SHORTEST_PATIENCE_MS, REACH_LAST_MS / (route.contacts.length - 1));
}
