import { randomUUID } from 'node:crypto';
import { LANGUAGES } from '../../injector/kit/translations.ts';
import { createOneAtATime } from '../concurrency/one-at-a-time.ts';
import { type AdministratorResets, METHODS, type ResetMethod } from '../config/methods.ts';
import { readAddress } from '../contacts/address.ts';
import {
  inDeliveryOrder,
  mayGetResets,
  provedOnTwoChannels,
  type UnverifiedUse,
} from '../contacts/delivery-order.ts';
import type { Logger } from '../log/log.ts';
import type { Account, Accounts } from '../ports/accounts.ts';
import type { Channel } from '../ports/channel.ts';
import type { Clock } from '../ports/clock.ts';
import type { Contacts } from '../ports/contacts.ts';
import type { Limits } from '../ports/limits.ts';
import { type MessageKind, SECRET_MESSAGE_KINDS } from '../ports/message-kinds.ts';
import type { Holder, OutboxStore, RequestRow } from '../ports/outbox-store.ts';
import type { Preferences } from '../ports/preferences.ts';
import type { ResetLinks } from '../ports/reset-links.ts';
import { type Addressed, createMessageLimits, type MessageAllowances } from './message-limits.ts';
import type { Result } from './results.ts';
import { createRoute } from './route.ts';
import { MOST_LIVE_SECRETS } from './write-message.ts';

/** Most accounts one address can stand for in one request. */
export const MAX_ACCOUNTS_PER_ADDRESS = 5;

/** Jellyfin could not be asked; the request waits. */
export class AccountsUnreachableError extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'AccountsUnreachableError';
  }
}

/**
 * Finds whom a request is about: the account of that name and, when a person typed a mail address, the accounts with
 * that address. Each account once.
 *
 * @throws {AccountsUnreachableError} when Jellyfin cannot be asked.
 * @throws {StorageError} when contacts cannot be read.
 */
export async function findAccounts(
  asked: Pick<RequestRow, 'enteredName' | 'source'>,
  deps: { readonly accounts: Accounts; readonly contacts: Contacts },
): Promise<readonly Account[]> {
  const found = new Map<string, Account>();
  const keep = (account: Account | undefined) => account !== undefined && found.set(account.id, account);
  keep(await reach(() => deps.accounts.findByName(asked.enteredName)));
  // Jellyfin's PIN file has the name of an account, which nobody typed.
  if (asked.source !== 'pin-file') {
    const read = readAddress(asked.enteredName);
    const contacts = 'address' in read ? await deps.contacts.ofAddress(read.address) : [];
    const ids = new Set(contacts.map((contact) => contact.userId));
    for (const id of [...ids].slice(0, MAX_ACCOUNTS_PER_ADDRESS)) {
      keep(await reach(() => deps.accounts.findById(id)));
    }
  }
  return [...found.values()];
}

async function reach<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw new AccountsUnreachableError(error);
  }
}

/** Why nothing goes out for a request. In the log only; outside, all look the same. */
export type UnresolvedReason =
  | 'unknown'
  | 'no-contact'
  | 'contact-unverified'
  | 'administrator'
  | 'no-second-channel';

/** Which limit kept a message back. */
export type LimitReason = 'account' | 'address' | 'live-secrets' | 'everybody';

