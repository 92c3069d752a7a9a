import { createHash, randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ResetRequest } from '../../../injector/answers/reset-port.ts';
import { createApp } from '../../../server/http/app.ts';
import type { RequestReset } from '../../../server/http/use-cases.ts';
import { createWrongTokens } from '../../../server/http/wrong-tokens.ts';
import { createMessages } from '../../../server/messages/messages.ts';
import { createCodeDelivery } from '../../../server/outbox/deliver-code.ts';
import type { Accounts } from '../../../server/ports/accounts.ts';
import type { Channel } from '../../../server/ports/channel.ts';
import type { ResetLinks } from '../../../server/ports/reset-links.ts';
import type { Storage } from '../../../server/ports/storage.ts';
import { createChoosePassword } from '../../../server/reset/choose-password.ts';
import { createExchangePin } from '../../../server/reset/exchange-pin.ts';
import { readCommonPasswords } from '../../../server/reset/password-rules.ts';
import { createProofs } from '../../../server/reset/proofs.ts';
import { createRequestLimits, type RequestLimits } from '../../../server/reset/request-reset.ts';
import { createSecondChannel } from '../../../server/reset/second-channel.ts';
import { createSendCode } from '../../../server/reset/send-code.ts';
import { createPin, createPinHash } from '../../../server/secrets/pin.ts';
import { createResetCodeHash } from '../../../server/secrets/reset-code.ts';
import { createSettableClock, type SettableClock } from '../clock/settable-clock.ts';
import { tempFolder } from '../files/temp-folder.ts';
import { createScriptedAccounts } from '../jellyfin/scripted-accounts.ts';
import { createLogLines, type LogLines } from '../log/log-lines.ts';
import { IS_RUN_SPLIT } from '../program/house.ts';
import { serveApp } from '../program/split-listener.ts';
import { tempStorage } from '../storage/temp-storage.ts';

/** The app of the reset service on a port of its own, with a real storage below it. */
export interface ResetApp {
  readonly url: string;
  readonly port: number;
  readonly clock: SettableClock;
  readonly lines: LogLines;
  readonly links: ResetLinks;
  readonly asked: ResetRequest[];
  /** Users who were told that their password changed, with the language. */
  readonly told: string[];
  readonly storage: Storage;
  readonly requestLimits: RequestLimits;
  /** Makes a link good for 30 minutes, as a message on that channel (default `email`) carried it; answers its token. */
  issue(userId: string, userName: string, channel?: string): Promise<string>;
  /** Makes a PIN good for 30 minutes; answers it without dashes. */
  issuePin(userId: string, userName: string): Promise<string>;
  /** Sends a JSON call as our page does. */
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
}

/** The page every address of ours shows in these tests. */
export const TEST_PAGE = '<!doctype html><title>page</title><script type="module" src="./assets/a-1.js">';

async function createUiFolder(): Promise<string> {
  const folder = await tempFolder();
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), TEST_PAGE);
  await writeFile(join(folder, 'assets', 'a-1.js'), 'export {};\n');
  return folder;
}

const hashPin = createPinHash('a key of tests');
const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');

/**
 * Starts it; it is gone after the running test.
 *
 * @param requestReset In place of one that keeps what was asked, to have it fail.
 * @param isSplit Reached over the line between two halves; default as `TEST_SPLIT` says.
 * @param codesGoOver Links of administrators need a code, which goes out over these channels; default none does.
 */
export async function startResetApp(
  accounts: Accounts,
  requestReset?: RequestReset['requestReset'],
  isSplit = IS_RUN_SPLIT,
  codesGoOver?: readonly Channel[],
): Promise<ResetApp> {
  const storage = await tempStorage();
  const { links, limits, resetCodes: codes } = storage;
  const clock = createSettableClock();
  const lines = createLogLines();
  const asked: ResetRequest[] = [];
  const told: string[] = [];
  const keep: RequestReset['requestReset'] = async (request) => {
    asked.push(request);
    return 'taken';
  };
  const common = readCommonPasswords();
  const hashCode = createResetCodeHash(Buffer.alloc(32, 'key of the tests'));
  const secondChannel =
    codesGoOver === undefined ? undefined : createSecondChannel({ accounts, codes, hashCode, clock });
  const allowances = { requestsPerClientPerHour: 30, requestsPerHour: 1_000, proofOfWork: 'auto' } as const;
  const requestLimits = createRequestLimits(limits, allowances, clock);
  const proofs = await createProofs({ settings: storage.settings, limits, clock, hashes: 1_000 });
  const choosePassword = createChoosePassword({
    accounts,
    links,
    secondChannel,
    notices: {
      async passwordChanged(userId, _userName, language) {
        told.push(`${userId} ${language}`);
      },
    },
    hashToken,
    rules: { minLength: 8, maxLength: 128 },
    common: common.set,
    clock,
    log: lines.log,
  });
  const app = createApp({
    requestReset: {
      requestReset: requestReset ?? keep,
      challenge: () => Promise.reject(new Error('no proof is asked for here')),
    },
    choosePassword,
    sendCode: createSendCode({
      ...{ secondChannel, hashCode, requestLimits, proofs, links, codes, limits, clock, log: lines.log },
      delivery: createCodeDelivery({
        ...{ accounts, channels: codesGoOver ?? [], definitions: [], log: lines.log },
        ...{ contacts: storage.contacts, preferences: storage.preferences, messages: createMessages() },
      }),
    }),
    wrongTokens: createWrongTokens(limits, clock, lines.log),
    exchangePin: createExchangePin({ links, limits, hashPin, clock, log: lines.log }),
    accountAddress: 'https://films.example.org/jelly/gatehouse/account',
    uiFolder: await createUiFolder(),
    commonPasswordsText: common.text,
    log: lines.log,
  });
  const port = await serveApp(app, isSplit, lines.log);
  const url = `http://127.0.0.1:${port}`;
  let outboxId = 0;
  return {
    url,
    port,
    clock,
    lines,
    links,
    storage,
    requestLimits,
    asked,
    told,
    async issue(userId, userName, channel = 'email') {
      const token = randomBytes(32).toString('base64url');
      outboxId += 1;
      const expiresAt = clock.now() + 30 * 60_000;
      await links.add({ tokenHash: hashToken(token), userId, userName, outboxId, channel, expiresAt });
      return token;
    },
    async issuePin(userId, userName) {
      const pin = createPin();
      outboxId += 1;
      const expiresAt = clock.now() + 30 * 60_000;
      const about = { userId, userName, outboxId, channel: 'email', expiresAt };
      await links.add({ purpose: 'pin', tokenHash: hashPin(pin), ...about });
      return pin;
    },
    post: (path, body, headers = {}) =>
      fetch(`${url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': '192.0.2.7', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
  };
}

/** The account of the tests about choosing a password. */
export const ALICE = 'a'.repeat(32);
/** A password that breaks no rule. */
export const GOOD = 'q7!zk2wv';

/** The app with scripted accounts behind it, and a link for Alice. */
export async function startChoosing(known: Parameters<typeof createScriptedAccounts>[0] = []) {
  const accounts = createScriptedAccounts(known);
  const app = await startResetApp(accounts);
  const token = await app.issue(ALICE, 'alice');
  const redeem = (password = GOOD, headers = {}) => app.post('/api/passwords', { token, password }, headers);
  const look = async () => (await app.post('/api/links', { token })).json();
  return { ...app, accounts, token, redeem, look };
}

/** The code of a failed call. */
export const codeOf = async (answer: Response) => ((await answer.json()) as { code?: string }).code;
