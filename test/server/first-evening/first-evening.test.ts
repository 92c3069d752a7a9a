import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { BegunContact } from '../../../server/http/account-contract.ts';
import { createFakeJellyfin } from '../../jellyfin/fake-jellyfin.ts';
import { createTestClient } from '../../jellyfin/test-client.ts';
import { tokenOf } from '../../support/account/account-stage.ts';
import { type Browser, openBrowser } from '../../support/account/browser.ts';
import { JOURNEY_CHANNELS, type JourneyChannel } from '../../support/channels/journey-channels.ts';
import { linkOf, linksIn, SOON } from '../../support/channels/journey-stage.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { createLogLines } from '../../support/log/log-lines.ts';
import { freePort } from '../../support/network/free-port.ts';
import { createHouse } from '../../support/program/house.ts';
import { runProgram } from '../../support/program/program.ts';

/** The ten people of docs/first-evening.md; none of them has an address. */
const PEOPLE = ['ada', 'ben', 'cem', 'dora', 'eli', 'finn', 'gus', 'hana', 'ida', 'jon'];
const API_KEY = 'a'.repeat(32);
const NEW = 'q7!zk2wv';

/** A Gatehouse that was set up a moment ago, with every channel. */
async function install() {
  const users = PEOPLE.map((name) => ({ name, password: `${name}-pw-1` }));
  const jellyfin = await createFakeJellyfin({
    ...{ version: '10.11.11', apiKeys: [API_KEY], hashMs: 5, knownProxies: ['127.0.0.1'], users },
  });
  onTestFinished(() => jellyfin.close());
  const opened = Object.entries(JOURNEY_CHANNELS).map(async ([name, open]) => [name, await open()] as const);
  const channels = Object.fromEntries(await Promise.all(opened));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const folder = await tempFolder();
  await writeFile(
    join(folder, 'config.yaml'),
    `listen: { host: 127.0.0.1, port: ${port} }
public: { url: '${url}' }
jellyfin: { url: '${jellyfin.url}', apiKey: ${API_KEY} }
reset: { method: link }
storage: ${join(folder, 'gatehouse.db')}
mods: { forgot-password: { show: check-your-messages } }
${Object.values(channels)
  .map(({ section }) => section)
  .join('\n')}
`,
  );
  const house = await createHouse(createLogLines().log);
  await house.apply(join(folder, 'config.yaml'));
  onTestFinished(() => house.close());
  await house.listen(port);
  const channel = (name: string): JourneyChannel =>
    channels[name] ?? expect.fail(`there is no channel ${name}`);
  return {
    ...{ jellyfin, url, folder, channel, client: createTestClient(jellyfin) },
    gatehouse: (...args: string[]) => runProgram(folder, ...args),
    browser: (): Browser => openBrowser(url, `${url}/gatehouse/api/account`),
  };
}

/** Says how long each step took; they stand in docs/first-evening.md as they were when somebody did them by hand. */
function createStopwatch() {
  const steps: { readonly step: string; readonly ms: number }[] = [];
  return {
    steps,
    async time<Result>(step: string, work: () => Promise<Result>): Promise<Result> {
      const from = performance.now();
      const result = await work();
      steps.push({ step, ms: Math.round(performance.now() - from) });
      return result;
    },
  };
}

/** Types the code that was sent, or writes the one that is shown to the bot, and waits until that counts. */
async function prove(
  channel: JourneyChannel,
  begun: BegunContact,
  confirm: (code?: string) => Promise<unknown>,
): Promise<void> {
  const codes = () => channel.texts().flatMap((text) => /\b[0-9A-Z]{4}-[0-9A-Z]{4}\b/.exec(text)?.[0] ?? []);
  if (begun.kind === 'send-code') {
    await channel.tell(begun.code);
    await vi.waitFor(() => expect(channel.texts().at(-1)).toMatch(/^Done/), SOON);
    await confirm();
    return;
  }
  await vi.waitFor(() => expect(codes().length).toBeGreaterThan(0), SOON);
  await confirm(codes().at(-1));
}

/** Adds a contact at My Account. */
async function addOwn(browser: Browser, name: string, channel: JourneyChannel): Promise<void> {
  const { name: on, typed: address } = channel;
  const begun = await browser.call('contacts/begin', { channel: on, address, password: `${name}-pw-1` });
  expect(begun.status).toBe(200);
  await prove(channel, begun.body as unknown as BegunContact, async (code) => {
    if (code !== undefined)
      expect((await browser.call('contacts/confirm', { channel: on, code })).status).toBe(200);
  });
  expect((await browser.view()).contacts).toMatchObject([{ channel: on, state: 'verified' }]);
}

