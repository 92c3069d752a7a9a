import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, vi } from 'vitest';
import type { BegunContact } from '../../../server/http/account-contract.ts';
import { shortAddress } from '../../../server/log/redaction.ts';
import { createFakeJellyfin } from '../../jellyfin/fake-jellyfin.ts';
import { createTestClient } from '../../jellyfin/test-client.ts';
import { type Browser, openBrowser } from '../account/browser.ts';
import { tempFolder } from '../files/temp-folder.ts';
import { createLogLines } from '../log/log-lines.ts';
import { freePort } from '../network/free-port.ts';
import { createHouse } from '../program/house.ts';
import type { JourneyChannel } from './journey-channels.ts';

const API_KEY = 'a'.repeat(32);
export const PASSWORD = 'alice-pw-1';

/** How long is waited for what has to come. */
export const SOON = { timeout: 20_000, interval: 25 } as const;

/**
 * The whole of Gatehouse in front of a pretend Jellyfin, with channels whose services are the tests'; gone after the running
 * test. Alice has no contact yet.
 */
export async function startJourney(sections: readonly string[]) {
  const jellyfin = await createFakeJellyfin({
    ...{ version: '10.11.11', apiKeys: [API_KEY], hashMs: 5, knownProxies: ['127.0.0.1'] },
  });
  onTestFinished(() => jellyfin.close());
  const port = await freePort();
  const folder = await tempFolder();
  const configPath = join(folder, 'config.yaml');
  const url = `http://127.0.0.1:${port}`;
  const log = createLogLines();
  const house = await createHouse(log.log);

  async function apply(lines: readonly string[]): Promise<void> {
    await writeFile(
      configPath,
      `listen: { host: 127.0.0.1, port: ${port} }
public: { url: '${url}' }
jellyfin: { url: '${jellyfin.url}', apiKey: ${API_KEY} }
reset: { limits: { messagesPerAccountPerHour: 60 } }
storage: ${join(folder, 'gatehouse.db')}
mods: { forgot-password: { show: check-your-messages } }
${lines.join('\n')}
${house.lines}`,
    );
    await house.apply(configPath);
  }

  await apply(sections);
  onTestFinished(() => house.close());
  await house.listen(port);
  return {
    ...{ jellyfin, url, configPath, folder, log, apply },
    /** Alice's browser, signed in to My Account. */
    async account(password = PASSWORD): Promise<Browser> {
      const browser = openBrowser(url, `${url}/gatehouse/api/account`);
      expect(await browser.signIn('alice', password)).toMatchObject({ status: 200 });
      return browser;
    },
    /** Alice asks Jellyfin's own form. */
    async forget(): Promise<void> {
      const answer = await fetch(`${url}/Users/ForgotPassword`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ EnteredUsername: 'alice' }),
      });
      expect(await answer.json()).toMatchObject({ Action: 'ContactAdmin' });
    },
    /** Chooses a password on the page of that link. */
    async choose(token: string, password: string): Promise<number> {
      const answer = await fetch(`${url}/gatehouse/api/passwords`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: url },
        body: JSON.stringify({ token, password }),
      });
      return answer.status;
    },
    signInToJellyfin: async (password: string) =>
      (await createTestClient(jellyfin).login('alice', password)).status,
    health: async () =>
      (await (await fetch(`${url}/gatehouse/health`)).json()) as {
        readonly reset: {
          readonly outbox: { readonly waiting: number };
          readonly channels: { readonly [name: string]: { readonly lastFailure: string | null } };
        };
      },
  };
}

/** A stage as {@link startJourney} makes it. */
export type JourneyStage = Awaited<ReturnType<typeof startJourney>>;

/** Makes a channel the person's contact, as they do it in My Account. */
export async function link(browser: Browser, channel: JourneyChannel, password = PASSWORD): Promise<void> {
  const before = channel.texts().length;
  const { name, typed, address } = channel;
  const begun = await browser.call('contacts/begin', { channel: name, address: typed, password });
  expect(begun.status).toBe(200);
  const answer = begun.body as unknown as BegunContact;
  if (answer.kind === 'send-code') await channel.tell(answer.code);
  await vi.waitFor(() => expect(channel.texts().length).toBeGreaterThan(before), SOON);
  if (answer.kind === 'code-sent') {
    const code = /\b[0-9A-Z]{4}-[0-9A-Z]{4}\b/.exec(channel.texts().at(-1) ?? '')?.[0];
    expect(await browser.call('contacts/confirm', { channel: name, code })).toMatchObject({ status: 200 });
  }
  const { contacts } = await browser.view();
  expect(contacts.find((one) => one.channel === name)).toMatchObject({
    ...{ state: 'verified', channel: name },
    address: shortAddress(address),
  });
}

/** Tokens of the links to a page of ours in what came, oldest first. */
export function linksIn(texts: readonly string[], page: 'reset' | 'undo' | 'confirm' = 'reset'): string[] {
  const pattern = new RegExp(`/gatehouse/${page}#([A-Za-z0-9_-]{43})`);
  return texts.flatMap((text) => pattern.exec(text)?.[1] ?? []);
}

/** Waits for the link of that number, counted from 1; answers its token. */
export async function linkOf(channel: JourneyChannel, count = 1): Promise<string> {
  await vi.waitFor(() => expect(linksIn(channel.texts())).toHaveLength(count), SOON);
  return linksIn(channel.texts())[count - 1] ?? '';
}
