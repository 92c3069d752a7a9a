import { z } from 'zod';
import { AccountRefusal, type AccountUseCases } from '../http/account-use-cases.ts';
import type { Logger } from '../log/log.ts';
import type { Clock } from '../ports/clock.ts';
import type { ContactChanges } from '../ports/contact-changes.ts';
import type { LanguageFor } from '../ports/preferences.ts';
import { seal, unseal } from '../secrets/sealed.ts';
import type { AccountLimits } from './account-limits.ts';
import type { KeepContact } from './keep-contact.ts';
import type { ServerChannels } from './server-channels.ts';

/** What a service brings back with the browser; sealed, so that nobody else can make one. */
const State = z.strictObject({ channel: z.string(), secretHash: z.string() });

/** Makes and reads the state of a sign-in at a service. */
export interface SignInState {
  /** @param idHash Of the session that asks: in another one it is good for nothing. */
  write(state: z.infer<typeof State>, idHash: string): string;
  /** Undefined for what was not made for that session. Never throws. */
  read(written: string, idHash: string): z.infer<typeof State> | undefined;
}

/** Makes it. @param key 32 bytes that the processes of this server share. Source: RFC 6749 section 10.12; RFC 9700 section 4.7. */
export function createSignInState(key: Buffer): SignInState {
  const purposeOf = (idHash: string): string => `sign-in state ${idHash}`;
  return {
    write: (state, idHash) => seal(key, JSON.stringify(state), purposeOf(idHash)),
    read(written, idHash) {
      const text = unseal(key, written, purposeOf(idHash));
      return text === undefined ? undefined : State.safeParse(JSON.parse(text)).data;
    },
  };
}

/** What connecting contacts needs of the world. */
export interface ConnectContactParts {
  readonly channels: ServerChannels;
  readonly changes: Pick<ContactChanges, 'look' | 'spend' | 'undoneUntil'>;
  readonly state: SignInState;
  readonly keepContact: KeepContact;
  readonly languageFor: LanguageFor;
  readonly limits: AccountLimits;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Makes the use case of somebody who comes back from a service where they signed in: the id that the service gives is their
 * contact, without a code. It takes the proof that was begun with the password, in the session that began it, once.
 */
export function createConnectContact(parts: ConnectContactParts): AccountUseCases['connectContact'] {
  const { channels, changes, state, keepContact, languageFor, limits, clock, log } = parts;

  return async (brought, { session, acceptLanguage, clientAddress }) => {
    const { userId, userName, idHash } = session;
    const begun = state.read(brought.state, idHash);
    if (begun === undefined) throw new AccountRefusal('code-expired');
    const { channel, secretHash } = begun;
    // Each code is a question to the service.
    await limits.take('codesOfAccount', userId);
    const found = await changes.look('proof', secretHash, clock.now());
    if (found.state !== 'open' || found.change.userId !== userId) throw new AccountRefusal('code-expired');
    const definition = channels.find(channel);
    const signIn = definition.channel.signIn;
    if (signIn === undefined) throw new AccountRefusal('unavailable');
    const whose = await signIn.whose(brought.code);
    if (whose.kind !== 'known') {
      const { kind, detail: reason } = whose;
      log.warn({ event: 'contact-not-connected', userId, channel, outcome: kind, reason });
      throw new AccountRefusal(kind === 'refused' ? 'code-expired' : 'unavailable');
    }
    const read = definition.definition.readAddress(whose.address);
    if ('fault' in read || (await changes.undoneUntil(userId, channel, read.address)) !== undefined)
      throw new AccountRefusal('address-refused');
    const spent = await changes.spend('proof', secretHash, clock.now());
    if (spent.state !== 'spent') throw new AccountRefusal('code-expired');
    const language = await languageFor(userId, acceptLanguage);
    const contact = { userId, userName, channel, address: read.address };
    await keepContact.set(contact, { clientAddress, language });
  };
}
