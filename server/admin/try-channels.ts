import { randomUUID } from 'node:crypto';
import { UseCaseError } from '../errors/use-case-error.ts';
import type { Channel, ChannelDefinition, ChannelLinking, Message, SendOutcome } from '../ports/channel.ts';
import type { ChannelName, Contacts } from '../ports/contacts.ts';

/** A channel with what is known of it before it is set up. */
export interface SetUpChannel {
  readonly channel: Pick<Channel, 'name' | 'check' | 'send'>;
  readonly definition: Pick<ChannelDefinition, 'linking' | 'properName' | 'readAddress' | 'check'>;
}

/** Whether a channel works. */
export interface ChannelHealth {
  readonly channel: ChannelName;
  readonly properName: string | undefined;
  readonly linking: ChannelLinking;
  readonly isWorking: boolean;
  /** What was seen, with the fix where one is known. */
  readonly detail: string;
}

/** Tries the connection of every channel, all at once; sends nothing. Never throws. */
export function checkChannels(channels: readonly SetUpChannel[]): Promise<readonly ChannelHealth[]> {
  return Promise.all(
    channels.map(async ({ channel, definition }) => {
      const { linking, properName } = definition;
      const outcome = await channel.check();
      const isWorking = outcome.kind === 'sent';
      const detail = isWorking
        ? definition.check.fine
        : `${'detail' in outcome ? outcome.detail : ''} ${definition.check.fix}`;
      return { channel: channel.name, properName, linking, isWorking, detail: detail.trim() };
    }),
  );
}

/** Who tries a channel. */
export interface ChannelTester {
  readonly userId: string;
  readonly userName: string;
}

/** A test message that was handed over, or was not. */
export interface TestedChannel {
  readonly outcome: SendOutcome;
  /** Whole; for no log. */
  readonly address: string;
}

/**
 * Sends a test message over a channel, to the address that is named or to the tester's own contact. It waits in no queue and
 * is tried once.
 *
 * @throws {UseCaseError} `channel-unknown`, `address-refused`, `no-contact`.
 * @throws {StorageError}
 */
export async function testChannel(
  wanted: { readonly channel: ChannelName; readonly address?: string | undefined },
  tester: ChannelTester,
  parts: {
    readonly channels: readonly SetUpChannel[];
    readonly contacts: Pick<Contacts, 'ofUser'>;
    /** What it says. */
    readonly write: (tester: ChannelTester) => Promise<Omit<Message, 'to' | 'key'>>;
  },
): Promise<TestedChannel> {
  const found = parts.channels.find(({ channel }) => channel.name === wanted.channel);
  if (found === undefined) throw new UseCaseError('channel-unknown');
  const { channel, definition } = found;
  const address = await addressFor(wanted, tester, definition, parts.contacts);
  const { userId, userName } = tester;
  const to = { userId, userName, channel: channel.name, address };
  const message = { to, key: randomUUID(), ...(await parts.write(tester)) };
  return { outcome: await channel.send(message), address };
}

async function addressFor(
  wanted: { readonly channel: ChannelName; readonly address?: string | undefined },
  tester: ChannelTester,
  definition: SetUpChannel['definition'],
  contacts: Pick<Contacts, 'ofUser'>,
): Promise<string> {
  if (wanted.address !== undefined) {
    const read = definition.readAddress(wanted.address);
    if ('fault' in read) throw new UseCaseError('address-refused', read.fault);
    return read.address;
  }
  const own = (await contacts.ofUser(tester.userId)).find(({ channel }) => channel === wanted.channel);
  if (own === undefined) throw new UseCaseError('no-contact');
  return own.address;
}
