import { homedir } from 'node:os';
import { dataFolderPlaces } from '../config/data-folder-places.ts';
import { findDataFolder } from '../jellyfin/data-folder/find-data-folder.ts';
import { findJellyfin, lookAtJellyfin } from '../setup/find-jellyfin.ts';
import { getKey, type Proof, type Server } from '../setup/get-key.ts';
import { createKnownProxy } from '../setup/known-proxy.ts';
import type { InitArguments, InitNotes } from './init-options.ts';
import type { Questions } from './init-questions.ts';
import { unbroken } from './signals.ts';

/** Asks where Jellyfin is, until one answers there. @param known What is configured already. */
export async function askForJellyfin(
  questions: Questions,
  args: InitArguments,
  known: { readonly url: string | undefined; readonly ca: string | undefined },
): Promise<Server> {
  const { ca } = known;
  const guess = args.jellyfin ?? known.url ?? (await findJellyfin());
  let version = '';
  const url = await questions.text({
    words: 'Address of Jellyfin',
    flag: '--jellyfin',
    given: args.jellyfin,
    fallback: guess ?? (questions.isAsking ? 'http://127.0.0.1:8096' : undefined),
    async check(text) {
      if (!/^(?:https?:\/\/[^\s/]|unix:\/)/i.test(text))
        return 'That is no address such as http://127.0.0.1:8096.';
      const seen = await lookAtJellyfin(text, ca);
      if (seen.kind === 'not-usable') return `${seen.says} ${seen.fix}`;
      ({ version } = seen);
      return undefined;
    },
  });
  questions.tell(`Jellyfin ${version} answers there.`);
  return { url, ca, version };
}

/** How Gatehouse may set passwords from now on. */
export interface Access {
  readonly apiKey: string | undefined;
  readonly dataFolder: string | undefined;
  /** Who signed in. */
  readonly administrator: string | undefined;
  /** Makes a new key undone, where nothing comes of all this; never rejects. */
  readonly takeBack: () => Promise<void>;
}

const NOTHING = async (): Promise<void> => undefined;

/** Keeps a key that works, or has one made, or finds the data folder. @param known What is configured already. */
export async function askForAccess(
  questions: Questions,
  args: InitArguments,
  server: Server,
  known: { readonly apiKey: string | undefined; readonly dataFolder: string | undefined },
  notes: InitNotes,
): Promise<Access> {
  const wantsNone = args['without-key'] === true;
  if (known.apiKey !== undefined && !wantsNone && (await isAccepted(server, known.apiKey))) {
    questions.tell('Jellyfin accepts the API key that is configured.');
    return { ...known, administrator: args.admin, takeBack: NOTHING };
  }
  const proof = wantsNone ? undefined : await askForProof(questions, args);
  if (proof === undefined) return await findFolder(questions, args, known.dataFolder);
  for (;;) {
    const get = () => getKey(server, proof.now);
    // Waiting for a code may be broken off; a sign-in must be followed by signing out.
    const got = await (proof.now.way === 'password' ? unbroken(get) : get());
    if (got.kind === 'got') {
      const { key, administrator, isToken, isSignedOut, takeBack } = got;
      if (isToken)
        notes.done.push(
          'On Jellyfin 10.8 no API key can set a password: the sign-in stays, and stands for a key until the password of its administrator changes.',
        );
      else notes.done.push('An API key named Gatehouse was made (Dashboard, API Keys).');
      if (!isSignedOut && !isToken)
        notes.todo.push(
          'End the session of Gatehouse in Jellyfin, under Dashboard, Devices: it could not be ended.',
        );
      return { apiKey: key, dataFolder: known.dataFolder, administrator, takeBack };
    }
    if (!questions.isAsking) throw new Error(got.says);
    questions.tell(got.says);
    // Another try asks for everything again, whatever the options say.
    const again = await askForProof(questions, {});
    if (again === undefined) return await findFolder(questions, args, known.dataFolder);
    proof.now = again.now;
  }
}

async function askForProof(questions: Questions, args: InitArguments): Promise<{ now: Proof } | undefined> {
  const byCode: Proof = {
    way: 'quick-connect',
    tellCode: (code) =>
      questions.tell(
        `Type the code ${code} into a Jellyfin where an administrator is signed in: the picture at the top right, Quick Connect.`,
      ),
  };
  if (args['quick-connect'] === true) return { now: byCode };
  if (questions.isAsking)
    questions.tell(
      'An administrator signs in once, so that Gatehouse can make its API key. Nothing of it is kept.',
    );
  const name = await questions.text({
    words: 'User name of an administrator (Enter: by Quick Connect; none: without a key)',
    flag: '--admin',
    given: args.admin,
    fallback: questions.isAsking ? '' : 'none',
  });
  if (name === 'none') return undefined;
  if (name === '') return { now: byCode };
  const password = await questions.secret({
    words: `Password of ${name}`,
    flag: '--admin-password-file',
    given: args['admin-password-file'],
    fallback: args.admin === undefined ? undefined : process.env[ADMIN_PASSWORD],
    variable: ADMIN_PASSWORD,
  });
  return { now: { way: 'password', name, password } };
}

const ADMIN_PASSWORD = 'JELLYFIN_ADMIN_PASSWORD';

async function findFolder(
  questions: Questions,
  args: InitArguments,
  known: string | undefined,
): Promise<Access> {
  const places = dataFolderPlaces({
    environment: process.env,
    platform: process.platform,
    home: homedir(),
  });
  const found = await findDataFolder({ isAuto: true, places });
  const dataFolder = await questions.text({
    words: "Jellyfin's data folder, where it writes passwordreset*.json (none: no resets)",
    flag: '--data-folder',
    given: args['data-folder'],
    fallback: known ?? (found.kind === 'found' ? found.folder.path : 'none'),
    async check(path) {
      if (path === 'none' || path === 'auto') return undefined;
      const seen = await findDataFolder({ isAuto: true, places: [{ path, install: 'configured' }] });
      return seen.kind === 'found' ? undefined : `${path} is no data folder of Jellyfin that can be read.`;
    },
  });
  return {
    apiKey: undefined,
    dataFolder: dataFolder === 'none' ? undefined : dataFolder,
    administrator: args.admin,
    takeBack: NOTHING,
  };
}

async function isAccepted({ url, ca }: Server, apiKey: string): Promise<boolean> {
  const look = createKnownProxy({ url, ca, apiKey }).look();
  return await look.then(
    () => true,
    () => false,
  );
}
