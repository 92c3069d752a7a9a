import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createFakeJellyfin } from '../../jellyfin/fake-jellyfin.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { createJellyfinCaller } from '../../support/jellyfin/jellyfin-caller.ts';
import { createFakeSubject } from '../../support/jellyfin/subject.ts';
import { makeCommandFolder } from '../../support/program/command-folder.ts';
import { createStage } from '../../support/program/gatehouse.ts';
import { runProgram } from '../../support/program/program.ts';

async function setUp() {
  const subject = await createFakeSubject({ version: '10.11.11' });
  onTestFinished(() => subject.close());
  const stage = await createStage(subject);
  onTestFinished(() => stage.close());
  const run = (...args: string[]) => runProgram(dirname(stage.configPath), ...args);
  return { subject, stage, run };
}

describe('gatehouse reset', { timeout: 120_000 }, () => {
  test('sends a person a message with a link that works, and says who had it sent', async () => {
    const { stage, run } = await setUp();
    const sent = await run('reset', 'send', 'bo');
    expect(sent).toEqual({
      ...{ code: 0, out: 'bob is sent a message by email: b…@example.org\n', err: 'bo: bob is meant\n' },
    });
    const [mail] = await stage.inbox.waitFor(1);
    expect(mail?.to).toBe('bob@example.org');
    const token = /#([\w-]{43})/.exec(mail?.text ?? '')?.[1];
    const answer = await fetch(`${stage.url}/gatehouse/api/passwords`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ token, password: 'a wish of his own' }),
    });
    expect(answer.status).toBe(200);
    expect((await createJellyfinCaller(stage.url).signIn('bob', 'a wish of his own')).status).toBe(200);
    expect((await run('audit', '--user', 'bob')).out).toMatch(/\treset-sent\tbob\t.*by=command-line/);
    // What it counts towards is shown, and let go.
    const limits = async () => JSON.parse((await run('limits', 'show', 'bob', '--json')).out);
    expect(await limits()).toMatchObject({ userName: 'bob', messages: { liveLinks: { used: 0 } } });
    expect((await run('limits', 'show', 'bob')).out).toMatch(/^messages in an hour\t\d of \d/m);
    expect(await run('limits', 'clear', 'bob')).toEqual({
      ...{ code: 0, out: 'messages to bob and failed sign-ins count from 0 again\n', err: '' },
    });
    expect(await limits()).toMatchObject({ messages: { hour: { used: 0 } } });
    expect((await run('audit', '--user', 'bob')).out).toMatch(/\tlimits-cleared\tbob\t.*by=command-line/);
  });

  test('prints a link with a QR code or as JSON, and none for who cannot use it', async () => {
    const { subject, stage, run } = await setUp();
    const drawn = await run('reset', 'link', 'bob', '--qr');
    expect(drawn).toMatchObject({ code: 0 });
    expect(drawn.out).toMatch(/[▀▄█]{7}/);
    const printed = JSON.parse((await run('reset', 'link', 'bob', '--json')).out);
    expect(printed).toMatchObject({
      userName: 'bob',
      url: expect.stringContaining(`${stage.url}/gatehouse/reset#`),
    });
    expect((await run('reset', 'link', 'bob', '--qr', '--json')).code).toBe(64);
    expect((await run('users', 'disable', 'bob')).code).toBe(0);
    for (const way of ['link', 'send']) {
      const refused = await run('reset', way, 'bob');
      expect(refused, way).toMatchObject({ code: 1, out: '' });
      expect(refused.err, way).toContain('it is disabled');
    }
    expect(subject.fake?.user('bob').password).toBe('bob-pw-1');
    expect((await run('reset', 'send', 'bob', '--password', 'x')).code).toBe(64);
  });

  test('tries a channel, and counts what became of messages', async () => {
    const { stage, run } = await setUp();
    const tried = await run('messages', 'test', 'alice');
    expect(tried).toEqual({
      code: 0,
      out: 'alice was sent a test message by email: a…@example.org\n',
      err: '',
    });
    const [mail] = await stage.inbox.waitFor(1);
    expect(mail).toMatchObject({ to: 'alice@example.org', subject: expect.stringContaining('Test message') });
    const unknown = await run('messages', 'test', 'alice', '--channel', 'pigeon');
    expect(unknown).toMatchObject({ code: 1, out: '' });
    expect(JSON.parse((await run('messages', 'list', '--json')).out)).toMatchObject({
      waiting: 0,
      oldestAt: null,
    });
    expect(JSON.parse((await run('messages', 'dead', '--json')).out)).toEqual([]);
    const exported = await run('contacts', 'export');
    expect(exported.out).toContain('\nalice,alice@example.org,unverified\n');
    expect(exported.out).toBe((await run('contacts', 'list', '--csv')).out);
  });

  test("finds the PIN that Jellyfin's own form wrote, and says how to get one", async () => {
    const jellyfin = await createFakeJellyfin({ version: '10.11.11' });
    onTestFinished(() => jellyfin.close());
    const dataFolder = await tempFolder();
    const { folder, run } = await makeCommandFolder(`url: ${jellyfin.url}, dataFolder: ${dataFolder}`);
    const none = await run('reset', 'pin-file', 'alice');
    expect(none).toMatchObject({ code: 1, out: '' });
    expect(none.err).toContain('choose Forgot Password');
    const file = (name: string, Pin: string, inMs: number) =>
      writeFile(
        join(dataFolder, `passwordreset${name}.json`),
        JSON.stringify({
          ...{ Pin, UserName: 'alice', PinFile: 'x' },
          ExpirationDate: new Date(Date.now() + inMs).toISOString(),
        }),
      );
    await file('old', '00-00-00-00', -60_000);
    expect((await run('reset', 'pin-file', 'alice')).code).toBe(1);
    await file('new', '1A-2B-3C-4D', 20 * 60_000);
    const found = await run('reset', 'pin-file', 'ALICE');
    expect(found).toMatchObject({ code: 0, out: '1A-2B-3C-4D\n' });
    expect(found.err).toMatch(/passwordresetnew\.json, for alice, for (19|20) minutes more/);
    const json = JSON.parse((await run('reset', 'pin-file', 'alice', '--json')).out);
    expect(json).toMatchObject({ userName: 'alice', pin: '1A-2B-3C-4D' });
    await writeFile(join(folder, 'config.yaml'), `jellyfin: { url: ${jellyfin.url} }\n`);
    expect((await run('reset', 'pin-file', 'alice')).err).toContain('dataFolder: auto');
  });
});
