import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createFakeJellyfin } from '../../jellyfin/fake-jellyfin.ts';
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

  test.each(['10.8.13', '10.11.11', '12.0'] as const)(
    'has Jellyfin %s write a PIN without an API key, and shows it with what to do',
    async (version) => {
      const subject = await createFakeSubject({ version });
      onTestFinished(() => subject.close());
      const dataFolder = String(subject.fake?.dataFolder);
      const stage = await createStage(subject, {
        jellyfin: `dataFolder: ${dataFolder}`,
        reset: 'administrators: allowed',
      });
      onTestFinished(() => stage.close());
      const run = (...args: string[]) => runProgram(dirname(stage.configPath), ...args);
      const asked = await run('reset', 'pin-file', 'ALICE');
      expect(asked).toMatchObject({ code: 0, out: expect.stringMatching(/^[\dA-F]{2}(-[\dA-F]{2}){3}\n$/) });
      expect(asked.err).toMatch(/^This is the PIN of alice, from passwordreset.*, for (29|30) minutes more/);
      expect(asked.err).toContain(`${subject.url}/web/`);
      // One that is good is shown again, and no other asked for.
      const again = JSON.parse((await run('reset', 'pin-file', 'alice', '--json')).out);
      expect(again).toMatchObject({ userName: 'alice', pin: asked.out.trim() });
      expect((await run('audit', '--json')).out).toMatch(/"pin-file-shown".*"by":"command-line"/);
      const unknown = await run('reset', 'pin-file', 'nobody');
      expect(unknown).toMatchObject({ code: 1, out: '' });
      expect(unknown.err).toContain('it has no user "nobody"');
    },
  );

  test('shows no PIN that has expired, and says where the data folder goes', async () => {
    const jellyfin = await createFakeJellyfin({ version: '12.0' });
    onTestFinished(() => jellyfin.close());
    const { dataFolder } = jellyfin;
    const { folder, run } = await makeCommandFolder(`url: ${jellyfin.url}, dataFolder: ${dataFolder}`);
    await writeFile(
      join(dataFolder, 'passwordresetold.json'),
      JSON.stringify({
        ...{ Pin: '00-00-00-00', UserName: 'alice', PinFile: 'x' },
        ExpirationDate: new Date(Date.now() - 60_000).toISOString(),
      }),
    );
    const { code, out } = await run('reset', 'pin-file', 'alice');
    expect({ code, isOld: out.includes('00-00-00-00') }).toEqual({ code: 0, isOld: false });
    await writeFile(join(folder, 'config.yaml'), `jellyfin: { url: ${jellyfin.url} }\n`);
    expect((await run('reset', 'pin-file', 'alice')).err).toContain('dataFolder: auto');
  });
});
