import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ArgsDef, defineCommand } from 'citty';
import { pinPagePath } from '../../injector/jellyfin/pin-page.ts';
import { findByUserName } from '../../injector/jellyfin/user-names.ts';
import type { Config } from '../config/config.ts';
import { readAuthority } from '../config/files.ts';
import { PROGRAM_VERSION } from '../config/version.ts';
import { type AskedPin, askForPin } from '../jellyfin/data-folder/ask-for-pin.ts';
import {
  type DataFolder,
  explainNotFound,
  findDataFolder,
} from '../jellyfin/data-folder/find-data-folder.ts';
import { createKeylessApi, type KeylessApi } from '../jellyfin/data-folder/keyless-api.ts';
import { type PinFile, readPinFiles } from '../jellyfin/data-folder/pin-file.ts';
import { createToldPinFiles } from '../jellyfin/data-folder/told-pin-files.ts';
import { oneLine } from '../messages/messages.ts';
import { readConfiguration } from '../program/configuration.ts';
import { withCommandContext } from './command-context.ts';
import { configOption, jsonOption, nameWord, printJson, takeWord } from './options.ts';
import { withPlainErrors } from './plain-errors.ts';

const options = { ...jsonOption, ...configOption } as const satisfies ArgsDef;

/** A PIN file with a PIN in it. */
type Pin = Extract<PinFile, { kind: 'pin' }>;

/**
 * `gatehouse reset pin-file NAME`: walks an administrator through Jellyfin's own way, for where there is no API key: has Jellyfin
 * write a PIN file where none is there that is still good, finds it, and says what to do with the PIN. Sets no password.
 */
export const resetPinFileCommand = defineCommand({
  meta: {
    name: 'pin-file',
    description:
      "Have Jellyfin write its own PIN for a user, find it, and say what to do with it; needs no API key, only Jellyfin's data folder.",
  },
  args: { ...nameWord, ...options },
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      const name = takeWord(rawArgs, options, 'NAME');
      const { config } = await readConfiguration(args.config);
      const { dataFolder } = config.jellyfin;
      if (dataFolder === undefined)
        throw new Error(
          'jellyfin.dataFolder is not set: write `dataFolder: auto`, or the folder in which Jellyfin writes passwordreset*.json, which this machine must see',
        );
      const finding = await findDataFolder(dataFolder);
      if (finding.kind !== 'found') throw new Error(explainNotFound(finding.tried));
      const api = await openApi(config);
      const found = (await findGood(name, finding.folder)) ?? (await ask(name, finding.folder, api, config));
      // Without a reset service there is no database, and nobody who would send a message for the file.
      if (config.reset !== undefined) await note(found, args.config);
      const { path: file, pin, userName, expiresAt } = found;
      if (args.json === true) {
        printJson({ userName, pin, file, expiresAt: new Date(expiresAt).toISOString() });
        return;
      }
      process.stdout.write(`${oneLine(pin)}\n`);
      const { Version } = await api.publicInfo();
      process.stderr.write(`${explain(found, Date.now(), pinPage(config.jellyfin.url, Version))}\n`);
    }),
});

/** One that was asked for before: Jellyfin's form was filled in, say. */
async function findGood(name: string, { path }: DataFolder): Promise<Pin | undefined> {
  const now = Date.now();
  const pins = (await readPinFiles(path)).filter(
    (file): file is Pin => file.kind === 'pin' && !file.isBroken && file.expiresAt > now,
  );
  const newestFirst = pins.toSorted((one, other) => other.expiresAt - one.expiresAt);
  return findByUserName(newestFirst, ({ userName }) => userName, name);
}

async function openApi({ jellyfin }: Config): Promise<KeylessApi> {
  return createKeylessApi({
    url: jellyfin.url,
    ca: await readAuthority(jellyfin.caFile, 'jellyfin'),
    deviceId: `gatehouse-${randomBytes(8).toString('hex')}`,
    version: PROGRAM_VERSION,
  });
}

async function ask(name: string, folder: DataFolder, api: KeylessApi, { jellyfin }: Config): Promise<Pin> {
  const asked = await askForPin({ api, folder, wait: (ms) => sleep(ms) }, name);
  if (asked.kind === 'pin') return asked.file;
  throw new Error(explainFailure(asked, name, folder.path, jellyfin.url));
}

function explainFailure(
  asked: Exclude<AskedPin, { kind: 'pin' }>,
  name: string,
  folder: string,
  url: string,
): string {
  const who = oneLine(name);
  const byHand = `By hand: at home open Jellyfin itself (${url}), choose Forgot Password on its login page, type ${who}, and run this command again within 30 minutes`;
  switch (asked.kind) {
    case 'refused':
      return `Jellyfin wrote no PIN file: it has no user "${who}", or does not take this machine for its home network. ${byHand}`;
    case 'no-file':
      return `Jellyfin wrote no PIN file in ${folder}: it has no user "${who}", does not take this machine for its home network, or writes elsewhere. ${byHand}`;
    case 'broken':
      return `Jellyfin wrote a PIN file that it cannot read itself, ${asked.path}: delete it, and run this command again`;
    case 'failed':
      return 'Jellyfin failed to write a PIN file each time; its log says why, and often its data folder is full or read-only';
  }
}

/** Keeps who was shown it in the audit log, and the Gatehouse that runs from sending the person a message for the file. */
async function note(pin: Pin, configPath: string | undefined): Promise<void> {
  await withCommandContext(configPath, async ({ limits, clock, log, by }) => {
    await createToldPinFiles(limits, clock).note(pin);
    log.info({ event: 'pin-file-shown', userName: pin.userName, by });
  });
}

function pinPage(url: string, version: string): string {
  const path = pinPagePath(version);
  return url.startsWith('http') ? `${url.replace(/\/$/, '')}${path}` : `${path} of its address`;
}

function explain({ path, userName, expiresAt }: Pin, now: number, page: string): string {
  const minutes = Math.max(1, Math.floor((expiresAt - now) / 60_000));
  const who = oneLine(userName);
  return [
    `This is the PIN of ${who}, from ${basename(path)}, for ${minutes} minutes more.`,
    `1. Open ${page} and type it there, past Gatehouse. Forgot Password would have another one written, and this one dies.`,
    `2. The PIN is the password of ${who} from then on: sign in with it, and set another at once, since it is short.`,
    'It opens no account that is locked or disabled.',
  ].join('\n');
}
