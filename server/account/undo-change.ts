import { AccountRefusal, type AccountUseCases } from '../http/account-use-cases.ts';
import type { LinkedContact } from '../http/link-contract.ts';
import type { WrongTokens } from '../http/wrong-tokens.ts';
import { type Logger, shortAddress } from '../log/log.ts';
import type { Accounts } from '../ports/accounts.ts';
import type { Clock } from '../ports/clock.ts';
import type { ContactChange, ContactChangeKind, ContactChanges } from '../ports/contact-changes.ts';
import type { Contacts } from '../ports/contacts.ts';
import { hashToken } from '../secrets/token.ts';
import type { EndAccess } from './end-access.ts';
import { wayOf } from './keep-contact.ts';
import type { ServerChannels } from './server-channels.ts';

/** What looking at the link of a change needs. */
export interface LookParts {
  readonly changes: Pick<ContactChanges, 'look'>;
  readonly wrongTokens: WrongTokens;
  readonly clock: Clock;
}

/**
 * Finds the change that a link is for. @throws {AccountRefusal} `link-unknown`, `link-expired`, `link-used`,
 * `too-many-requests`: too many links that never were.
 */
export async function findByLink(
  { changes, wrongTokens, clock }: LookParts,
  kind: ContactChangeKind,
  token: string,
  clientAddress: string,
): Promise<ContactChange> {
  const found = await changes.look(kind, hashToken(token), clock.now());
  if (found.state === 'open') return found.change;
  if (found.state === 'unknown') {
    const waitSeconds = await wrongTokens.count(clientAddress);
    if (waitSeconds !== undefined) throw new AccountRefusal('too-many-requests', { waitSeconds });
  }
  throw new AccountRefusal(CODES[found.state]);
}

/** What the page of a link says of whose contact it is about, and on which channel. */
export async function answerAbout(
  { userName, channel }: { readonly userName: string; readonly channel: string },
  parts: {
    readonly accounts: Pick<Accounts, 'serverName'>;
    readonly channels: Pick<ServerChannels, 'shown'>;
  },
): Promise<LinkedContact> {
  const properName = parts.channels.shown.find((shown) => shown.channel === channel)?.properName;
  return { serverName: await parts.accounts.serverName(), userName, channel, properName };
}

const CODES = {
  unknown: 'link-unknown',
  expired: 'link-expired',
  used: 'link-used',
  dead: 'link-used',
} as const;

/** What taking a change back needs of the world. */
export interface UndoParts extends LookParts {
  readonly changes: Pick<ContactChanges, 'look' | 'spend' | 'openOf' | 'removeOf'>;
  readonly contacts: Pick<Contacts, 'set'>;
  readonly accounts: Pick<Accounts, 'serverName'>;
  readonly channels: Pick<ServerChannels, 'shown'>;
  readonly endAccess: EndAccess;
  readonly log: Logger;
}

/** The use cases behind the link in the message to a contact that was replaced or removed. */
export type UndoUseCases = Pick<AccountUseCases, 'lookAtUndo' | 'undo'>;

/**
 * Makes them. The contact before comes back as it was, the one that took its place is refused from then on, and so is each that
 * took a place after it; whoever is signed in to the account, here or in Jellyfin, is signed out. Source: fault row F18.
 */
export function createUndoChange(parts: UndoParts): UndoUseCases {
  const { changes, contacts, endAccess, clock, log } = parts;

  /** Spends what was changed on that channel since, so that no later change is taken back to one of a thief's. */
  async function spendLater({ userId, channel, createdAt, secretHash }: ContactChange): Promise<void> {
    for (const later of await changes.openOf(userId, 'undo', clock.now())) {
      if (later.channel !== channel || later.createdAt < createdAt || later.secretHash === secretHash)
        continue;
      await changes.spend('undo', later.secretHash, clock.now());
    }
  }

  return {
    async lookAtUndo(token, { clientAddress }) {
      const { userName, channel = '' } = await findByLink(parts, 'undo', token, clientAddress);
      return await answerAbout({ userName, channel }, parts);
    },
    async undo(token, { clientAddress }) {
      const change = await findByLink(parts, 'undo', token, clientAddress);
      const { userId, userName, channel, before, secretHash } = change;
      if (channel === undefined || before === undefined) throw new AccountRefusal('link-unknown');
      const { address, state } = before;
      // Before the link is spent: what breaks off in between can be done again.
      await contacts.set({ userId, userName, channel, address }, clock.now(), { state });
      await changes.removeOf(userId, 'proof');
      await spendLater(change);
      await changes.spend('undo', secretHash, clock.now());
      const to = shortAddress(address);
      log.warn({ event: 'contact-undone', userId, userName, channel, clientAddress, to });
      const isJellyfinSignedOut = await endAccess(userId);
      const about = await answerAbout({ userName, channel }, parts);
      return { ...about, by: wayOf(change), isJellyfinSignedOut };
    },
  };
}
