import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { MOD_LIST } from '../../../injector/mods/index.ts';
import { composeAccount } from '../../../server/account/compose.ts';
import { createAdminApi } from '../../../server/admin/api/compose.ts';
import { startAuditing } from '../../../server/audit/auditing.ts';
import { CHANNELS } from '../../../server/channels/registry.ts';
import { loadConfig } from '../../../server/config/load.ts';
import { createResetCounters } from '../../../server/health/reset-counters.ts';
import type { ReceivedMessage } from '../../../server/ports/channel.ts';
import type { ComposeAccount } from '../../../server/reset/account-parts.ts';
import { composeReset } from '../../../server/reset/compose.ts';
import { createFakeJellyfin, type FakeJellyfinOptions } from '../../jellyfin/fake-jellyfin.ts';
import { createTestClient } from '../../jellyfin/test-client.ts';
import { createSettableClock } from '../clock/settable-clock.ts';
import { tempFolder } from '../files/temp-folder.ts';
import { keepLines } from '../log/kept-lines.ts';
import { createSmtpInbox } from '../mail/smtp-inbox.ts';
import { IS_RUN_SPLIT } from '../program/house.ts';
import { serveApp } from '../program/split-listener.ts';
import { tempStorage } from '../storage/temp-storage.ts';
import { type Browser, type BrowserOptions, openBrowser } from './browser.ts';
import { createChatDefinition } from './chat-channel.ts';

/** The key of the API that the stage has. */
const API_KEY = 'a'.repeat(32);

/** What a stage may be like. */
export interface AccountStageOptions extends Partial<FakeJellyfinOptions> {
  /** As in a flow map, in place of the API key. */
  readonly jellyfin?: string;
  /** Lines for the top of the config. */
  readonly more?: string;
  /** Default as `TEST_SPLIT` says. */
  readonly isSplit?: boolean;
}

/**
 * My Account as it runs: its routes over HTTP, the outbox, SQLite, a mail server, a bot and a pretend Jellyfin. All of it is
 * gone after the running test.
 */
export async function startAccount(options: AccountStageOptions = {}) {
  const { jellyfin: access, more = '', isSplit = IS_RUN_SPLIT, ...fakeOptions } = options;
  const fake = await createFakeJellyfin({
    version: '10.11.11',
    apiKeys: [API_KEY],
    hashMs: 5,
    ...fakeOptions,
  });
  onTestFinished(() => fake.close());
  const inbox = await createSmtpInbox();
  onTestFinished(() => inbox.close());
  const storage = await tempStorage();
  const clock = createSettableClock(Date.now());
  const kept = keepLines();
  const folder = await tempFolder();
  const configPath = join(folder, 'config.yaml');
  await writeFile(
    configPath,
    `${more}
public: { url: 'https://media.example.org' }
jellyfin: { url: '${fake.url}', ${access ?? `apiKey: ${API_KEY}`} }
reset: { method: link }
mail: { url: '${inbox.url}', from: Jellyfin <noreply@example.org> }
storage: ${storage.path}
`,
  );
  const { reset, jellyfin, loginThrottle } = await loadConfig({
    ...{ configPath, environment: {}, mods: MOD_LIST, channels: CHANNELS },
  });
  if (reset === undefined) throw new Error('the config has a reset');
  const chat = createChatDefinition();
  const compose: ComposeAccount = (parts) => composeAccount({ ...parts, refusedMs: 50 });
  const composed = await composeReset(
    {
      ...{ reset: { ...reset, channels: { ...reset.channels, chat: {} } }, loginThrottle },
      ...{ jellyfinUrl: jellyfin.url, dataFolder: jellyfin.dataFolder, storage: storage.path },
      ...{
        channels: [...CHANNELS, chat.definition],
        uiFolder: folder,
        log: kept.log,
        composeAccount: compose,
        composeAdmin: (parts) => createAdminApi(parts),
      },
    },
    {
      ...{ storage, counters: createResetCounters(clock), clock },
      auditing: startAuditing({ log: kept.log, clock }),
    },
  );
  onTestFinished(() => composed.close());
  const port = await serveApp((request, response) => composed.answer(request, response), isSplit, kept.log);
  const origin = `http://127.0.0.1:${port}`;

  /** Opens a browser at an address; `https` as a proxy in front says it. */
  const browser = (as: BrowserOptions = {}): Browser => openBrowser(origin, `${origin}/api/account`, as);

  return {
    ...{ fake, inbox, storage, clock, kept, chat, origin, browser, composed },
    /** A person's client in front of Jellyfin itself. */
    client: createTestClient(fake),
    /** Somebody writes to the bot; answers what it says. */
    write: (message: ReceivedMessage) => chat.receive(message),
  };
}

/** A stage as {@link startAccount} makes it. */
export type AccountStage = Awaited<ReturnType<typeof startAccount>>;

/** The code in a mail. @throws {Error} when there is none. */
export function codeIn(text: string | undefined): string {
  const code = /^\s+([0-9A-Z]{4}-[0-9A-Z]{4})$/m.exec(text ?? '')?.[1];
  if (code === undefined) throw new Error(`no code in ${String(text)}`);
  return code;
}

/** The token of a link to a page of ours. @throws {Error} when there is none. */
export function tokenOf(page: 'undo' | 'invitation' | 'reset' | 'confirm', text: string | undefined): string {
  const token = new RegExp(`/gatehouse/${page}#([A-Za-z0-9_-]{43})$`, 'm').exec(text ?? '')?.[1];
  if (token === undefined) throw new Error(`no link to ${page} in ${String(text)}`);
  return token;
}

/** Adds a mail address for somebody who is signed in, with the code that comes. */
export async function addMail(stage: AccountStage, browser: Browser, name: string, address: string) {
  const before = stage.inbox.messages.length;
  const begun = await browser.call('contacts/begin', { channel: 'email', address, password: `${name}-pw-1` });
  if (begun.status !== 200) return begun;
  const sent = (await stage.inbox.waitFor(before + 1)).find(
    (mail, at) => at >= before && mail.to === address,
  );
  return browser.call('contacts/confirm', { channel: 'email', code: codeIn(sent?.text) });
}
