import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isLoopbackHost } from '../../injector/addresses/networks.ts';
import { CHANNELS } from '../channels/registry.ts';
import { readAuthority } from '../config/files.ts';
import { examine } from '../doctor/doctor.ts';
import { type Finding, messageOf } from '../doctor/finding.ts';
import type { Logger } from '../log/log.ts';
import { type Access, askForAccess } from './ask-access.ts';
import { askForJellyfin } from './ask-jellyfin.ts';
import { readCurrentSettings } from './current-settings.ts';
import { lookAtPeople } from './look-at-people.ts';
import { offerKnownProxy } from './offer-known-proxy.ts';
import { acceptProposal, discardProposal, type Proposal } from './propose-config.ts';
import type { Run } from './run.ts';
import { askUntilItFits, type ReadConfig, type Tried } from './try-proposal.ts';

/** What setting up needs besides answers. */
export interface SetUpParts extends Omit<Run, 'notes'> {
  /** The configuration file, as an absolute path; need not be there. */
  readonly file: string;
  readonly read: ReadConfig;
  /** Folder of the built browser parts. */
  readonly webFolder: string;
  /** A log for the audit table; see `PeopleParts`. */
  readonly log: Logger;
  /** Who sets up, as the audit table names it. */
  readonly by: string;
  /** Called once the configuration is in its place, and waited for. @default there is nothing to wait for */
  readonly onWritten?: () => Promise<void>;
  /** Whether a Gatehouse runs that takes the configuration up. @default none */
  readonly isRunning?: boolean;
}

/** What came of it. */
export interface SetUpResult {
  /** A sentence each. */
  readonly done: readonly string[];
  /** What is left, a sentence each. */
  readonly todo: readonly string[];
  /** Of the doctor, about what is in force now. */
  readonly findings: readonly Finding[];
  /** Undefined where there is no mail. */
  readonly doesMailWork: boolean | undefined;
}

/**
 * Leads from nothing to a configuration in its place, in this order: Jellyfin, the key, Known proxies, mail, the public address, a
 * test message, who cannot be reached, what the doctor finds. Run again, it changes what is answered otherwise.
 *
 * @throws {Error} when it is ended, or an answer is missing; nothing is written then, and a key that was made is deleted. Also where
 * contacts cannot be kept: the configuration is written then.
 */
export async function setUp(parts: SetUpParts): Promise<SetUpResult> {
  const { questions, said, ending, environment, seenAt, file, read } = parts;
  const run: Run = { questions, said, ending, environment, seenAt, notes: { done: [], todo: [] } };
  const { notes } = run;
  const current = await readCurrentSettings(file, environment, CHANNELS);
  const caFile = current.get('jellyfin.caFile');
  const ca = await readAuthority(caFile && resolve(dirname(file), caFile), 'jellyfin');
  const server = await askForJellyfin(run, current, ca);
  const access = await askForAccess(run, server, current);
  const { apiKey } = access;
  const proposals: Proposal[] = [];
  const work = async (): Promise<Tried> => {
    if (apiKey !== undefined) await offerKnownProxy(run, { ...server, apiKey });
    return await askUntilItFits(run, { current, file, access, url: server.url, read, proposals });
  };
  let tried: Tried;
  try {
    tried = await ending.untilEnded(work);
    const { proposal } = tried;
    // From here on the key is in use.
    await ending.unbroken(() => acceptProposal(proposal));
  } catch (error) {
    for (const proposal of proposals) await discardProposal(proposal);
    // Nobody would know the key.
    if (await access.takeBack()) throw error;
    throw new Error(`${messageOf(error)} ${KEY_IS_LEFT}`, { cause: error });
  }
  const { secrets, isChanged } = tried.proposal;
  for (const { variable, file: place } of secrets)
    notes.todo.push(
      `Start Gatehouse with ${variable}=${place} in its environment: the secret is in that file.`,
    );
  notes.done.push(isChanged ? `${file} was written.` : `${file} is as it was.`);
  for (const { variable, field } of current.emptyFiles)
    notes.done.push(
      `${variable} names an empty file, so ${field} stands in ${file}; what is put into that file comes before it.`,
    );
  await parts.onWritten?.();
  return await close(parts, run, access, tried);
}

const KEY_IS_LEFT =
  'The API key that was made could not be deleted: delete the one named Gatehouse in Jellyfin, under Dashboard, API Keys.';

/** Sets what the database holds, says what is left to do, and examines what is in force now. */
async function close(
  { file, read, webFolder, log, by, isRunning = false }: SetUpParts,
  { notes }: Run,
  { administrator }: Access,
  { proposal, contact, doesMailWork }: Tried,
): Promise<SetUpResult> {
  const inFiles = proposal.secrets.map(({ variable, file: place }) => [variable, place]);
  const { config } = await read(file, Object.fromEntries(inFiles));
  if (config.reset === undefined)
    notes.todo.push(
      'There are no password resets yet; run gatehouse init again once you know your mail server.',
    );
  else await lookAtPeople({ config, administrator, contact, log, by }, notes);
  if (doesMailWork === false)
    notes.todo.push('Mend mail, then try it by gatehouse doctor --mail YOUR-ADDRESS.');
  notes.todo.push(
    config.publicUrl !== undefined && isLoopbackHost(new URL(config.publicUrl).hostname)
      ? 'Links lead to this machine only. Put a reverse proxy in front of it: gatehouse nginx prints its configuration, gatehouse reverse-proxy those of others; then gatehouse init --public-url https://YOUR-NAME.'
      : 'Lead people to Gatehouse and not to Jellyfin: gatehouse nginx, or gatehouse reverse-proxy.',
  );
  if (!isRunning) notes.todo.push('Start it: gatehouse serve.');
  const areOurPartsThere = existsSync(join(webFolder, 'client'));
  const findings = await examine({ config, areOurPartsThere });
  return { ...notes, findings, doesMailWork };
}
