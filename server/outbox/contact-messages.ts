import { randomUUID } from 'node:crypto';
import type { Language } from '../../injector/kit/translations.ts';
import type { MessageText } from '../messages/layout.ts';
import type { Messages } from '../messages/messages.ts';
import type { Accounts } from '../ports/accounts.ts';
import type { Channel } from '../ports/channel.ts';
import type { Clock } from '../ports/clock.ts';
import {
  CONFIRM_MS,
  type ContactBefore,
  type ContactChanges,
  INVITATION_MS,
  type NewContactChange,
} from '../ports/contact-changes.ts';
import type { Contact, Contacts, KeptContact } from '../ports/contacts.ts';
import type { MessageRow, OutboxStore } from '../ports/outbox-store.ts';
import type { MessageSecrets } from '../secrets/message-secrets.ts';
import {
  createConfirmAddress,
  createInvitationAddress,
  createUndoAddress,
  hashToken,
} from '../secrets/token.ts';

/** How long a change of a contact can be taken back, in milliseconds. */
export const UNDO_MS = 24 * 60 * 60_000;

/** The one secret of a message that undoes: made when the contact is changed, and the same over all tries. */
const ONLY_SECRET = 0;

/** What telling people of a changed contact needs. */
export interface ContactNoticesParts {
  readonly store: Pick<OutboxStore, 'addMessage'>;
  readonly contacts: Pick<Contacts, 'ofUser'>;
  readonly changes: Pick<ContactChanges, 'add'>;
  readonly channels: readonly Pick<Channel, 'name'>[];
  /** Makes the token of the link; see `createMessageSecrets`. */
  readonly secrets: MessageSecrets;
  /** Called when messages were stored. */
  readonly wake: () => void;
  readonly clock: Clock;
}

/** Whom a notice is about, and in which language it is. */
export interface NoticeAbout {
  readonly userId: string;
  readonly userName: string;
  readonly language: Language;
}

/** Tells people of changed contacts, over the outbox. Every method rejects with a StorageError when it cannot be kept. */
export interface ContactNotices {
  /**
   * Tells a contact that it is about to be replaced by `next`, or removed, with a link that takes that back. Call it before
   * the change: a notice too many does no harm.
   *
   * @param invitationHash The invitation by which the change came, for whoever takes it back; undefined: it came with the password.
   */
  replaced(
    about: NoticeAbout,
    before: KeptContact,
    next: string | undefined,
    invitationHash?: string,
  ): Promise<void>;
  /** Tells the other contacts of the account that one was added on that channel. */
  added(about: NoticeAbout, channel: string): Promise<void>;
}

/** Makes the notices. The token stands in no row: it is made of the message's key, and its hash is kept with the change. */
export function createContactNotices(parts: ContactNoticesParts): ContactNotices {
  const { store, contacts, changes, secrets, wake, clock } = parts;
  const isThere = (name: string): boolean => parts.channels.some((channel) => channel.name === name);

  return {
    async replaced({ userId, userName, language }, { channel, address, state, id }, next, invitationHash) {
      const now = clock.now();
      const key = randomUUID();
      const before: ContactBefore = { address, state };
      const secretHash = hashToken(secrets.token({ key, secretVersion: ONLY_SECRET }));
      const about = { userId, userName };
      const expiresAt = now + UNDO_MS;
      const change = { kind: 'undo', ...about, channel, address: next, before, invitationHash } as const;
      await changes.add({ ...change, secretHash, expiresAt }, now);
      // Nobody can be told over a channel that is gone, nor at an address that is none.
      if (!isThere(channel) || state === 'refused') return;
      const row = {
        kind: 'contact-changed',
        queue: channel,
        contactId: id,
        key,
        language,
        ...about,
      } as const;
      await store.addMessage(row, now);
      wake();
    },
    async added({ userId, userName, language }, added) {
      for (const { channel, id, state } of await contacts.ofUser(userId)) {
        if (channel === added || state === 'refused' || !isThere(channel)) continue;
        const about = { userId, userName, language };
        const row = {
          kind: 'contact-added',
          queue: channel,
          contactId: id,
          key: randomUUID(),
          ...about,
        } as const;
        await store.addMessage(row, clock.now());
      }
      wake();
    },
  };
}

