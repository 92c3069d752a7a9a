import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ResetPort } from '../injector/proxy/reset-port.ts';
import { createApp } from './app.ts';
import { type Auditing, startAuditing } from './audit/auditing.ts';
import { createEmailChannel } from './channels/email.ts';
import type { ResetConfig } from './config/config.ts';
import { createResetTally, type ResetReport, type ResetTally } from './health/reset-report.ts';
import { createAccounts } from './jellyfin/accounts.ts';
import { createJellyfinApi } from './jellyfin/api.ts';
import type { Logger } from './log.ts';
import { createOutbox } from './outbox/outbox.ts';
import type { Clock } from './ports.ts';
import { createAskReset } from './reset/ask-reset.ts';
import { createChoosePassword } from './reset/choose-password.ts';
import { readCommonPasswords } from './reset/common-passwords.ts';
import { hashToken } from './reset/token.ts';
import { createMemoryLimiter } from './storage/memory-limiter.ts';
import { startRetention } from './storage/retention.ts';
import { openStorage, type Storage } from './storage/storage.ts';
import { PROGRAM_VERSION } from './version.ts';

/** What the reset service is made of. */
export interface ResetServiceParts {
  readonly reset: ResetConfig;
  /** With the base path, if it has one. */
  readonly jellyfinUrl: string;
  /** The only certificate authorities Jellyfin's certificate may come from, in PEM. */
  readonly jellyfinCa?: string | undefined;
  /** Path of the database file. */
  readonly storage: string;
  /** Folder of the built pages. */
  readonly uiFolder: string;
  readonly log: Logger;
}

/** The reset service, as the injector sees it, and its end. */
export interface ResetService extends ResetPort {
  /** Lets a message and a change that are under way end, for up to 10 s. Idempotent. */
  close(): Promise<void>;
  /** How it is now. Never throws: a database that cannot be read is `unavailable`. */
  report(): Promise<ResetReport>;
}

/** How long to wait before a database that could not be opened is tried again, in milliseconds. */
const REOPEN_MS = 5_000;

const CLOCK: Clock = { now: () => Date.now() };

/**
 * Starts the reset service. A database that cannot be opened is named in the log and tried again; until it opens, each
 * request is answered 503, and the proxying of media goes on. Never throws.
 */
export function createResetService(parts: ResetServiceParts): ResetService {
  const { log } = parts;
  const tally = createResetTally(CLOCK);
  const auditing = startAuditing({ log, clock: CLOCK });
  let running: ReturnType<typeof run> | undefined;
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;

  async function open(): Promise<void> {
    try {
      const storage = await openStorage(parts.storage);
      if (isClosed) await storage.close();
      else running = run(parts, storage, tally, auditing);
    } catch (err) {
      log.error({ event: 'storage-unavailable', err });
      if (!isClosed) timer = setTimeout(() => void open(), REOPEN_MS).unref();
    }
  }
  const opened = open();

  return {
    async askReset(asked) {
      await opened;
      if (running === undefined) throw new Error('the database is not open');
      await running.askReset({ ...asked, source: 'form' });
    },
    answer(request, response) {
      void opened.then(() => {
        if (running === undefined) answerClosed(response);
        else running.app(request, response);
      });
    },
    async report() {
      const counted = await running?.count().catch(() => undefined);
      const { waiting = 0, dead = 0, oldestAt } = counted ?? {};
      return {
        storage: counted === undefined ? 'unavailable' : 'open',
        outbox: { waiting, dead },
        oldestWaitingMs: oldestAt === undefined ? 0 : Math.max(0, CLOCK.now() - oldestAt),
        events: auditing.read(),
        ...tally.read(),
      };
    },
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await opened;
      await running?.close();
      await auditing.close();
      running = undefined;
    },
  };
}

function answerClosed(response: ServerResponse): void {
  const body =
    '{"code":"internal","message":"The database cannot be used at the moment; please try again later."}';
  response
    .writeHead(503, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', 'Retry-After': 10 })
    .end(body);
}

/** Puts the parts together over an open storage. */
function run(parts: ResetServiceParts, storage: Storage, tally: ResetTally, auditing: Auditing) {
  const { log, reset } = parts;
  const clock = CLOCK;
  auditing.open(storage.audit);
  const deviceId = `gatehouse-${randomBytes(8).toString('hex')}`;
  const api = createJellyfinApi({
    url: parts.jellyfinUrl,
    ca: parts.jellyfinCa,
    apiKey: reset.apiKey,
    deviceId,
    version: PROGRAM_VERSION,
  });
  const accounts = createAccounts({ api, clock, log });
  const channel = tally.counting(createEmailChannel(reset.mail));
  const outbox = createOutbox({
    accounts,
    channel,
    clock,
    log,
    contacts: storage.contacts,
    links: storage.links,
    store: storage.outbox,
    publicUrl: reset.publicUrl,
    linkLifetimeMs: reset.linkLifetimeMs,
    messagesPerAccountPerHour: reset.limits.messagesPerAccountPerHour,
  });
  const limiter = createMemoryLimiter({
    points: reset.limits.requestsPerClientPerHour,
    windowMs: 60 * 60_000,
  });
  const askReset = createAskReset({ store: storage.outbox, limiter, wake: () => outbox.wake(), clock, log });
  const ask: typeof askReset.ask = (asked) => {
    tally.asked();
    return askReset.ask(asked);
  };
  const common = readCommonPasswords();
  const choosePassword = createChoosePassword({
    accounts,
    clock,
    hashToken,
    log,
    common: common.set,
    links: storage.links,
    notices: outbox,
    rules: reset.password,
  });
  const app = createApp({
    choosePassword,
    log,
    askReset: ({ enteredName, clientAddress, acceptLanguage }) =>
      ask({ identifier: enteredName, clientAddress, acceptLanguage, source: 'account-page' }),
    uiFolder: parts.uiFolder,
    commonPasswordsText: common.text,
  });
  const retention = startRetention({ storage, clock, log, auditDays: reset.auditDays });
  outbox.start();
  return {
    app: (request: IncomingMessage, response: ServerResponse): void => app(request, response),
    askReset: (asked: Parameters<ResetPort['askReset']>[0] & { source: 'form' }) =>
      ask({ ...asked, identifier: asked.enteredName }),
    count: async () => ({ ...(await storage.outbox.count()), oldestAt: await storage.outbox.oldestAt() }),
    async close(): Promise<void> {
      retention.stop();
      await outbox.close();
      channel.close();
      await auditing.close();
      await storage.close();
    },
  };
}
