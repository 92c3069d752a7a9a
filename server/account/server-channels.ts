import type { AccountChannel } from '../http/account-contract.ts';
import { AccountRefusal } from '../http/account-use-cases.ts';
import type { Channel, ChannelDefinition } from '../ports/channel.ts';

/** A channel that is set up, with what is known of it. */
export interface ServerChannel {
  readonly definition: Pick<ChannelDefinition, 'name' | 'linking' | 'properName' | 'readAddress'>;
  readonly channel: Channel;
}

/** The channels of this server, in the order of the registry. */
export interface ServerChannels {
  /** As pages show them. */
  readonly shown: readonly AccountChannel[];
  readonly all: readonly ServerChannel[];
  /** @throws {AccountRefusal} `address-refused`: there is no such channel. */
  find(name: string): ServerChannel;
}

/** Puts channels and what is known of them together. */
export function createServerChannels(
  channels: readonly Channel[],
  definitions: readonly ServerChannel['definition'][],
): ServerChannels {
  const all = definitions.flatMap((definition) => {
    const channel = channels.find(({ name }) => name === definition.name);
    return channel === undefined ? [] : [{ definition, channel }];
  });
  return {
    all,
    shown: all.map(({ definition: { name, properName, linking } }) => ({
      channel: name,
      properName,
      linking,
    })),
    find(name) {
      const found = all.find(({ definition }) => definition.name === name);
      if (found === undefined) throw new AccountRefusal('address-refused');
      return found;
    },
  };
}
