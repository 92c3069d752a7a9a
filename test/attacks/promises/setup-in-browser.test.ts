import { readdir, readFile, writeFile } from 'node:fs/promises';
import { request as send } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createFakeJellyfin } from '../../jellyfin/fake-jellyfin.ts';
import { createFormSender, prepareFirstStart, readCode } from '../../support/setup/first-start.ts';

const LET_IN = 303;

/** A Gatehouse at its first start, and somebody who has the code. */
async function firstStart(variables: Readonly<Record<string, string>> = {}) {
  const place = await prepareFirstStart();
  const program = await place.start(variables);
  const code = await readCode(program);
  return { place, program, code, url: place.url };
}

async function withJellyfin() {
  const jellyfin = await createFakeJellyfin({ version: '10.11.11' });
  onTestFinished(() => jellyfin.close());
  const keys = (method: string) =>
    jellyfin.journal.filter((one) => one.method === method && one.path.startsWith('/Auth/Keys'));
  return { jellyfin, keys };
}

/** What names the question of a page. */
function questionIn(page: string): string {
  return /name="question" value="([^"]+)"/.exec(page)?.[1] ?? 'none';
}

/** Answers until the key is made and the next question stands there. */
async function getKey(sender: ReturnType<typeof createFormSender>, jellyfinUrl: string): Promise<void> {
  await sender.reply('Address of Jellyfin', jellyfinUrl);
  await sender.reply('User name of an administrator', 'admin');
  await sender.reply('Password of admin', 'admin-pw-1');
  await sender.see('Address of Gatehouse to add');
}

