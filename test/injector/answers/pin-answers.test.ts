import { load } from 'cheerio';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PinAttempt, PinResult } from '../../../injector/answers/reset-port.ts';
import { createInjector } from '../../../injector/create-injector.ts';
import { createFakeJellyfin, type FakeJellyfin } from '../../jellyfin/fake-jellyfin.ts';
import { createKeptLog } from '../../support/log/quiet-log.ts';
import { modList } from '../../support/mods/mod-list.ts';
import { listen, shut } from '../../support/network/listen.ts';

const injector = createInjector({ mods: modList([]), clientFolder: 'dist/client', log: createKeptLog() });
const attempts: PinAttempt[] = [];
const CHOOSE_URL = `https://media.example.org/jf/gatehouse/reset#${'A'.repeat(43)}`;
let result: PinResult | Error;
let jellyfin: FakeJellyfin;
let url: string;

beforeAll(async () => {
  jellyfin = await createFakeJellyfin({ version: '10.11.11' });
  url = `http://127.0.0.1:${await listen(injector.server)}`;
  await injector.configure(
    { jellyfinUrl: jellyfin.url, trustedProxies: ['127.0.0.1'], enabledMods: {} },
    {
      requestReset: async () => undefined,
      redeemPin: async (attempt) => {
        attempts.push(attempt);
        if (result instanceof Error) throw result;
        return result;
      },
      answer: (_request, response) => void response.writeHead(418).end(),
    },
  );
});
beforeEach(() => {
  attempts.length = 0;
  result = { kind: 'accepted', userName: 'alice', chooseUrl: CHOOSE_URL };
});
afterAll(async () => {
  await injector.close();
  await shut(injector.server);
  await jellyfin.close();
});

function post(path: string, body: object, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}
const sendPin = (pin: string, headers?: Record<string, string>) =>
  post('/Users/ForgotPassword/Pin', { Pin: pin }, headers);

describe('where messages hold PINs', () => {
  it.each([
    ['en', /^Look in your messages: if there is an account/],
    ['de-AT, en;q=0.5', /^Sieh in deinen Nachrichten nach/],
    ['fr', /^Consultez vos messages/],
    ['es', /^Mira tus mensajes/],
    ['pt', /^Veja suas mensagens/],
    ['zh-Hant-HK', /^請查看您的訊息/],
    ['xx', /^Look in your messages/],
  ])(
    'the form is answered so that the PIN page follows, in the language %s, as plain text',
    async (language, said) => {
      const answer = await post(
        '/Users/ForgotPassword',
        { EnteredUsername: 'x' },
        { 'Accept-Language': language },
      );
      const body = (await answer.json()) as { Action: string; PinFile: string };
      expect(Object.keys(body)).toEqual(['Action', 'PinFile']);
      expect(body.Action).toBe('PinCode');
      expect(body.PinFile).toMatch(said);
      expect(body.PinFile).not.toMatch(/[<>&]|passwordreset|\.json|\//);
    },
  );

  it('a good PIN is answered in the shape of Jellyfin, with a true sentence and a link in it', async () => {
    const answer = await sendPin(' 1a-2b ', { 'X-Forwarded-For': '203.0.113.7' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const body = (await answer.json()) as { Success: boolean; UsersReset: string[] };
    expect(Object.keys(body)).toEqual(['Success', 'UsersReset']);
    expect(body.Success).toBe(true);
    expect(body.UsersReset[0]).toBe(
      'alice: Nothing is changed yet, and the PIN is no password. Choose your new password here:',
    );
    const $ = load(body.UsersReset.join('<br/>'));
    expect($('a#gatehouse-choose-password').attr('href')).toBe(CHOOSE_URL);
    expect($('a').text()).toBe(CHOOSE_URL);
    expect(attempts).toEqual([{ pin: ' 1a-2b ', clientAddress: '203.0.113.7' }]);
  });

  it('a name and an address are text, whatever they look like', async () => {
    result = {
      kind: 'accepted',
      userName: '<img src=x onerror=alert(1)>&"',
      chooseUrl: 'https://a/?"><script>alert(1)</script>',
    };
    const body = (await (await sendPin('x')).json()) as { UsersReset: string[] };
    const $ = load(body.UsersReset.join('<br/>'));
    expect($('img, script').length).toBe(0);
    expect($('body').text()).toContain('<img src=x onerror=alert(1)>&":');
    expect($('a').attr('href')).toBe('https://a/?"><script>alert(1)</script>');
  });

  it('a wrong PIN, and one too many, is answered as Jellyfin answers a wrong one', async () => {
    const theirs = await fetch(`${jellyfin.url}/Users/ForgotPassword/Pin`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{"Pin":"1A-2B-3C-4D"}',
    });
    const body = await theirs.text();
    for (const wrong of [{ kind: 'wrong' }, { kind: 'limited', waitSeconds: 40 }] as const) {
      result = wrong;
      const ours = await sendPin('1A-2B-3C-4D');
      expect([ours.status, ours.headers.get('content-type'), await ours.text()]).toEqual([
        theirs.status,
        theirs.headers.get('content-type'),
        body,
      ]);
      expect(ours.headers.has('retry-after')).toBe(false);
    }
  });

  it('a service that cannot look says so, and not that the PIN is wrong', async () => {
    result = new Error('the database is not open');
    const answer = await sendPin('x');
    expect(answer.status).toBe(503);
    expect(await answer.text()).not.toContain('database');
  });

  it.each(['', '   ', 'x'.repeat(257)])(
    'what is no PIN at all is refused before anybody looks: %j',
    async (pin) => {
      expect((await sendPin(pin)).status).toBe(400);
      expect(attempts).toEqual([]);
    },
  );

  it('nothing of it reaches Jellyfin', async () => {
    const before = jellyfin.journal.length;
    await post('/emby/users/FORGOTPASSWORD/pin/', { pin: 'x' });
    await post('/Users/ForgotPassword', { EnteredUsername: 'alice' });
    expect(attempts).toHaveLength(1);
    expect(jellyfin.journal.slice(before).filter(({ method }) => method === 'POST')).toEqual([]);
  });
});
