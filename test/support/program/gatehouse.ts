import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { ResetMethod } from '../../../server/config/methods.ts';
import type { Gatehouse } from '../../../server/program/gatehouse.ts';
import { openStorage } from '../../../server/storage/open-storage.ts';
import type { Subject } from '../jellyfin/subject.ts';
import { createLogLines, type LogLines } from '../log/log-lines.ts';
import { createSmtpInbox, type SmtpInbox } from '../mail/smtp-inbox.ts';
import { freePort } from '../network/free-port.ts';
import { createHouse, type House, IS_RUN_SPLIT } from './house.ts';

/** Gatehouse with a mail server beside it and a config file, in front of a Jellyfin. */
export interface Stage {
  readonly gatehouse: Gatehouse;
  readonly house: House;
  readonly inbox: SmtpInbox;
  readonly log: LogLines;
  /** Address people use, without a slash at the end. */
  readonly url: string;
  readonly configPath: string;
  readonly storagePath: string;
  /** Writes the config anew and puts it into force. */
  reload(options: ConfigLines): Promise<void>;
  /** The same with the whole text of a config. */
  apply(text: string): Promise<void>;
  /** Closes Gatehouse and the inbox; the Jellyfin is left to whoever opened it. */
  close(): Promise<void>;
}

/** The lines of the config that tests change. */
export interface ConfigLines {
  /** Lines for below `mods:`, indented by two blanks from the second on; default: forgot-password as it fits the method. */
  readonly mods?: string;
  readonly method?: ResetMethod;
  /** Further fields of `reset`, as in a flow map: `limits: { … }`. */
  readonly reset?: string;
  /** Whose word about the client's address is believed; default nobody's. */
  readonly trustedProxies?: string;
  /** Fields of `jellyfin` in place of the API key, as in a flow map. */
  readonly jellyfin?: string;
  /** Default the address of Gatehouse itself. */
  readonly publicUrl?: string;
  /** Further lines at the top. */
  readonly more?: string;
}

/** What the mod shows with a method. */
const SHOWN: Readonly<Record<ResetMethod, string>> = {
  link: 'check-your-messages',
  account: 'account',
  pin: 'pin-page',
  'pin-link': 'pin-page',
};

/**
 * Sets everything up; each user of the subject has the address NAME@example.org.
 *
 * @param isSplit Injector and reset service as two halves that speak HTTP; default as `TEST_SPLIT` says.
 */
export async function createStage(
  subject: Subject,
  lines: ConfigLines = {},
  isSplit = IS_RUN_SPLIT,
): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-'));
  const inbox = await createSmtpInbox();
  const storagePath = join(folder, 'gatehouse.db');
  const configPath = join(folder, 'config.yaml');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}${new URL(subject.url).pathname.replace(/\/$/, '')}`;
  const log = createLogLines();
  const house = await createHouse(log.log, isSplit);

  async function apply(text: string): Promise<void> {
    await writeFile(configPath, text);
    await house.apply(configPath);
  }

  async function reload(changed: ConfigLines): Promise<void> {
    await apply(`${changed.more ?? ''}
listen: { host: 127.0.0.1, port: ${port}, trustedProxies: [${changed.trustedProxies ?? ''}] }
public: { url: '${changed.publicUrl ?? url}' }
jellyfin: { url: '${subject.url}', ${changed.jellyfin ?? `apiKey: ${subject.apiKey}`} }
reset: { method: ${changed.method ?? 'link'}, ${changed.reset ?? ''} }
mail: { url: '${inbox.url}', from: Jellyfin <noreply@example.org> }
storage: ${storagePath}
${house.lines}mods:
  ${changed.mods ?? `forgot-password: { show: ${SHOWN[changed.method ?? 'link']} }`}
`);
  }

  await addContacts(storagePath, subject);
  await reload(lines);
  await house.listen(port);
  return {
    gatehouse: house.gatehouse,
    ...{ house, inbox, log, url, configPath, storagePath, reload, apply },
    async close() {
      await house.close();
      await inbox.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Gives each user of the subject the address NAME@example.org, in the database at that path. */
export async function addContacts(path: string, subject: Subject): Promise<void> {
  const storage = await openStorage(path);
  for (const { id, name } of subject.users) {
    await storage.contacts.set({
      userId: id,
      userName: name,
      channel: 'email',
      address: `${name}@example.org`,
    });
  }
  await storage.close();
}

/** A server of the journeys and the Gatehouse in front of it. */
export interface Staged {
  readonly subject: Subject;
  readonly stage: Stage;
}

/**
 * A server with Gatehouse in front for all tests of a `describe`; ask for both inside a test.
 *
 * @param open Opens the server.
 * @param linesFor The lines of the config that this server needs; default none.
 * @param isSplit As for `createStage`.
 */
export function useStage(
  open: () => Promise<Subject>,
  linesFor: (subject: Subject) => ConfigLines | Promise<ConfigLines> = () => ({}),
  isSplit?: boolean,
): () => Staged {
  let subject: Subject | undefined;
  let stage: Stage | undefined;
  beforeAll(async () => {
    subject = await open();
    stage = await createStage(subject, await linesFor(subject), isSplit);
  });
  afterAll(async () => {
    await stage?.close();
    await subject?.close();
  });
  return () => {
    if (subject === undefined || stage === undefined)
      throw new Error('The stage is there while a test runs only.');
    return { subject, stage };
  };
}
