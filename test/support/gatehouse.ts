import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MODS } from '../../injector/mods/index.ts';
import { loadConfig } from '../../server/config/load.ts';
import { createGatehouse, type Gatehouse } from '../../server/gatehouse.ts';
import { openStorage } from '../../server/storage/storage.ts';
import { freePort } from './free-port.ts';
import { createLogLines, type LogLines } from './log-lines.ts';
import { createSmtpInbox, type SmtpInbox } from './smtp-inbox.ts';
import type { Subject } from './subject.ts';

/** Gatehouse with a mail server beside it and a config file, in front of a Jellyfin. */
export interface Stage {
  readonly gatehouse: Gatehouse;
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
  /** Lines for below `mods:`, indented by two blanks from the second on; default: forgot-password, check-your-messages. */
  readonly mods?: string;
  readonly method?: 'link' | 'account';
  /** Default the address of Gatehouse itself. */
  readonly publicUrl?: string;
  /** Further lines at the top. */
  readonly more?: string;
}

/** Sets everything up; each user of the subject has the address NAME@example.org. */
export async function createStage(subject: Subject, lines: ConfigLines = {}): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-'));
  const inbox = await createSmtpInbox();
  const storagePath = join(folder, 'gatehouse.db');
  const configPath = join(folder, 'config.yaml');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}${new URL(subject.url).pathname.replace(/\/$/, '')}`;
  const log = createLogLines();
  const gatehouse = createGatehouse({
    mods: MODS,
    webFolder: join(import.meta.dirname, '../../dist'),
    log: log.log,
  });

  async function apply(text: string): Promise<void> {
    await writeFile(configPath, text);
    await gatehouse.apply(await loadConfig({ configPath, environment: {}, mods: MODS }));
  }

  async function reload(changed: ConfigLines): Promise<void> {
    await apply(`${changed.more ?? ''}
listen: { host: 127.0.0.1, port: ${port} }
public: { url: '${changed.publicUrl ?? url}' }
jellyfin: { url: '${subject.url}', apiKey: ${subject.apiKey} }
reset: { method: ${changed.method ?? 'link'} }
mail: { url: '${inbox.url}', from: Jellyfin <noreply@example.org> }
storage: ${storagePath}
mods:
  ${changed.mods ?? 'forgot-password: { show: check-your-messages }'}
`);
  }

  await addContacts(storagePath, subject);
  await reload(lines);
  await gatehouse.listen('127.0.0.1', port);
  return {
    ...{ gatehouse, inbox, log, url, configPath, storagePath, reload, apply },
    async close() {
      await gatehouse.close(1_000);
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
