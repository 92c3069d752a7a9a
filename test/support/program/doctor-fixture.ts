import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { MOD_LIST } from '../../../injector/mods/index.ts';
import { CHANNELS } from '../../../server/channels/registry.ts';
import { loadConfig } from '../../../server/config/load.ts';
import { examine } from '../../../server/doctor/doctor.ts';
import { openStorage } from '../../../server/storage/open-storage.ts';
import {
  createFakeJellyfin,
  type FakeJellyfin,
  type FakeJellyfinOptions,
} from '../../jellyfin/fake-jellyfin.ts';
import { tempFolder } from '../files/temp-folder.ts';
import { createSmtpInbox, type SmtpInbox } from '../mail/smtp-inbox.ts';
import { freePort } from '../network/free-port.ts';

/** The real program. */
export const MAIN = join(import.meta.dirname, '../../../server/main.ts');
/** The API key of every patient. */
export const KEY = randomBytes(16).toString('hex');

/** What doctor is tried on. */
export interface Patient {
  readonly folder: string;
  readonly jellyfin: FakeJellyfin;
  readonly inbox: SmtpInbox;
  readonly port: number;
}

/** What is to be wrong with it. */
export interface Wishes {
  readonly jellyfin?: Partial<FakeJellyfinOptions>;
  /** Replaces lines of the config by their field. */
  readonly lines?: Readonly<Record<string, string>>;
  readonly hasContacts?: boolean;
}

/** A folder with a config for which everything is in order, wishes aside. */
export async function admit({ lines = {}, hasContacts = true, ...wishes }: Wishes = {}): Promise<Patient> {
  const folder = await tempFolder();
  const jellyfin = await createFakeJellyfin({
    version: '10.11.11',
    apiKeys: [KEY],
    knownProxies: ['127.0.0.1'],
    ...wishes.jellyfin,
  });
  const inbox = await createSmtpInbox();
  onTestFinished(() => Promise.all([jellyfin.close(), inbox.close()]).then(() => undefined));
  const port = await freePort();
  const config: Record<string, string> = {
    listen: `{ host: 127.0.0.1, port: ${port} }`,
    public: `{ url: 'http://127.0.0.1:${port}' }`,
    jellyfin: `{ url: '${jellyfin.url}', apiKey: ${KEY} }`,
    reset: '{ method: link }',
    mail: `{ url: '${inbox.url}', from: Jellyfin <noreply@example.org> }`,
    storage: './gatehouse.db',
    ...lines,
  };
  const text = Object.entries(config).map(([field, value]) => (value === '' ? '' : `${field}: ${value}\n`));
  await writeFile(join(folder, 'config.yaml'), text.join(''), { mode: 0o600 });
  if (hasContacts) {
    const storage = await openStorage(join(folder, 'gatehouse.db'));
    const contact = { userId: jellyfin.user('alice').id, userName: 'alice', channel: 'email' as const };
    await storage.contacts.set({ ...contact, address: 'alice@example.org' });
    await storage.close();
  }
  return { folder, jellyfin, inbox, port };
}

/** Runs the real command in that folder. */
export function runDoctor(
  args: string[],
  folder: string,
): Promise<{ code: number; out: string; err: string }> {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('GATEHOUSE_'));
  const env = { ...Object.fromEntries(inherited), NO_COLOR: '1' };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [MAIN, 'doctor', ...args],
      { cwd: folder, env, timeout: 20_000 },
      (error, out, err) => {
        resolve({ code: error === null ? 0 : Number(error.code), out, err });
      },
    );
  });
}

/** What is not fine, by name. */
export async function findTroubles(folder: string): Promise<Record<string, string>> {
  const config = await loadConfig({
    configPath: join(folder, 'config.yaml'),
    environment: {},
    mods: MOD_LIST,
    channels: CHANNELS,
  });
  const findings = await examine({ config, areOurPartsThere: true });
  expect(JSON.stringify(findings)).not.toContain(KEY);
  const failed = findings.filter(({ state }) => state === 'failed');
  expect(failed.every(({ fix }) => fix !== undefined)).toBe(true);
  return Object.fromEntries(failed.map(({ name, says, fix }) => [name, `${says} ${fix}`]));
}
