import type { AccountUseCases } from '../http/account-use-cases.ts';
import type { ReminderAnswer } from '../http/reminder-contract.ts';
import type { AccountAccess } from '../ports/account-access.ts';
import type { Contacts } from '../ports/contacts.ts';
import type { AccountLimits } from './account-limits.ts';
import type { ServerChannels } from './server-channels.ts';

/** What is asked without a session needs. */
export interface AskAboutServerParts {
  readonly channels: ServerChannels;
  readonly access: Pick<AccountAccess, 'ownerOf' | 'quickConnect'>;
  readonly contacts: Pick<Contacts, 'ofUser'>;
  readonly limits: AccountLimits;
}

/** Makes the questions that need no session: the same for everybody, or about whoever has a token of Jellyfin's. */
export function createAskAboutServer(
  parts: AskAboutServerParts,
): Pick<AccountUseCases, 'channels' | 'reminder'> {
  const { channels, access, contacts, limits } = parts;
  return {
    async channels({ clientAddress }) {
      await limits.takeOfNetwork('open', clientAddress);
      return { channels: channels.shown, quickConnect: await access.quickConnect.isEnabled() };
    },
    async reminder(token, { clientAddress }) {
      await limits.takeOfNetwork('signIn', clientAddress);
      if (channels.all.length === 0) return NOT_WANTED;
      const asked = await access.ownerOf({ token, deviceId: undefined }, clientAddress);
      if (asked.kind !== 'owner') return NOT_WANTED;
      const names = channels.all.map(({ channel }) => channel.name);
      const own = (await contacts.ofUser(asked.owner.userId)).filter(({ channel }) =>
        names.includes(channel),
      );
      if (own.some(({ state }) => state === 'verified')) return NOT_WANTED;
      return { isWanted: true, isUnconfirmed: own.some(({ state }) => state === 'unverified') };
    },
  };
}

const NOT_WANTED: ReminderAnswer = { isWanted: false, isUnconfirmed: false };
