import { basename } from 'node:path';
import { type ArgsDef, defineCommand } from 'citty';
import { findByUserName } from '../../injector/jellyfin/user-names.ts';
import { explainNotFound, findDataFolder } from '../jellyfin/data-folder/find-data-folder.ts';
import { type PinFile, readPinFiles } from '../jellyfin/data-folder/pin-file.ts';
import { oneLine } from '../messages/messages.ts';
import { readConfiguration } from '../program/configuration.ts';
import { configOption, jsonOption, nameWord, printJson, takeWord } from './options.ts';
import { withPlainErrors } from './plain-errors.ts';

const options = { ...jsonOption, ...configOption } as const satisfies ArgsDef;

/** A PIN file with a PIN in it. */
type Pin = Extract<PinFile, { kind: 'pin' }>;

/**
 * `gatehouse reset pin-file NAME`: walks an administrator through Jellyfin's own way, for where there is no API key and nothing
 * is set up: which file to look for, and what to do with the PIN in it. Reads the data folder and changes nothing.
 */
export const resetPinFileCommand = defineCommand({
  meta: {
    name: 'pin-file',
    description:
      "Show the PIN that Jellyfin's own Forgot Password wrote for a user, and what to do with it; needs no API key, only Jellyfin's data folder.",
  },
  args: { ...nameWord, ...options },
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      const name = takeWord(rawArgs, options, 'NAME');
      const { config } = await readConfiguration(args.config);
      const { dataFolder } = config.jellyfin;
      if (dataFolder === undefined)
        throw new Error(
          'jellyfin.dataFolder is not set: write `dataFolder: auto` or the path where Jellyfin has jellyfin.db or library.db, which this machine must see',
        );
      const finding = await findDataFolder(dataFolder);
      if (finding.kind !== 'found') throw new Error(explainNotFound(finding.tried));
      const { path } = finding.folder;
      const pins = (await readPinFiles(path)).filter((file): file is Pin => file.kind === 'pin');
      const now = Date.now();
      const found = findByUserName(
        // The newest is the one that is still good.
        pins
          .filter(({ expiresAt }) => expiresAt > now)
          .toSorted((one, other) => other.expiresAt - one.expiresAt),
        ({ userName }) => userName,
        name,
      );
      if (found === undefined) {
        process.stderr.write(`${explainMissing(name, path, config.publicUrl ?? config.jellyfin.url)}\n`);
        process.exitCode = 1;
        return;
      }
      if (args.json === true) {
        const { path: file, pin, userName, expiresAt } = found;
        printJson({ userName, pin, file, expiresAt: new Date(expiresAt).toISOString() });
        return;
      }
      process.stdout.write(`${oneLine(found.pin)}\n`);
      process.stderr.write(`${explainFound(found, now)}\n`);
    }),
});

function explainMissing(name: string, folder: string, url: string): string {
  return [
    `There is no PIN file in ${folder} for ${oneLine(name)} that is still good. To get one:`,
    `1. In the home network open Jellyfin itself (${url}), and on its login page choose Forgot Password.`,
    `2. Type ${oneLine(name)} and submit; Jellyfin writes passwordreset….json into that folder. From outside it writes none.`,
    '3. Within 30 minutes run this command again.',
  ].join('\n');
}

function explainFound({ path, userName, expiresAt }: Pin, now: number): string {
  const minutes = Math.max(1, Math.floor((expiresAt - now) / 60_000));
  return [
    `It is in ${basename(path)}, for ${oneLine(userName)}, for ${minutes} minutes more.`,
    "1. On Jellyfin's page that asks for the PIN (login page, Forgot Password, I have a PIN) type it.",
    `2. The PIN is now the password of ${oneLine(userName)}: sign in with it, and set another at once, since the PIN is short.`,
  ].join('\n');
}
