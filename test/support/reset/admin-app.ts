import { onTestFinished } from 'vitest';
import { type AdminApiSettings, createAdminApi } from '../../../server/admin/api/compose.ts';
import { startAuditing } from '../../../server/audit/auditing.ts';
import type { ResetConfig } from '../../../server/config/reset-config.ts';
import { contactsSection } from '../../../server/config/sections/contacts.ts';
import { resetSection } from '../../../server/config/sections/reset.ts';
import { ADMIN_CALLS, type AdminCallName } from '../../../server/http/admin-calls.ts';
import { createApp } from '../../../server/http/app.ts';
import { createWrongTokens } from '../../../server/http/wrong-tokens.ts';
import { connectJellyfin } from '../../../server/jellyfin/accounts.ts';
import { createToldPinFiles } from '../../../server/jellyfin/data-folder/told-pin-files.ts';
import type { AdminSessions, SignedInAdministrator } from '../../../server/ports/admin-sessions.ts';
import type { Channel } from '../../../server/ports/channel.ts';
import type { Storage } from '../../../server/ports/storage.ts';
import type { AdminParts } from '../../../server/reset/admin-parts.ts';
import { createFakeJellyfin, type FakeJellyfin, type JellyfinVersion } from '../../jellyfin/fake-jellyfin.ts';
import { createSettableClock, type SettableClock } from '../clock/settable-clock.ts';
import { tempFolder } from '../files/temp-folder.ts';
import { editPolicy } from '../jellyfin/edit-policy.ts';
import { TEST_API_KEY } from '../jellyfin/jellyfin-accounts.ts';
import { createJellyfinCaller, type JellyfinCaller } from '../jellyfin/jellyfin-caller.ts';
import { createLogLines, type LogLines } from '../log/log-lines.ts';
import { PAGER, type Page, startPager } from '../mail/pager-channel.ts';
import { IS_RUN_SPLIT } from '../program/house.ts';
import { serveApp } from '../program/split-listener.ts';
import { tempStorage } from '../storage/temp-storage.ts';
import { expectDescribed } from './described-answers.ts';

/** Whose session a request of a test has, in place of the sessions of My Account. */
export type Visitor = 'administrator' | 'nobody' | 'person' | 'stale' | 'demoted';

/** Who of them is an administrator with a fresh session; the port knows no other difference. */
const COOKIES: Readonly<Record<Visitor, string | undefined>> = {
  administrator: 'gatehouse=fresh',
  nobody: undefined,
  person: 'gatehouse=person',
  stale: 'gatehouse=stale',
  demoted: 'gatehouse=demoted',
};

/** The admin API with a real storage below it and a fake Jellyfin behind it. */
export interface AdminApp {
  readonly url: string;
  readonly jellyfin: FakeJellyfin;
  readonly caller: JellyfinCaller;
  readonly storage: Storage;
  readonly clock: SettableClock;
  readonly lines: LogLines;
  /** What came to the pager, which is the second channel. */
  readonly pages: readonly Page[];
  /** How often it was said that a message was stored. */
  woken(): number;
  /** Sends a call as our page does. */
  send(path: string, body: unknown, visitor?: Visitor, headers?: Record<string, string>): Promise<Response>;
  /** Makes a call as the administrator; the answer must fit its schema. */
  call<Name extends AdminCallName>(
    name: Name,
    body?: unknown,
  ): Promise<ReturnType<(typeof ADMIN_CALLS)[Name]['answer']['parse']>>;
  /** The code of a call that must fail; `STATUS code`. */
  refused(name: AdminCallName, body?: unknown): Promise<string>;
  /** Events of the audit log, the oldest first, once all are written. */
  audited(): Promise<readonly string[]>;
  edit(name: string, fields: Record<string, unknown>): Promise<void>;
  id(name: string): string;
}

/** What may differ. */
export interface AdminAppOptions {
  readonly version?: JellyfinVersion;
  readonly reset?: Partial<ResetConfig>;
  readonly hasKey?: boolean;
  readonly channels?: readonly Channel[];
  readonly admin?: AdminApiSettings;
  readonly isSplit?: boolean;
}

