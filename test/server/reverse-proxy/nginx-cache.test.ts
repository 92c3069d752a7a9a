import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFakeSubject, type Subject } from '../../support/jellyfin/subject.ts';
import { CLIENT_HEADER, generateNginx } from '../../support/network/generated-nginx.ts';
import { askOnce, startWatchedNginx } from '../../support/network/kept-page.ts';
import { createStage, type Stage } from '../../support/program/gatehouse.ts';

const CODINGS = [undefined, 'gzip', 'gzip, deflate, br, zstd', 'zstd', 'br;q=0, gzip;q=0.5', 'identity'];
const OUTSIDE = { [CLIENT_HEADER]: '203.0.113.7' };
const HOME = { [CLIENT_HEADER]: '192.168.1.7' };

describe.each([
  ['full', ''],
  ['split', '/jellyfin'],
] as const)('nginx --mode %s, Jellyfin with the base URL "%s"', (mode, baseUrl) => {
  const page = `${baseUrl}/web/index.html`;
  let subject: Subject;
  let stage: Stage;

  beforeAll(async () => {
    subject = await createFakeSubject({ version: '10.11.11', baseUrl, hashMs: 1 });
    stage = await createStage(subject, { trustedProxies: '127.0.0.1' });
  });
  afterAll(async () => {
    await stage?.close();
    await subject?.close();
  });

  const show = (mods: string) => stage.reload({ trustedProxies: '127.0.0.1', mods });
  const start = async () => startWatchedNginx(await generateNginx(stage.configPath, mode));
  const ownPort = () => Number(new URL(stage.url).port);

  it('keeps the page in each coding, byte for byte as Gatehouse has it', async () => {
    await show('page-title: { title: Kept }');
    const nginx = await start();
    for (const path of [page, `${baseUrl}/web/`]) {
      for (const coding of CODINGS) {
        const accepting = coding === undefined ? {} : { 'Accept-Encoding': coding };
        const kept = await nginx.untilKept(path, accepting);
        const own = await askOnce(ownPort(), path, accepting);
        expect([coding, kept.status, kept.body.equals(own.body)]).toEqual([coding, 200, true]);
        const comparable = ({
          headers: { date: _date, connection: _connection, server: _server, ...rest },
        }: typeof own) => Object.fromEntries(Object.entries(rest).filter(([name]) => name !== 'keep-alive'));
        expect(comparable(kept)).toEqual(comparable(own));
      }
    }
  });

  it('says 304 to whoever has it, nothing to HEAD but its headers, and all of it to whoever wants a part', async () => {
    await show('page-title: { title: Conditions }');
    const nginx = await start();
    const { headers, body } = await nginx.untilKept(page);
    const etag = String(headers.etag);
    const known = await nginx.untilKept(page, { 'If-None-Match': etag });
    expect([known.status, known.headers.etag, known.body.length]).toEqual([304, etag, 0]);
    const old = await nginx.untilKept(page, { 'If-None-Match': '"gh-old"' });
    expect([old.status, old.body.equals(body)]).toEqual([200, true]);
    const head = await nginx.ask(page, {}, 'HEAD');
    expect([head.status, head.headers.etag, head.body.length]).toEqual([200, etag, 0]);
    expect(head.headers['content-length']).toBe(String(body.length));
    const part = await nginx.untilKept(page, { Range: 'bytes=0-9' });
    expect([part.status, part.body.equals(body)]).toEqual([200, true]);
  });

  it('shows a change of the configuration to whoever asks two seconds later, and at once to whoever reloads', async () => {
    await show('page-title: { title: Before }');
    const nginx = await start();
    const titleOf = ({ body }: { body: Buffer }) => /<title>(.*)<\/title>/.exec(String(body))?.[1];
    expect(titleOf(await nginx.untilKept(page))).toBe('Before');
    await show('page-title: { title: After }');
    const changedAt = performance.now();
    expect(
      titleOf(await nginx.ask(page, { 'Cache-Control': 'no-cache', 'Accept-Encoding': 'identity' })),
    ).toBe('After');
    for (;;) {
      const askedAfter = performance.now() - changedAt;
      if (titleOf(await nginx.ask(page)) === 'After') break;
      expect(askedAfter).toBeLessThan(2_050);
      await wait(20);
    }
    expect(titleOf(await nginx.untilKept(page))).toBe('After');
  });

  it('keeps none where it matters who asks, from the first request after a change on', async () => {
    await show('page-title: { title: Everybody }');
    const nginx = await start();
    await nginx.untilKept(page);
    await show('page-title: { title: Home, when: { network: home } }');
    await wait(2_050);
    for (let round = 0; round < 3; round += 1) {
      const [home, outside] = [await nginx.ask(page, HOME), await nginx.ask(page, OUTSIDE)];
      expect(String(home.body)).toContain('<title>Home</title>');
      expect(String(outside.body)).not.toContain('<title>Home</title>');
      expect([home.cache, outside.cache]).not.toContain('HIT');
      // What it does not keep is not sent again either.
      const again = await nginx.ask(page, { ...HOME, 'If-None-Match': String(home.headers.etag) });
      expect([again.status, again.body.length]).toEqual([304, 0]);
    }
  });

  it('keeps it where only the time or the browser decides', async () => {
    await show(
      'page-title: { title: Now, when: { from: 2020-01-01 } }\n  custom-css: { css: "body { color: red }", when: { person: signed-out } }',
    );
    const nginx = await start();
    expect(String((await nginx.untilKept(page)).body)).toContain('<title>Now</title>');
  });

  it('keeps nothing with a query, of another origin or for somebody signed in, nor what else Gatehouse answers', async () => {
    await show('page-title: { title: Once }\n  login-notice: { text: Hi }');
    const nginx = await start();
    await nginx.untilKept(page);
    const others: [string, Record<string, string>?][] = [
      [`${page}?gatehouse=off`],
      [`${page}?`],
      [page, { Origin: 'https://other.example' }],
      [page, { Authorization: 'MediaBrowser Token="x"' }],
      [`${baseUrl}/web/config.json`],
      [`${baseUrl}/Branding/Configuration`],
      [`${baseUrl}/gatehouse/health`],
      [`${baseUrl}/System/Info/Public`],
    ];
    for (const [path, headers] of others) {
      const answers = [await nginx.ask(path, headers), await nginx.ask(path, headers)];
      expect([path, ...answers.map(({ cache }) => cache)]).not.toContain('HIT');
    }
  });

  it('is away soon after Gatehouse, and the page comes back with it', async () => {
    await show('page-title: { title: Restarted }');
    const text = await generateNginx(stage.configPath, mode);
    const other = await createStage(subject, {
      trustedProxies: '127.0.0.1',
      mods: 'page-title: { title: Other }',
    });
    const nginx = await startWatchedNginx(text.replaceAll(String(ownPort()), new URL(other.url).port));
    expect(String((await nginx.untilKept(page)).body)).toContain('<title>Other</title>');
    await other.close();
    await wait(2_050);
    const { status, body } = await nginx.ask(page);
    if (mode === 'full') expect(status).toBe(502);
    else expect([status, String(body).includes('<title>Jellyfin</title>')]).toEqual([200, true]);
    expect((await nginx.ask(page)).cache).not.toBe('HIT');
  });
});