test('from a fresh install to ten people who can be reached, by each of the four ways, and a reset that reaches one on every channel', {
  timeout: 180_000,
}, async () => {
  const { jellyfin, client, folder, url, channel, gatehouse, browser } = await install();
  const { steps, time } = createStopwatch();

  await time('see whom nothing reaches', async () => {
    const { out, code } = await gatehouse('contacts', 'list', '--missing');
    expect({ code, names: out.trimEnd().split('\n') }).toEqual({ code: 0, names: PEOPLE });
  });

  await time('1. from inside Jellyfin: ada, by Telegram', async () => {
    // The client plugin hands the person's own token over, where the entry and the reminder lead.
    const { token } = await client.login('ada', 'ada-pw-1');
    const inside = browser();
    expect((await inside.call('reminder', { token })).body).toEqual({ isWanted: true, isUnconfirmed: false });
    expect((await inside.call('token', { token })).status).toBe(200);
    await addOwn(inside, 'ada', channel('telegram'));
  });

  await time('2. My Account, by password: ben, by Discord', async () => {
    const own = browser();
    expect((await own.signIn('ben')).status).toBe(200);
    await addOwn(own, 'ben', channel('discord'));
  });

  await time('2. My Account, by Quick Connect: cem, by Matrix', async () => {
    const own = browser();
    const { code, attempt } = (await own.call('quick-connect/begin')).body as Record<string, string>;
    const { token } = await client.login('cem', 'cem-pw-1');
    await client.ask('POST', `/QuickConnect/Authorize?code=${code}`, undefined, token);
    expect((await own.call('quick-connect/end', { attempt })).body).toEqual({ state: 'signed-in' });
    await addOwn(own, 'cem', channel('matrix'));
  });

  await time('3. the administrator: one person, and a CSV file of five', async () => {
    expect(await gatehouse('contacts', 'set', 'dora', '--email', 'dora@example.org')).toMatchObject({
      code: 0,
    });
    const rows = ['eli', 'finn', 'gus', 'hana', 'ida'].map((name) => `${name},${name}@example.org`);
    await writeFile(join(folder, 'people.csv'), `name,email\n${rows.join('\n')}\n`);
    const imported = await gatehouse('contacts', 'import', 'people.csv', '--apply');
    expect(imported).toMatchObject({ code: 0, out: '5 added, 0 changed, 0 as before, no problems\n' });
  });

  await time('3. the campaign: six are asked, five press yes, one "this is not me"', async () => {
    const begun = await gatehouse('contacts', 'verify', '--all', '--per-hour', '3600');
    expect(begun).toMatchObject({ code: 0, out: '6 messages added, 3600 an hour\n' });
    const mail = channel('email');
    await vi.waitFor(() => expect(linksIn(mail.texts(), 'confirm')).toHaveLength(6), SOON);
    const answered: Record<string, boolean> = {};
    for (const token of linksIn(mail.texts(), 'confirm')) {
      const { userName } = (await browser().call('confirm/look', { token })).body as { userName: string };
      const isMine = userName !== 'ida';
      expect((await browser().call('confirm', { token, isMine })).status).toBe(200);
      answered[userName] = isMine;
    }
    expect(answered).toEqual({ dora: true, eli: true, finn: true, gus: true, hana: true, ida: false });
  });

  await time('4. an invitation link for ida and jon, by webhook', async () => {
    const { out, code } = await gatehouse('contacts', 'invite', 'ida', 'jon');
    expect(code).toBe(0);
    for (const [index, address] of ['ida-1', 'jon-1'].entries()) {
      const token = tokenOf('invitation', out.trimEnd().split('\n')[index]);
      const invited = browser();
      const webhook = channel('webhook');
      const begun = await invited.call('invitation/begin', { token, channel: 'webhook', address });
      expect(begun.status).toBe(200);
      await prove(webhook, begun.body as unknown as BegunContact, async (typed) => {
        const confirmed = await invited.call('invitation/confirm', {
          token,
          channel: 'webhook',
          code: typed,
        });
        expect(confirmed.body).toEqual({ state: 'confirmed' });
      });
    }
  });

  await time('see that everybody is reached', async () => {
    const listed = await gatehouse('contacts', 'list');
    const verified = listed.out.split('\n').filter((line) => line.endsWith('\tverified'));
    expect(verified.map((line) => line.split('\t')[0]).toSorted()).toEqual(PEOPLE);
    expect((await gatehouse('contacts', 'list', '--missing')).out).toBe('');
  });

  for (const [name, on] of [
    ['dora', 'email'],
    ['ada', 'telegram'],
    ['ben', 'discord'],
    ['cem', 'matrix'],
    ['jon', 'webhook'],
  ] as const) {
    await time(`a reset reaches ${name} by ${on}`, async () => {
      const asked = await fetch(`${url}/Users/ForgotPassword`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ EnteredUsername: name }),
      });
      expect(await asked.json()).toMatchObject({ Action: 'ContactAdmin' });
      const token = await linkOf(channel(on));
      const chosen = await fetch(`${url}/gatehouse/api/passwords`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: url },
        body: JSON.stringify({ token, password: NEW }),
      });
      expect(chosen.status).toBe(200);
      expect((await createTestClient(jellyfin).login(name, NEW)).status).toBe(200);
    });
  }

  for (const { step, ms } of steps)
    process.stdout.write(`${(ms / 1000).toFixed(1).padStart(6)} s  ${step}\n`);
  expect(steps).toHaveLength(13);
});
