import { homedir } from 'node:os';
import { dataFolderPlaces } from '../config/data-folder-places.ts';
import { findDataFolder } from '../jellyfin/data-folder/find-data-folder.ts';
import { JellyfinUnreachableError } from '../jellyfin/errors.ts';
import type { CurrentSettings } from './current-settings.ts';
import { type GotKey, getKey, type Proof, type Server } from './get-key.ts';
import { createKnownProxy } from './known-proxy.ts';
import type { Run } from './run.ts';

/** How Gatehouse may set passwords from now on. */
export interface Access {
  readonly apiKey: string | undefined;
  readonly dataFolder: string | undefined;
  /** Who signed in. */
  readonly administrator: string | undefined;
  /** Makes a new key undone, where nothing comes of all this; false when it could not be. Never rejects. */
  readonly takeBack: () => Promise<boolean>;
}

const NOTHING = async (): Promise<boolean> => true;

/** Keeps a key that works, or has one made, or finds the data folder. */
export async function askForAccess(run: Run, server: Server, current: CurrentSettings): Promise<Access> {
  const { questions, said, notes } = run;
  const known = { apiKey: current.get('jellyfin.apiKey'), dataFolder: current.get('jellyfin.dataFolder') };
  const wantsNone = said['without-key'] === true;
  if (known.apiKey !== undefined && !wantsNone && (await isAccepted(server, known.apiKey))) {
    questions.tell('Jellyfin accepts the API key that is configured.');
    return { ...known, administrator: said.admin, takeBack: NOTHING };
  }
  const variable = current.fixedBy('jellyfin.apiKey');
  if (variable !== undefined && !wantsNone)
    throw new Error(
      `Jellyfin does not accept the API key of ${variable}, which goes before one that is made here: take it out of the environment, or empty its file, and begin again`,
    );
  const proof = wantsNone ? undefined : await askForProof(run);
  if (proof === undefined) return await findFolder(run, known.dataFolder);
  for (;;) {
    const got = await tryToGet(run, server, proof.now);
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
    const again = await askForProof({ ...run, said: {} });
    if (again === undefined) return await findFolder(run, known.dataFolder);
    proof.now = again.now;
  }
}

async function tryToGet({ questions, ending }: Run, server: Server, proof: Proof): Promise<GotKey> {
  const get = () => getKey(server, proof, { signal: ending.signal });
  try {
    // Waiting for a code may be broken off; a sign-in must be followed by signing out.
    return await (proof.way === 'password' ? ending.unbroken(get) : get());
  } catch (error) {
    ending.signal?.throwIfAborted();
    if (!(error instanceof JellyfinUnreachableError) || !questions.isAsking) throw error;
    return { kind: 'refused', says: error.message };
  }
}

async function askForProof({ questions, said, environment }: Run): Promise<{ now: Proof } | undefined> {
  const byCode: Proof = {
    way: 'quick-connect',
    tellCode: (code) =>
      questions.tell(
        `Type the code ${code} into a Jellyfin where an administrator is signed in: the picture at the top right, Quick Connect.`,
      ),
  };
  if (said['quick-connect'] === true) return { now: byCode };
  if (questions.isAsking)
    questions.tell(
      'An administrator signs in once, so that Gatehouse can make its API key. Nothing of it is kept.',
    );
  const name = await questions.text({
    words: 'User name of an administrator',
    others: [
      { answer: '', means: 'by Quick Connect' },
      { answer: 'none', means: 'without a key' },
    ],
    flag: '--admin',
    given: said.admin,
    fallback: questions.isAsking ? '' : 'none',
  });
  if (name === 'none') return undefined;
  if (name === '') return { now: byCode };
  const password = await questions.secret({
    words: `Password of ${name}`,
    flag: '--admin-password-file',
    given: said['admin-password-file'],
    fallback: said.admin === undefined ? undefined : environment[ADMIN_PASSWORD],
    variable: ADMIN_PASSWORD,
  });
  return { now: { way: 'password', name, password } };
}

const ADMIN_PASSWORD = 'JELLYFIN_ADMIN_PASSWORD';

async function findFolder({ questions, said, environment }: Run, known: string | undefined): Promise<Access> {
  const places = dataFolderPlaces({
    environment,
    platform: process.platform,
    home: homedir(),
  });
  const found = await findDataFolder({ isAuto: true, places });
  const dataFolder = await questions.text({
    words: "Jellyfin's data folder, where it writes passwordreset*.json",
    others: [{ answer: 'none', means: 'no resets' }],
    flag: '--data-folder',
    given: said['data-folder'],
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
    administrator: said.admin,
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
