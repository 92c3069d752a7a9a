import { onTestFinished, vi } from 'vitest';
import type { ResetMethod } from '../../../server/config/methods.ts';
import { openStorage } from '../../../server/storage/open-storage.ts';
import { createFakeJellyfin } from '../../jellyfin/fake-jellyfin.ts';
import { startFakeTelegram } from '../channels/fake-telegram.ts';
import { editPolicy } from '../jellyfin/edit-policy.ts';
import { TEST_API_KEY } from '../jellyfin/jellyfin-accounts.ts';
import { createJellyfinCaller } from '../jellyfin/jellyfin-caller.ts';

import { createStage } from './gatehouse.ts';
import { askForm, callApi } from './split-stage.ts';

const CHAT = 471100815;

/** How long is waited for what has to come. */
const SOON = { timeout: 20_000, interval: 25 } as const;

/** What the stage is to be like. */
export interface AdministratorWishes {
  readonly method?: ResetMethod;
  /** `contacts.delivery` of the config. @default first-that-works */
  readonly delivery?: 'first-that-works' | 'all';
  /** Which contacts of admin the person proved. @default both */
  readonly verified?: readonly ('email' | 'telegram')[];
  /** As for `createStage`. */
  readonly isSplit?: boolean;
}

/**
 * The whole of Gatehouse in front of a pretend Jellyfin, with `reset.administrators: second-channel`, mail and Telegram; gone
 * after the running test. `admin` is an administrator and has a contact on each, mail first; alice is none, and has the same.
 */
export async function createAdministratorStage(wishes: AdministratorWishes = {}) {
  const { method = 'link', delivery = 'first-that-works', verified = ['email', 'telegram'] } = wishes;
  const names = ['admin', 'alice'] as const;
  const jellyfin = await createFakeJellyfin({
    ...{ version: '10.11.11', apiKeys: [TEST_API_KEY], knownProxies: ['127.0.0.1'], hashMs: 5 },
    users: names.map((name) => ({ name, password: `${name}-pw-1`, isAdministrator: name === 'admin' })),
  });
  const telegram = await startFakeTelegram([CHAT]);
  const users = names.map((name) => ({ id: jellyfin.user(name).id, name, password: `${name}-pw-1` }));
  const subject = { url: jellyfin.url, apiKey: TEST_API_KEY, users, close: () => jellyfin.close() };
  const more = `telegram: { token: '${telegram.token}', apiUrl: '${telegram.url}' }
contacts: { delivery: ${delivery} }`;
  const reset = 'administrators: second-channel, limits: { messagesPerAccountPerHour: 60 }';
  const stage = await createStage(subject, { method, reset, more }, wishes.isSplit);
  onTestFinished(async () => {
    await stage.close();
    await jellyfin.close();
  });
  const storage = await openStorage(stage.storagePath);
  onTestFinished(() => storage.close());
  for (const { id: userId, name: userName } of users) {
    for (const channel of ['email', 'telegram'] as const) {
      const address = channel === 'email' ? `${userName}@example.org` : String(CHAT);
      const state = verified.includes(channel) ? 'verified' : 'unverified';
      await storage.contacts.set({ userId, userName, channel, address }, Date.now(), { state });
    }
    await storage.contacts.setOrder(userId, ['email', 'telegram']);
  }
  const caller = createJellyfinCaller(jellyfin.url);
  const mails = () => stage.inbox.messages.map(({ text }) => text);
  const chats = () => telegram.messages.map(({ text }) => text);

  return {
    ...{ ...stage, jellyfin, telegram, storage, mails, chats, caller },
    ask: (name: string) => askForm(stage.url, name),
    call: (path: string, body: object) => callApi(stage.url, path, body),
    /** Makes somebody an administrator, or none any more, as the dashboard does. */
    appoint: (name: string, isAdministrator: boolean) =>
      editPolicy({ jellyfin, caller }, name, { IsAdministrator: isAdministrator }),
    /** The token of the newest link among these texts, once there are so many. */
    async linkIn(texts: () => readonly string[], count = 1): Promise<string> {
      return waitForPattern(texts, /\/gatehouse\/reset#([\w-]{43})/, count);
    },
    /** The newest code among these texts, once there are so many. */
    async codeIn(texts: () => readonly string[], count = 1): Promise<string> {
      return waitForPattern(texts, /^\s*([0-9A-Z]{4}-[0-9A-Z]{4})\s*$/m, count);
    },
    signsIn: async (name: string, password: string) => (await caller.signIn(name, password)).status,
  };
}

async function waitForPattern(
  texts: () => readonly string[],
  pattern: RegExp,
  count: number,
): Promise<string> {
  const found = () => texts().flatMap((text) => pattern.exec(text)?.[1] ?? []);
  return vi.waitFor(() => {
    const newest = found()[count - 1];
    if (newest === undefined) throw new Error(`${found().length} of ${count} texts have ${pattern}`);
    return newest;
  }, SOON);
}
