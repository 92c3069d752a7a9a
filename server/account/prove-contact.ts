import { randomUUID } from 'node:crypto';
import type { Language } from '../../injector/kit/translations.ts';
import type { BegunContact } from '../http/account-contract.ts';
import { AccountRefusal } from '../http/account-use-cases.ts';
import type { Logger } from '../log/log.ts';
import type { Messages } from '../messages/messages.ts';
import type { Accounts } from '../ports/accounts.ts';
import type { SendOutcome } from '../ports/channel.ts';
import type { Clock } from '../ports/clock.ts';
import type { ContactChange, ContactChanges } from '../ports/contact-changes.ts';
import {
  type ContactCodeHash,
  createBotCode,
  createTypedCode,
  readTypedCode,
  showTypedCode,
} from '../secrets/contact-code.ts';
import type { AccountLimits } from './account-limits.ts';
import type { SignInState } from './connect-contact.ts';
import type { ServerChannel, ServerChannels } from './server-channels.ts';

/** How long a code works, in milliseconds. Source: ASVS 5.0 6.5.5. */
export const CODE_MS = 10 * 60_000;

/** How long a person waits for a code to go out, in milliseconds. */
const SEND_MS = 20_000;

/** What proving contacts needs of the world. */
export interface ProveContactParts {
  readonly channels: ServerChannels;
  readonly changes: Pick<ContactChanges, 'add' | 'spendCode' | 'undoneUntil'>;
  readonly hashes: ContactCodeHash;
  readonly limits: AccountLimits;
  readonly accounts: Pick<Accounts, 'serverName'>;
  readonly messages: Pick<Messages, 'write'>;
  /** Draws a QR code of an address, as a whole SVG document; undefined: none is shown. */
  readonly qr?: ((address: string) => string) | undefined;
  /** Of who signs in at the service in place of writing to the bot. */
  readonly state: SignInState;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Whose address is to be proved, and who asks for it. */
export interface Proving {
  readonly userId: string;
  readonly userName: string;
  readonly channel: string;
  /** As typed. */
  readonly address: string | undefined;
  /** Undefined for somebody who is signed in. */
  readonly invitationHash?: string | undefined;
  /** Of the session that asks; undefined: nobody is signed in. */
  readonly idHash?: string | undefined;
  readonly clientAddress: string;
  readonly language: Language;
}

/** Proves that an address is a person's. */
export interface ProveContact {
  /** What can be refused before anybody proved anything: `address-refused`. @throws {AccountRefusal} */
  check(wanted: Pick<Proving, 'channel' | 'address'>): void;
  /**
   * Sends a code, or says where to send one.
   *
   * @throws {AccountRefusal} `address-refused`, `too-many-requests`, `unavailable`: the code could not be sent.
   */
  begin(wanted: Proving): Promise<BegunContact>;
  /** Takes the code that was typed. @throws {AccountRefusal} `code-wrong`, `code-expired`. */
  confirm(
    typed: string,
    about: { readonly userId: string; readonly channel: string },
  ): Promise<ContactChange & { readonly address: string; readonly channel: string }>;
}

/**
 * Makes it. A code goes out at once, and not over the outbox: the person waits in front of the page, is told when it could
 * not be sent, and no code is sent again later. Source: ASVS 5.0 6.5.2, 6.6.2, 6.6.3.
 */
export function createProveContact(parts: ProveContactParts): ProveContact {
  const { channels, changes, hashes, limits, accounts, messages, qr, state, clock, log } = parts;

  function readAddress({ definition }: ServerChannel, typed: string | undefined): string {
    const read = definition.readAddress(typed ?? '');
    if ('fault' in read) throw new AccountRefusal('address-refused');
    return read.address;
  }

  async function keep(
    { userId, userName, channel, invitationHash }: Proving,
    secretHash: string,
    address: string | undefined,
  ): Promise<void> {
    const now = clock.now();
    const proof = { kind: 'proof', secretHash, userId, userName, channel, address, invitationHash } as const;
    // Two codes of one account and channel that are the same are one.
    await changes.add({ ...proof, expiresAt: now + CODE_MS }, now);
  }

  async function sendCode(wanted: Proving, found: ServerChannel): Promise<BegunContact> {
    const { userId, userName, channel, language } = wanted;
    const address = readAddress(found, wanted.address);
    if ((await changes.undoneUntil(userId, channel, address)) !== undefined)
      throw new AccountRefusal('address-refused');
    await limits.take('codesOfAddress', `${channel} ${address.toLowerCase()}`);
    const code = createTypedCode();
    await keep(wanted, hashes.typed(code, { userId, channel }), address);
    const serverName = await accounts.serverName();
    const data = { serverName, userName, code: showTypedCode(code), lifetimeMs: CODE_MS };
    const message = messages.write('contact-code', data, language);
    const to = { userId, userName, channel, address };
    const sending = { to, key: randomUUID(), ...message };
    finish(await found.channel.send(sending, AbortSignal.timeout(SEND_MS)), wanted);
    return { kind: 'code-sent' };
  }

  function finish(outcome: SendOutcome, { userId, channel }: Proving): void {
    // What was never confirmed may have arrived; if not, the person asks again.
    if (outcome.kind === 'sent' || outcome.kind === 'unconfirmed') return;
    const { kind, detail: reason } = outcome;
    log.warn({ event: 'contact-code-not-sent', userId, channel, outcome: kind, reason });
    throw new AccountRefusal(kind === 'permanent' ? 'address-refused' : 'unavailable');
  }

  async function showCode(wanted: Proving, { channel }: ServerChannel): Promise<BegunContact> {
    const code = createBotCode();
    const bot = await channel.bot?.where(code).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      log.warn({ event: 'bot-not-found', channel: channel.name, reason });
      return undefined;
    });
    if (bot === undefined) throw new AccountRefusal('unavailable');
    const { name: botName, url } = bot;
    const secretHash = hashes.bot(code);
    await keep(wanted, secretHash, undefined);
    const { idHash } = wanted;
    const connectUrl =
      idHash === undefined
        ? undefined
        : channel.signIn?.address(state.write({ channel: channel.name, secretHash }, idHash));
    return {
      kind: 'send-code',
      code,
      botName,
      url,
      qr: url === undefined ? undefined : qr?.(url),
      connectUrl,
    };
  }

  return {
    check({ channel, address }) {
      const found = channels.find(channel);
      if (found.definition.linking === 'code-to-person') readAddress(found, address);
    },
    async begin(wanted) {
      const found = channels.find(wanted.channel);
      await limits.take('codesOfAccount', wanted.userId);
      return found.definition.linking === 'code-to-person'
        ? sendCode(wanted, found)
        : showCode(wanted, found);
    },
    async confirm(typed, about) {
      const code = readTypedCode(typed);
      // What can be no code is counted as a wrong one, too.
      const secretHash = hashes.typed(code ?? typed, about);
      const spent = await changes.spendCode({ ...about, secretHash }, clock.now());
      if (spent.state === 'wrong') throw new AccountRefusal('code-wrong');
      if (spent.state !== 'spent') throw new AccountRefusal('code-expired');
      const { address, channel } = spent.change;
      if (address === undefined || channel === undefined) throw new AccountRefusal('code-expired');
      return { ...spent.change, address, channel };
    },
  };
}
