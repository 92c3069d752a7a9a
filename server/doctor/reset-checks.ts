import { randomUUID } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isLoopbackHost } from '../../injector/addresses/networks.ts';
import { CHANNELS } from '../channels/registry.ts';
import { isPostgresAddress, parsePostgresAddress } from '../config/postgres-address.ts';
import type { ResetConfig } from '../config/reset-config.ts';
import { readAddress } from '../contacts/address.ts';
import { shortAddress } from '../log/log.ts';
import { layOut } from '../messages/layout.ts';
import type { ChannelDefinition } from '../ports/channel.ts';
import type { ContactMark } from '../ports/storage.ts';
import { inspectStorage } from '../storage/open-storage.ts';
import { type Finding, failed, fine, messageOf, skipped } from './finding.ts';

const NO_RESET = 'Not needed: there is no reset in the configuration.';

/** Checks whether each channel that is set up works, as the mail server letting us in; sends nothing. */
export async function checkChannels(
  reset: ResetConfig | undefined,
  channels: readonly ChannelDefinition[] = CHANNELS,
): Promise<Finding[]> {
  // One line is enough to say that none is needed.
  if (reset === undefined) return channels.slice(0, 1).map(({ section }) => skipped(section, NO_RESET));
  const wanted = channels.filter(({ name }) => reset.channels[name] !== undefined);
  return Promise.all(
    wanted.map(async ({ name, section, check, create }) => {
      const channel = await create(reset.channels[name], reset);
      const outcome = await channel.check();
      channel.close();
      if (outcome.kind === 'sent') return fine(section, check.fine);
      return failed(section, outcome.detail, check.fix);
    }),
  );
}

/** Sends a test message to a mail address, over the channel that every message would take. Never rejects. */
export async function sendTestMessage(
  reset: ResetConfig | undefined,
  address: string,
  channels: readonly ChannelDefinition[] = CHANNELS,
): Promise<Finding> {
  const name = 'test-message';
  const mail = channels.find((channel) => channel.name === 'email');
  const options = reset?.channels['email'];
  if (reset === undefined || mail === undefined || options === undefined)
    return failed(name, 'There is no mail server to send it.', 'Write reset and mail to the configuration.');
  const read = readAddress(address);
  if ('fault' in read)
    return failed(name, `The address ${read.fault}.`, 'Name one, as in --mail anna@example.org.');
  const to = { userId: '', userName: '', channel: mail.name, address: read.address };
  const { hostname } = new URL(reset.publicUrl);
  const content = {
    subject: `Test message of Gatehouse for ${hostname}`,
    blocks: [
      'Hello,',
      'this is the test message of gatehouse doctor: what Gatehouse sends can reach this address.',
      `Links in its messages begin with ${reset.publicUrl}.`,
    ].map((text) => ({ kind: 'paragraph' as const, text })),
  };
  const channel = await mail.create(options, reset);
  const outcome = await channel.send({ to, key: randomUUID(), ...layOut(content, 'en') });
  channel.close();
  if (outcome.kind !== 'sent') return failed(name, outcome.detail, mail.check.fix);
  const short = shortAddress(read.address);
  return fine(
    name,
    `The mail server took a test message for ${short}; see that it arrives, and not as spam.`,
  );
}

/** Checks whether the database can be used, and how many can be reached. Makes and changes nothing. */
export async function checkStorage(
  reset: ResetConfig | undefined,
  location: string,
): Promise<{ finding: Finding; contacts?: readonly ContactMark[] }> {
  const name = 'storage';
  if (reset === undefined) return { finding: skipped(name, NO_RESET) };
  if (isPostgresAddress(location)) {
    const fix = 'Correct storage, or mend the database as the sentence says.';
    return inspect(location, parsePostgresAddress(location).place, fix);
  }
  const isThere = await mayUse(location, constants.F_OK);
  const folder = dirname(location);
  if (!(await mayUse(folder, constants.W_OK))) {
    const fix = 'Make the folder and let Gatehouse write to it, or correct storage.';
    return { finding: failed(name, `${folder} is missing or may not be written to.`, fix) };
  }
  if (!isThere) return { finding: fine(name, `${location} will be made at the first start.`), contacts: [] };
  if (await mayUse(location, constants.W_OK))
    return inspect(location, location, 'Correct storage, or the rights of the file.');
  const fix = 'Let the user Gatehouse runs as own the file.';
  return { finding: failed(name, `${location} may not be written to.`, fix) };
}

async function inspect(
  location: string,
  place: string,
  fix: string,
): Promise<{ finding: Finding; contacts?: readonly ContactMark[] }> {
  const name = 'storage';
  try {
    const { isMade, contacts } = await inspectStorage(location);
    return {
      finding: fine(name, isMade ? `${place} can be used.` : `${place} will be made at the first start.`),
      contacts,
    };
  } catch (error) {
    return { finding: failed(name, messageOf(error), fix) };
  }
}

/**
 * Checks whether anybody can be reached at all; those who are gone from Jellyfin count as nobody.
 *
 * @param isThere Whether Jellyfin has an account of that id; undefined where it cannot be asked.
 */
export function checkContacts(
  reset: ResetConfig | undefined,
  contacts: readonly ContactMark[] | undefined,
  isThere: ((id: string) => boolean) | undefined,
): Finding {
  const name = 'contacts';
  if (reset === undefined) return skipped(name, NO_RESET);
  if (contacts === undefined) return skipped(name, 'The database must be usable first.');
  const known = isThere === undefined ? contacts : contacts.filter(({ userId }) => isThere(userId));
  const gone = contacts.length - known.length;
  const left =
    gone === 0
      ? ''
      : ` ${gone} more ${gone === 1 ? 'is' : 'are'} of users who are gone: gatehouse contacts list.`;
  if (known.length > 0)
    return fine(name, `${known.length} ${known.length === 1 ? 'address is' : 'addresses are'} known.${left}`);
  const fix =
    'gatehouse contacts set NAME --email ADDRESS, or gatehouse contacts import FILE.csv with the columns name,email.';
  return failed(name, `Nobody can be reached: there is no address.${left}`, fix);
}

/** Checks whether links in messages are safe on their way, and lead somewhere. */
export async function checkPublicUrl(publicUrl: string | undefined): Promise<Finding> {
  const name = 'public-url';
  if (publicUrl === undefined) return skipped(name, 'No public.url; only the password reset needs one.');
  const { protocol, hostname } = new URL(publicUrl);
  if (isLoopbackHost(hostname)) return fine(name, `${publicUrl} is for this machine only.`);
  if (protocol !== 'https:') {
    const fix =
      'Put a reverse proxy with a certificate in front, and write its https:// address to public.url.';
    return failed(name, `Reset links begin with ${publicUrl} and can be read on their way.`, fix);
  }
  try {
    await lookup(hostname.replace(/^\[(.*)\]$/, '$1'));
    return fine(name, `${publicUrl} is https, and its name resolves.`);
  } catch {
    const fix = 'Correct public.url, or the DNS entry of that name.';
    return failed(name, `The name ${hostname} does not resolve.`, fix);
  }
}

function mayUse(path: string, mode: number): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  );
}
