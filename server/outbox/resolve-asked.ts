import { randomUUID } from 'node:crypto';
import type { Logger } from '../log.ts';
import type { Account, Accounts, Clock, Contacts } from '../ports.ts';
import { AccountsUnreachableError, findAccounts } from './find-accounts.ts';
import type { AskedWork, Holder, NewMessage, OutboxStore } from './outbox-store.ts';
import type { Verdict } from './verdict.ts';

const HOUR_MS = 60 * 60_000;

/** Why nothing goes out for a request. In the log only; outside, all look the same. */
export type UnresolvedReason = 'unknown' | 'no-contact' | 'disabled' | 'foreign-provider';

/** What turning requests into messages needs. */
export interface ResolveParts {
  readonly accounts: Accounts;
  readonly contacts: Contacts;
  readonly store: OutboxStore;
  readonly messagesPerAccountPerHour: number;
  /** Called when messages were stored. */
  readonly wakeMessages: () => void;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Makes the first stage of the outbox: a request becomes the messages it is worth, in one step with its own end,
 * so that a crash leaves either the request or the messages. Source: OWASP O1, O10, O30.
 */
export function createResolveAsked(
  parts: ResolveParts,
): (work: AskedWork, holder: Holder) => Promise<Verdict> {
  const { contacts, store, clock, log } = parts;

  function tell(work: AskedWork, reason: UnresolvedReason, account?: Account): void {
    const { id: askedId, clientAddress } = work;
    const who = account === undefined ? {} : { userId: account.id };
    log.info({ event: 'reset-unresolved', askedId, clientAddress, reason, ...who });
  }

  async function messagesFor(work: AskedWork, account: Account): Promise<readonly NewMessage[]> {
    const refusal = whyNot(account);
    const channels = refusal === undefined ? await contacts.ofUser(account.id) : [];
    // One message per request: the first channel the person has.
    const [contact] = channels;
    if (contact === undefined) {
      tell(work, refusal ?? 'no-contact', account);
      return [];
    }
    return [
      {
        lane: contact.channel,
        kind: 'reset-link',
        userId: account.id,
        userName: account.name,
        language: work.language,
        key: randomUUID(),
      },
    ];
  }

  function tellLimited(
    work: AskedWork,
    messages: readonly NewMessage[],
    stored: readonly NewMessage[],
  ): void {
    const kept = new Set(stored.map((message) => message.key));
    for (const { userId } of messages.filter((message) => !kept.has(message.key))) {
      const { id: askedId, clientAddress } = work;
      log.warn({ event: 'reset-limited', limit: 'account', askedId, clientAddress, userId });
    }
  }

  return async (work, holder) => {
    let found: readonly Account[];
    try {
      found = await findAccounts(work, parts);
    } catch (error) {
      if (error instanceof AccountsUnreachableError) return { kind: 'stall', reason: error.message };
      throw error;
    }
    if (found.length === 0) tell(work, 'unknown');
    const messages = (await Promise.all(found.map((account) => messagesFor(work, account)))).flat();
    if (messages.length === 0) return { kind: 'end', state: 'dropped', reason: 'unresolved' };
    const now = clock.now();
    const limits = [{ perAccount: parts.messagesPerAccountPerHour, since: now - HOUR_MS }];
    const stored = await store.resolve(holder, messages, limits, now);
    if (stored === undefined) return { kind: 'ended' };
    tellLimited(work, messages, stored);
    if (stored.length > 0) parts.wakeMessages();
    return { kind: 'ended' };
  };
}

function whyNot(account: Account): UnresolvedReason | undefined {
  if (account.isDisabled) return 'disabled';
  return account.hasLocalPassword ? undefined : 'foreign-provider';
}
