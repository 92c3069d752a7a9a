import type { AccountChannel } from '../server/http/account-contract.ts';
import type { Strings } from './strings/en.ts';

/** What people call a channel. One that the server does not describe keeps its plain name. */
export function channelName(
  name: string,
  channels: readonly Pick<AccountChannel, 'channel' | 'properName'>[],
  { myAccount }: Pick<Strings, 'myAccount'>,
): string {
  const proper = channels.find(({ channel }) => channel === name)?.properName;
  return proper ?? (name === 'email' ? myAccount.mail : name);
}
