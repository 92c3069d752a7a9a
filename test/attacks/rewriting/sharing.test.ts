import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openRewritingStage, PAGE, type RewritingStage, sendPage } from './stage.ts';

let stage: RewritingStage;
beforeAll(async () => {
  stage = await openRewritingStage();
});
afterEach(() => stage.answerAs((_request, response) => sendPage(response, PAGE)));
afterAll(() => stage.close());

const asked = (path: string) => stage.seen.filter(({ url }) => url === path).length;

const EXPIRED = { 'cache-control': 'no-cache' };

describe('many who ask for the same file', () => {
  it('ask Jellyfin once, cold and at the same time, in every coding', async () => {
    stage.answerAs((_request, response) => void setTimeout(() => sendPage(response, PAGE), 1_000));
    await stage.switchOn({ style: { colour: 'cold' } });
    stage.seen.length = 0;
    const codings = ['br', 'gzip', 'zstd', 'identity'];
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_none, index) =>
        stage.get('/web/', { 'accept-encoding': codings[index % 4] ?? '' }),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ headers }) => headers.etag)).size).toBe(4);
    expect(asked('/web/')).toBe(1);
  });

  it('see an update at once when they reload', async () => {
    await stage.get('/web/');
    for (const headers of [
      { 'cache-control': 'no-cache' },
      { 'cache-control': 'max-age=0' },
      { pragma: 'no-cache' },
    ]) {
      const text = `For ${Object.values(headers)}`;
      stage.answerAs((_request, response) => sendPage(response, PAGE.replace('Grüße', text)));
      expect((await stage.get('/web/', headers as Record<string, string>)).body.toString()).toContain(text);
    }
  });

  it('get a changed configuration at once', async () => {
    const before = await stage.get('/web/');
    await stage.switchOn({ style: { colour: 'purple' } });
    const after = await stage.get('/web/', { 'if-none-match': before.headers.etag ?? '' });
    expect(after.status).toBe(200);
  });

  it.each([500, 503, 404, 403])('never get an error %i that was kept', async (status) => {
    stage.answerAs((_request, response) => response.writeHead(status).end('sorry'));
    expect((await stage.get('/web/', EXPIRED)).status).toBe(status);
    stage.answerAs((_request, response) => sendPage(response, PAGE));
    expect((await stage.get('/web/')).status).toBe(200);
  });

  it('get the headers that belong to their own origin', async () => {
    stage.answerAs((request, response) => {
      const { origin } = request.headers;
      sendPage(
        response,
        PAGE,
        origin === undefined ? {} : { 'Access-Control-Allow-Origin': origin, Vary: 'Origin' },
      );
    });
    for (const origin of ['https://a.example', 'https://b.example', undefined]) {
      const { headers } = await stage.get('/web/', origin === undefined ? {} : { origin });
      expect(headers['access-control-allow-origin']).toBe(origin);
    }
  });

  it('do not share a cookie', async () => {
    let count = 0;
    stage.answerAs((_request, response) => {
      count += 1;
      sendPage(response, PAGE, { 'Set-Cookie': `node=${count}` });
    });
    const answers = await Promise.all(Array.from({ length: 3 }, () => stage.get('/web/', EXPIRED)));
    expect(new Set(answers.map(({ headers }) => headers['set-cookie']?.[0])).size).toBe(3);
  });

  it('do not push it out with made-up spellings', async () => {
    await stage.get('/web/index.html');
    for (let round = 0; round < 100; round += 1) {
      const spelled = `/web/${'./'.repeat(round)}index.html`;
      expect((await stage.get(spelled)).status).toBe(200);
      if (round % 20 === 0) await stage.get('/web/index.html');
    }
  });
});

describe('the branding answer', () => {
  it('is never shared: each client gets what Jellyfin says to it', async () => {
    stage.answerAs((request, response) => {
      const { authorization = '', origin = '', accept = '' } = request.headers;
      const isCamel = accept.includes('CamelCase');
      setTimeout(() => {
        response.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8' });
        response.end(
          JSON.stringify(isCamel ? { customCss: authorization } : { CustomCss: authorization + origin }),
        );
      }, 20);
    });
    await stage.switchOn({ links: {} });
    stage.seen.length = 0;
    const read = async (headers: Record<string, string>) =>
      JSON.parse((await stage.get('/Branding/Configuration?x=1', headers)).body.toString());
    expect(
      await Promise.all([
        read({ authorization: 'MediaBrowser DeviceId="a"' }),
        read({ authorization: 'MediaBrowser DeviceId="b"' }),
        read({ origin: 'https://a.example' }),
        read({ accept: 'application/json; profile="CamelCase"' }),
      ]),
    ).toEqual([
      { CustomCss: 'MediaBrowser DeviceId="a"', LoginDisclaimer: 'Ours' },
      { CustomCss: 'MediaBrowser DeviceId="b"', LoginDisclaimer: 'Ours' },
      { CustomCss: 'https://a.example', LoginDisclaimer: 'Ours' },
      { customCss: '', loginDisclaimer: 'Ours' },
    ]);
    expect(stage.seen.map(({ url }) => url)).toEqual(
      Array.from({ length: 4 }, () => '/Branding/Configuration?x=1'),
    );
  });

  it('as CSS is passed through as it is', async () => {
    stage.answerAs((_request, response) => response.end('body{}'));
    const { body, headers } = await stage.get('/Branding/Css');
    expect([body.toString(), headers.etag]).toEqual(['body{}', undefined]);
  });
});

describe('the manifest', () => {
  it('is the file that the page names; other JSON files stay as they are', async () => {
    const manifest = '{"name":"Jellyfin","icons":[]}';
    stage.answerAs((request, response) => {
      if (request.url === '/web/index.html') sendPage(response, PAGE);
      else response.writeHead(200, { 'Content-Type': 'application/json' }).end(manifest);
    });
    await stage.switchOn({ links: {} });
    const text = async (path: string) => (await stage.get(path, EXPIRED)).body.toString();
    expect(JSON.parse(await text('/web/fd4301fdc170fd202474.json'))).toEqual({ name: 'Ours', icons: [] });
    expect(await text('/web/manifest.json')).toBe(manifest);
    expect(await text('/web/other.json')).toBe(manifest);
  });
});