/** What writing these messages needs. */
export interface ContactMessageParts {
  readonly accounts: Pick<Accounts, 'serverName'>;
  readonly changes: Pick<ContactChanges, 'look' | 'add'>;
  /** The same as {@link ContactNoticesParts.secrets}. */
  readonly secrets: MessageSecrets;
  readonly messages: Pick<Messages, 'write'>;
  readonly publicUrl: string;
  readonly clock: Clock;
}

/** What sending asks about a message that tells of changed contacts. */
export interface ContactMessages {
  /**
   * Whom the notice of a replaced or removed contact is for, and what it says; undefined when nothing can be taken back any
   * more: then it is late, or was taken back, or the config's secrets have changed.
   */
  undo(row: MessageRow): Promise<{ readonly to: Contact; readonly message: MessageText } | undefined>;
  /** What the notice of one that was added says. */
  added(row: MessageRow): Promise<MessageText>;
  /**
   * "Is this you?", with a link that is for this address alone. The link is made here, at the last moment, and takes the place of
   * the one before; undefined when the same link was answered already.
   */
  confirm(row: MessageRow, to: Contact): Promise<MessageText | undefined>;
  /** The invitation to add a contact, as {@link confirm} makes it; an earlier one of the account is good for nothing from then on. */
  invitation(row: MessageRow): Promise<MessageText | undefined>;
}

/** Makes what writes them. */
export function createContactMessages(parts: ContactMessageParts): ContactMessages {
  const { accounts, changes, secrets, messages, publicUrl, clock } = parts;

  /** Keeps a link, unless it is one of a try that may have arrived: then it stays as it is. Undefined when that one is spent. */
  async function keepLink(
    { key, secretVersion, userId, userName }: MessageRow,
    change: Pick<NewContactChange, 'channel' | 'address'> & { readonly kind: 'confirm' | 'invitation' },
    lifetimeMs: number,
  ): Promise<{ readonly token: string; readonly lifetimeMs: number } | undefined> {
    const token = secrets.token({ key, secretVersion });
    const secretHash = hashToken(token);
    const now = clock.now();
    if (await changes.add({ ...change, secretHash, userId, userName, expiresAt: now + lifetimeMs }, now))
      return { token, lifetimeMs };
    const kept = await changes.look(change.kind, secretHash, now);
    return kept.state === 'open' ? { token, lifetimeMs: kept.change.expiresAt - now } : undefined;
  }

  return {
    async confirm(row, { channel, address }) {
      const kept = await keepLink(row, { kind: 'confirm', channel, address }, CONFIRM_MS);
      if (kept === undefined) return undefined;
      const names = { serverName: await accounts.serverName(), userName: row.userName };
      const link = createConfirmAddress(publicUrl, kept.token);
      const data = { ...names, link, lifetimeMs: kept.lifetimeMs };
      return messages.write('contact-confirm', data, row.language);
    },
    async invitation(row) {
      const about = { kind: 'invitation', channel: undefined, address: undefined } as const;
      const kept = await keepLink(row, about, INVITATION_MS);
      if (kept === undefined) return undefined;
      const names = { serverName: await accounts.serverName(), userName: row.userName };
      const link = createInvitationAddress(publicUrl, kept.token);
      return messages.write('invitation', { ...names, link, lifetimeMs: kept.lifetimeMs }, row.language);
    },
    async undo({ userId, userName, key, queue: channel, language }) {
      const token = secrets.token({ key, secretVersion: ONLY_SECRET });
      const now = clock.now();
      const found = await changes.look('undo', hashToken(token), now);
      if (found.state !== 'open' || found.change.before === undefined) return undefined;
      const { createdAt: at, expiresAt, before } = found.change;
      const link = createUndoAddress(publicUrl, token);
      const names = { serverName: await accounts.serverName(), userName };
      const message = messages.write(
        'contact-changed',
        { ...names, at, link, lifetimeMs: expiresAt - now },
        language,
      );
      return { to: { userId, userName, channel, address: before.address }, message };
    },
    async added({ userName, createdAt: at, language }) {
      return messages.write(
        'contact-added',
        { serverName: await accounts.serverName(), userName, at },
        language,
      );
    },
  };
}