/** What turning requests into messages needs. */
export interface ResolveParts extends MessageAllowances {
  readonly accounts: Accounts;
  readonly contacts: Contacts;
  /** Those that are set up, the one to be preferred first. */
  readonly channels: readonly Pick<Channel, 'name'>[];
  readonly links: Pick<ResetLinks, 'countLive'>;
  readonly limits: Limits;
  readonly store: OutboxStore;
  /** What messages hold; `reset.method` of the config. Default `link`. */
  readonly method?: ResetMethod;
  /** `reset.administrators` of the config. @default 'allowed' */
  readonly administrators?: AdministratorResets;
  /** What contacts are good for that nobody proved: `contacts.unverified` of the config. @default 'use' */
  readonly unverified?: UnverifiedUse | undefined;
  /** To whom a message goes: `contacts.delivery` of the config. @default 'first-that-works' */
  readonly delivery?: 'first-that-works' | 'all' | undefined;
  /** What people chose; the language of an account goes before that of whoever asks. @default nothing */
  readonly preferences?: Pick<Preferences, 'get'> | undefined;
  /** Called when messages were stored. */
  readonly wakeMessages: () => void;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Makes the first stage of the outbox: a request becomes the messages it is worth, in one step with its own end,
 * so that a crash leaves either the request or the messages. Source: OWASP O1, O10, O30.
 */
export function createResolveRequest(
  parts: ResolveParts,
): (row: RequestRow, holder: Holder) => Promise<Result> {
  const { contacts, links, store, clock, log } = parts;
  const limits = createMessageLimits(parts.limits, parts);
  const decisions = createOneAtATime();

  function tell(row: RequestRow, reason: UnresolvedReason, account?: Account): void {
    const { id: askedId, clientAddress } = row;
    const who = account === undefined ? {} : { userId: account.id, userName: account.name };
    log.info({ event: 'reset-unresolved', askedId, clientAddress, reason, ...who });
  }

  function tellLimited(row: RequestRow, limit: LimitReason, kept: readonly Addressed[]): void {
    const { id: askedId, clientAddress } = row;
    for (const { message } of kept) {
      const { userId, userName } = message;
      log.warn({ event: 'reset-limited', limit, askedId, clientAddress, userId, userName });
    }
  }

  /** The messages an account is worth: one that tries the person's contacts in turn, or one to each. */
  async function messageFor(row: RequestRow, account: Account): Promise<readonly Addressed[]> {
    if (account.isAdministrator && parts.administrators === 'never') {
      tell(row, 'administrator', account);
      return [];
    }
    // Who asked Jellyfin itself has its own PIN page in front of them, which knows no PIN of ours.
    const method = row.source === 'pin-file' ? 'link' : (parts.method ?? 'link');
    const kind = kindFor(account, METHODS[method].message);
    const needsCode =
      account.isAdministrator &&
      parts.administrators === 'second-channel' &&
      SECRET_MESSAGE_KINDS.includes(kind);
    const reachable = inDeliveryOrder(await contacts.ofUser(account.id), parts.channels);
    const usable = needsCode
      ? provedOnTwoChannels(reachable)
      : reachable.filter((contact) => mayGetResets(contact, parts.unverified ?? 'use'));
    if (usable.length === 0) {
      const reason = needsCode ? 'no-second-channel' : 'contact-unverified';
      tell(row, reachable.length === 0 ? 'no-contact' : reason, account);
      return [];
    }
    const { id: userId, name: userName } = account;
    const chosen = (await parts.preferences?.get(userId))?.language;
    const language = LANGUAGES.find((known) => known === chosen) ?? row.language;
    const about = { kind, userId, userName, language };
    // A link on every channel would leave none for the code.
    const toAll = parts.delivery === 'all' && usable.length > 1 && !needsCode;
    const shared = toAll ? { requestKey: randomUUID() } : { route: createRoute(usable) };
    return (toAll ? usable : usable.slice(0, 1)).map(({ channel, id, address }) => ({
      message: { ...about, ...shared, queue: channel, contactId: id, key: randomUUID() },
      address,
    }));
  }

  /** Those whose account has room for one more secret; the earlier ones stay good. */
  async function withoutSurplus(wanted: readonly Addressed[], now: number): Promise<readonly Addressed[]> {
    const hasRoom = await Promise.all(
      wanted.map(async ({ message: { kind, userId } }) => {
        return (
          !SECRET_MESSAGE_KINDS.includes(kind) || (await links.countLive(userId, now)) < MOST_LIVE_SECRETS
        );
      }),
    );
    return wanted.filter((_, index) => hasRoom[index]);
  }

  async function decide(row: RequestRow, holder: Holder, wanted: readonly Addressed[]): Promise<Result> {
    const now = clock.now();
    if (await limits.isUsedUp(now)) return waitForRoom(row, wanted);
    const within = await limits.within(wanted, now);
    tellLimited(row, 'address', without(wanted, within));
    const kept = await withoutSurplus(within, now);
    tellLimited(row, 'live-secrets', without(within, kept));
    if (kept.length === 0) return { kind: 'end', state: 'dropped', reason: 'limited' };
    const messages = kept.map(({ message }) => message);
    const countedFrom = await limits.countedFrom(
      messages.map(({ userId }) => userId),
      now,
    );
    const bounds = { ...limits.bounds(kept, now), countedFrom };
    const resolved = await store.resolve(holder, messages, bounds, now);
    if (resolved === 'full') return waitForRoom(row, wanted);
    if (resolved === undefined) return { kind: 'ended' };
    const left = kept.filter(({ message }) => !resolved.some(({ key }) => key === message.key));
    // Other requests, of other processes too, were resolved since the look above.
    const ofAccount = await limits.within(left, now);
    tellLimited(row, 'account', ofAccount);
    tellLimited(row, 'address', without(left, ofAccount));
    if (resolved.length > 0) parts.wakeMessages();
    return { kind: 'ended' };
  }

  function waitForRoom(row: RequestRow, wanted: readonly Addressed[]): Result {
    if (row.tries === 1) tellLimited(row, 'everybody', wanted);
    return { kind: 'delay', reason: 'as many messages went out in this hour as reset.limits allows' };
  }

  return async (row, holder) => {
    let found: readonly Account[];
    try {
      found = await findAccounts(row, parts);
    } catch (error) {
      if (error instanceof AccountsUnreachableError) return { kind: 'stall', reason: error.message };
      throw error;
    }
    if (found.length === 0) tell(row, 'unknown');
    const wanted = (await Promise.all(found.map((account) => messageFor(row, account)))).flat();
    if (wanted.length === 0) return { kind: 'end', state: 'dropped', reason: 'unresolved' };
    // They all count towards one ceiling: more at once would wait for each other in the database.
    return decisions.run('', () => decide(row, holder, wanted));
  };
}

function kindFor(account: Account, secretKind: MessageKind): MessageKind {
  if (account.isDisabled) return 'account-disabled';
  return account.hasLocalPassword ? secretKind : 'account-elsewhere';
}

function without(all: readonly Addressed[], some: readonly Addressed[]): readonly Addressed[] {
  return all.filter((one) => !some.includes(one));
}