/** Starts it; it is gone after the running test. */
export async function startAdminApp(options: AdminAppOptions = {}): Promise<AdminApp> {
  const { version = '12.0', hasKey = true, isSplit = IS_RUN_SPLIT } = options;
  const jellyfin = await createFakeJellyfin({ version, apiKeys: [TEST_API_KEY], hashMs: 5 });
  onTestFinished(() => jellyfin.close());
  const caller = createJellyfinCaller(jellyfin.url);
  const storage = await tempStorage();
  const clock = createSettableClock();
  const lines = createLogLines();
  const auditing = startAuditing({ log: lines.log, clock });
  auditing.open(storage.audit);
  const pager = await startPager();
  const channels = options.channels ?? [
    await PAGER.create({ url: pager.url }, { publicUrl: 'https://media.example.org' }),
  ];
  for (const channel of channels) onTestFinished(() => channel.close());
  const reset: ResetConfig = {
    ...resetSection.parse({}),
    contacts: contactsSection.parse({}),
    messages: { folder: '/nowhere', isNamed: false, files: [] },
    language: 'en',
    publicUrl: 'https://media.example.org',
    apiKey: hasKey ? TEST_API_KEY : undefined,
    channels: {},
    ...options.reset,
  };
  const folder = await tempFolder();
  const loginThrottle = { enabled: true, lan: true, failures: 3, windowMs: 60_000, lockout: 3 };
  const { accounts, lockouts, standings } = connectJellyfin({
    url: jellyfin.url,
    apiKey: reset.apiKey,
    dataFolder: { isAuto: false, places: [{ path: folder, install: 'configured' }] },
    mayBeAdministrator: reset.administrators !== 'never',
    endsSessions: true,
    loginThrottle,
    contacts: storage.contacts,
    toldPinFiles: createToldPinFiles(storage.limits, clock),
    ...{ clock, log: lines.log },
  });
  let woken = 0;
  const administrator = { userId: jellyfin.user('admin').id, userName: 'admin' };
  const parts: AdminParts = {
    ...{ storage, accounts, lockouts, standings, channels, reset, loginThrottle, clock, log: lines.log },
    wake: () => {
      woken += 1;
    },
    definitions: [PAGER],
    jellyfinUrl: jellyfin.url,
    hasDataFolder: true,
    sessions: standInFor(administrator),
    invitations: {
      make: async (userId: string) => ({
        url: `https://media.example.org/invitation#${userId}`,
        expiresAt: clock.now() + 1_000,
      }),
    },
  };
  const adminRoutes = createAdminApi(parts, options.admin);
  const never = () => Promise.reject(new Error('not asked for here'));
  const app = createApp({
    requestReset: { requestReset: never, challenge: never },
    choosePassword: { look: never, redeem: never, waitUntilIdle: async () => undefined },
    exchangePin: { exchange: never },
    sendCode: { send: never },
    wrongTokens: createWrongTokens(storage.limits, clock, lines.log),
    uiFolder: folder,
    commonPasswordsText: '',
    accountAddress: 'https://media.example.org/gatehouse/account',
    log: lines.log,
    adminRoutes,
  });
  const url = `http://127.0.0.1:${await serveApp(app, isSplit, lines.log)}`;

  const send: AdminApp['send'] = (path, body, visitor = 'administrator', headers = {}) => {
    const cookie = COOKIES[visitor];
    return fetch(`${url}${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        origin: url,
        'x-forwarded-for': '192.0.2.7',
        ...(cookie === undefined ? {} : { cookie }),
        ...headers,
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  };

  return {
    ...{ url, jellyfin, caller, storage, clock, lines, pages: pager.pages, send },
    woken: () => woken,
    async call(name, body = {}) {
      const answer = await send(`/api/admin/${name}`, body);
      const said: unknown = await answer.json();
      if (answer.status !== 200) throw new Error(`${name}: ${answer.status} ${JSON.stringify(said)}`);
      // Whatever a test looks at, what a call answers is what the contract and the document say.
      expectDescribed(name, answer.status, said);
      return ADMIN_CALLS[name].answer.parse(said) as never;
    },
    async refused(name, body = {}) {
      const answer = await send(`/api/admin/${name}`, body);
      const said = (await answer.json()) as { code?: string };
      expectDescribed(name, answer.status, said);
      return `${answer.status} ${said.code}`;
    },
    async audited() {
      await auditing.close();
      return (await storage.audit.list({ limit: 1_000 })).map(({ event }) => event).reverse();
    },
    edit: (name, fields) => editPolicy({ jellyfin, caller }, name, fields),
    id: (name) => jellyfin.user(name).id,
  };
}

/** Stands in for the sessions of My Account: of all cookies one is that of an administrator who has just signed in. */
function standInFor(administrator: SignedInAdministrator): AdminSessions {
  return {
    administratorOf: async ({ headers }) =>
      headers.cookie === COOKIES.administrator ? administrator : undefined,
  };
}
