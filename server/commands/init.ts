import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { defineCommand } from 'citty';
import { createManageContacts } from '../admin/manage-contacts.ts';
import { CHANNELS } from '../channels/registry.ts';
import { withCredentials } from '../config/credentials.ts';
import { readAuthority } from '../config/files.ts';
import { examine } from '../doctor/doctor.ts';
import { configurationFile, readConfiguration } from '../program/configuration.ts';
import { findWebFolder } from '../program/web-folder.ts';
import { readCurrentSettings } from '../setup/current-settings.ts';
import { acceptProposal, discardProposal, type Proposal } from '../setup/propose-config.ts';
import { withCommandContext } from './command-context.ts';
import { toLines } from './doctor.ts';
import { type Access, askForAccess, askForJellyfin } from './init-jellyfin.ts';
import { offerKnownProxy } from './init-known-proxy.ts';
import { LOCAL_ADDRESS } from './init-mail.ts';
import { type InitArguments, type InitNotes, initOptions } from './init-options.ts';
import { createQuestions, type Questions } from './init-questions.ts';
import { describeMissing, writeNotes } from './init-text.ts';
import { askUntilItFits, type Tried } from './init-trial.ts';
import { refuseStrayArguments } from './options.ts';
import { UsageError, withPlainErrors } from './plain-errors.ts';
import { unbroken, untilTold } from './signals.ts';

/** The configuration is written, and mail does not work yet. */
const EXIT_IN_PART = 3;

/**
 * `gatehouse init`: asks a few questions, makes what Gatehouse needs, and writes the configuration. Exit code 0 when it is
 * written, 3 when it is and mail does not work, 1 when nothing came of it, 64 when an answer is missing.
 */
export const initCommand = defineCommand({
  args: initOptions,
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      refuseStrayArguments(rawArgs, initOptions);
      const hasTerminal = process.stdin.isTTY === true;
      if (!hasTerminal && args.yes !== true)
        throw new UsageError(
          'there is no terminal to ask on; say it by options and add --yes: --jellyfin URL --admin NAME --admin-password-file FILE, for mail --mail SERVER --mail-user NAME --mail-password-file FILE --mail-from SENDER --public-url URL (--help has all)',
        );
      const terminal = { input: process.stdin, output: process.stderr };
      await setUp(createQuestions(terminal, hasTerminal, args.yes === true), args);
    }),
});

async function setUp(questions: Questions, args: InitArguments): Promise<void> {
  const file = resolve(configurationFile(args.config));
  const current = await readCurrentSettings(file, withCredentials(process.env), CHANNELS);
  const notes: InitNotes = { done: [], todo: [] };
  questions.tell(
    `${current.text === undefined ? 'This writes' : 'This changes'} ${file}. Ctrl-C leaves all as it is.`,
  );
  const caFile = current.get('jellyfin.caFile');
  const ca = await readAuthority(caFile && resolve(dirname(file), caFile), 'jellyfin');
  const server = await askForJellyfin(questions, args, { url: current.get('jellyfin.url'), ca });
  const known = { apiKey: current.get('jellyfin.apiKey'), dataFolder: current.get('jellyfin.dataFolder') };
  const access = await askForAccess(questions, args, server, known, notes);
  const { apiKey } = access;
  const proposals: Proposal[] = [];
  const work = async (): Promise<Tried> => {
    if (apiKey !== undefined) await offerKnownProxy(questions, args, { ...server, apiKey }, notes);
    return await askUntilItFits({ questions, args, current, file, access, url: server.url, proposals });
  };
  let tried: Tried;
  try {
    tried = await untilTold(work);
    const { proposal } = tried;
    // From here on the key is in use.
    await unbroken(() => acceptProposal(proposal));
  } catch (error) {
    for (const proposal of proposals) await discardProposal(proposal);
    // Nobody would know the key.
    await access.takeBack();
    throw error;
  }
  for (const { variable, file: place } of tried.proposal.secrets) {
    process.env[variable] = place;
    notes.todo.push(
      `Start Gatehouse with ${variable}=${place} in its environment: the secret is in that file.`,
    );
  }
  notes.done.push(tried.proposal.isChanged ? `${file} was written.` : `${file} is as it was.`);
  await close(file, access, tried, notes);
}

/** Sets what the database holds, says what is left to do, and examines what is in force now. */
async function close(file: string, access: Access, tried: Tried, notes: InitNotes): Promise<void> {
  const { config } = await readConfiguration(file);
  if (config.reset === undefined)
    notes.todo.push(
      'There are no password resets yet; run gatehouse init again once you know your mail server.',
    );
  else await lookAtPeople(file, access.administrator, tried.contact, notes);
  if (tried.doesMailWork === false)
    notes.todo.push('Mend mail, then try it by gatehouse doctor --mail YOUR-ADDRESS.');
  if (config.publicUrl === LOCAL_ADDRESS)
    notes.todo.push(
      'Links lead to this machine only. Put Gatehouse in front: gatehouse nginx prints a configuration, gatehouse reverse-proxy those of others; then gatehouse init --public-url https://YOUR-NAME.',
    );
  else
    notes.todo.push(
      'Lead people to Gatehouse and not to Jellyfin: gatehouse nginx, or gatehouse reverse-proxy.',
    );
  notes.todo.push('Start it: gatehouse serve.');
  const areOurPartsThere = existsSync(join(findWebFolder(), 'client'));
  const findings = await examine({ config, areOurPartsThere });
  process.stdout.write(`${findings.map(toLines).join('\n')}\n\n${writeNotes(notes)}`);
  if (tried.doesMailWork === false) process.exitCode = EXIT_IN_PART;
}

async function lookAtPeople(
  file: string,
  administrator: string | undefined,
  contact: string | undefined,
  notes: InitNotes,
): Promise<void> {
  await withCommandContext(file, async (context) => {
    const manage = createManageContacts(context);
    if (contact !== undefined && administrator !== undefined) {
      await manage.set({ name: administrator, address: contact });
      notes.done.push(`Resets of ${administrator} reach the address you named.`);
    }
    if (contact !== undefined && administrator === undefined)
      notes.todo.push(
        'Say whose address it was that you named: gatehouse contacts set NAME --email ADDRESS.',
      );
    notes.todo.push(...describeMissing(await manage.listMissing()));
  });
}