describe('the setup page in the browser', { timeout: 120_000 }, () => {
  it('asks nobody but people at home, seen by Gatehouse itself or by a proxy that it was told of', async () => {
    const { url, code } = await firstStart({ GATEHOUSE_LISTEN__TRUSTED_PROXIES: '' });
    for (const marks of [
      { 'x-forwarded-for': '192.168.1.7' },
      { 'x-forwarded-for': '203.0.113.7' },
      { forwarded: 'for=192.168.1.7' },
      { via: '1.1 proxy' },
    ]) {
      const stranger = createFormSender(url, marks);
      expect(await stranger.send({ code })).toBe(503);
      const { text } = await stranger.look();
      expect(text).not.toContain('Code from the log');
      expect(text).toContain('through a proxy that Gatehouse does not know');
    }
    expect(await createFormSender(url).send({ code })).toBe(LET_IN);

    const behind = await firstStart({ GATEHOUSE_LISTEN__TRUSTED_PROXIES: '127.0.0.1' });
    const outside = createFormSender(behind.url, { 'x-forwarded-for': '203.0.113.7' });
    expect(await outside.send({ code: behind.code })).toBe(503);
    const home = createFormSender(behind.url, { 'x-forwarded-for': '192.168.1.7' });
    expect(await home.send({ code: behind.code })).toBe(LET_IN);
    // The cookie alone, on the way out of the house, counts for nothing.
    await home.see('Address of Jellyfin');
    const stolen = await home.send(
      { again: 'yes' },
      { 'x-forwarded-for': '203.0.113.7', origin: behind.url },
    );
    expect(stolen).toBe(503);
  });

  it('lets nobody in by guessing: after five wrong codes there is another, and none is looked at for a while', async () => {
    const { url, code, program } = await firstStart();
    const guesser = createFormSender(url);
    expect(await guesser.send({ code: ' ' })).toBe(400);
    for (let guess = 1; guess <= 5; guess += 1) expect(await guesser.send({ code: 'AAAA-AAAA' })).toBe(403);
    const next = await readCode(program, 2);
    expect(next).not.toBe(code);
    for (const any of [code, next]) expect(await guesser.send({ code: any })).toBe(429);
    expect((await guesser.look()).text).not.toContain('Address of Jellyfin');
    const told = program.lines.filter(({ event }) => event === 'setup-wrong-code');
    expect(told).toHaveLength(5);
    expect(JSON.stringify(told)).not.toContain('AAAA');
  });

  it('takes no form but of its own page, in its own words and of its own size', async () => {
    const { url, code } = await firstStart();
    const sender = createFormSender(url);
    for (const headers of [
      { origin: 'http://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' },
    ])
      expect(await sender.send({ code }, headers)).toBe(403);
    const bare = async (headers: Record<string, string>, body: string | Buffer): Promise<number> =>
      await new Promise((resolve, reject) => {
        const asked = send(`${url}/gatehouse/setup`, { method: 'POST', headers }, (answer) =>
          resolve(answer.resume().statusCode ?? 0),
        );
        asked.on('error', reject).end(body);
      });
    const own = { origin: url, 'content-type': 'application/x-www-form-urlencoded' };
    expect(await bare({ 'content-type': own['content-type'] }, `code=${code}`)).toBe(403);
    expect(await bare({ ...own, 'content-type': 'text/plain' }, `code=${code}`)).toBe(415);
    expect(await bare(own, `code=${'A'.repeat(9_000)}`)).toBe(413);
    expect(await bare(own, Buffer.from([0x63, 0x6f, 0x64, 0x65, 0x3d, 0xff]))).toBe(400);
    expect(await sender.send({ code })).toBe(LET_IN);
  });

  it('listens to one browser: another one needs another code, and takes over with it', async () => {
    const { jellyfin } = await withJellyfin();
    const { url, code, program } = await firstStart();
    const [first, second] = [createFormSender(url), createFormSender(url)];
    expect(await first.send({ code })).toBe(LET_IN);
    expect(await second.send({ code })).toBe(403);
    expect((await second.look()).text).toContain('A browser was let in already');
    await first.reply('Address of Jellyfin', jellyfin.url);
    await first.see('User name of an administrator');
    expect(await second.send({ code: await readCode(program, 2) })).toBe(LET_IN);
    // Where the first one was.
    expect((await second.look()).text).toContain('User name of an administrator');
    expect((await first.look()).text).toContain('Code from the log');
    expect(await first.send({ again: 'yes' })).toBe(403);
    // Nor does an answer of the first one count that names the question.
    await first.send({ question: questionIn(await second.see('User name of')), answer: 'admin' });
    expect((await second.look()).text).toContain('User name of an administrator');
  });

  it('takes an answer once: a second click, an answer from behind Back, and one to no question change nothing', async () => {
    const { jellyfin } = await withJellyfin();
    const { url, code } = await firstStart();
    const sender = createFormSender(url);
    await sender.send({ code });
    const id = questionIn(await sender.see('Address of Jellyfin'));
    const answer = { question: id, answer: jellyfin.url };
    await Promise.all([sender.send(answer), sender.send(answer)]);
    await sender.see('User name of an administrator');
    await sender.send({ question: id, answer: 'admin' });
    await sender.send({ question: 'none', answer: 'admin' });
    await sender.send({ answer: 'admin' });
    expect((await sender.look()).text).toContain('User name of an administrator');
  });

  it('asks nothing where the file was whole once, and ends with the questions when somebody fills it in', async () => {
    const { jellyfin, keys } = await withJellyfin();
    const broken = await prepareFirstStart();
    await writeFile(broken.file, `jellyfin: { url: '${jellyfin.url}' }\nloginThrottle: { failurs: 3 }\n`);
    const refused = await broken.start();
    expect(refused.lines.map(({ event }) => event)).not.toContain('setup-code');
    expect((await createFormSender(broken.url).look()).text).toMatch(/did you mean/);
    expect(await createFormSender(broken.url).send({ code: 'AAAA-AAAA' })).toBe(503);

    const { url, code, place, program } = await firstStart();
    const sender = createFormSender(url);
    await sender.send({ code });
    await getKey(sender, jellyfin.url);
    await writeFile(
      place.file,
      `jellyfin: { url: '${jellyfin.url}' }\nmods: { page-title: { title: Films } }\n`,
    );
    await program.logged('config-applied');
    await sender.see('The configuration came from elsewhere');
    expect(keys('DELETE')).toHaveLength(1);
    expect(await readFile(place.file, 'utf8')).toContain('page-title');
    await sender.send({ again: 'yes' });
    await sender.see('The configuration came from elsewhere');
  });

  it('deletes the key it made, and leaves no file, where somebody starts again or the program ends', async () => {
    const { jellyfin, keys } = await withJellyfin();
    const { url, code, place, program } = await firstStart();
    const before = await readFile(place.file, 'utf8');
    const sender = createFormSender(url);
    await sender.send({ code });
    await getKey(sender, jellyfin.url);
    await sender.send({ again: 'yes' });
    await sender.see('Address of Jellyfin');
    expect([keys('POST').length, keys('DELETE').length]).toEqual([1, 1]);
    await getKey(sender, jellyfin.url);
    expect(await program.end('SIGTERM')).toBe(0);
    expect([keys('POST').length, keys('DELETE').length]).toEqual([2, 2]);
    expect(await readFile(place.file, 'utf8')).toBe(before);
    expect(await readdir(place.folder)).toEqual(['config.yaml']);
    expect(jellyfin.user('admin').tokens).toEqual([]);

    // From the beginning, with another code, after a restart in the middle.
    const again = await place.start();
    expect(await sender.send({ code })).toBe(403);
    expect((await sender.look()).text).toContain('Code from the log');
    expect(await sender.send({ code: await readCode(again) })).toBe(LET_IN);
    await sender.see('Address of Jellyfin');
  });

  it('shows no secret in a page, an address or the log', async () => {
    const { jellyfin } = await withJellyfin();
    const { url, code, program } = await firstStart();
    const sender = createFormSender(url);
    await sender.send({ code });
    await sender.reply('Address of Jellyfin', jellyfin.url);
    await sender.reply('User name of an administrator', '"><script>alert(1)</script>');
    const asked = await sender.see('Password of ');
    expect(asked).not.toContain('<script>alert');
    await sender.reply('Password of ', 'wrong-pw-9');
    await sender.see('does not know that name');
    await sender.reply('User name of an administrator', 'admin');
    await sender.reply('Password of admin', 'admin-pw-1');
    await sender.reply('Address of Gatehouse to add', '', '0');
    await sender.reply('Mail provider', 'smtp://user:inline-pw@mail.example.org');
    const { text } = await sender.look();
    const log = JSON.stringify(program.lines);
    for (const secret of ['wrong-pw-9', 'admin-pw-1', code])
      expect([text.includes(secret), secret !== code && log.includes(secret)], secret).toEqual([
        false,
        false,
      ]);
    expect(log).not.toContain('inline-pw');
    expect(await program.end('SIGTERM')).toBe(0);
  });
});
