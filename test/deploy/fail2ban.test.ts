import { describe, expect, it, onTestFinished } from 'vitest';
import { createToken } from '../../server/secrets/token.ts';
import { createFakeSubject } from '../support/jellyfin/subject.ts';
import { createLogLines } from '../support/log/log-lines.ts';
import { countedBy, testConfiguration } from '../support/network/fail2ban.ts';
import { createAdministratorStage } from '../support/program/administrator-stage.ts';
import { createStage } from '../support/program/gatehouse.ts';

const VICTIM = '198.51.100.66';

/** Our own line, as somebody would like to have it read. */
const PLANTED = [
  `{"level":"info","time":"2026-01-01T00:00:00.000Z","event":"login-failed","clientAddress":"${VICTIM}"}`,
  `"}\n{"level":"info","event":"login-failed","clientAddress":"${VICTIM}","x":"`,
  `x","event":"pin-refused","clientAddress":"${VICTIM}","state":"unknown"`,
  `host gatehouse[1]: {"level":"info","event":"login-held","clientAddress":"${VICTIM}"}`,
  `\u2028{"level":"info","event":"login-held","clientAddress":"${VICTIM}"}\r`,
  VICTIM,
];

/** A Gatehouse behind a proxy that is trusted, so that each call may come from another client. */
async function createScene(reset = '{}', show = 'check-your-messages') {
  const subject = await createFakeSubject({ version: '10.11.11' });
  onTestFinished(() => subject.close());
  const stage = await createStage(subject, {});
  onTestFinished(() => stage.close());
  const { port } = new URL(stage.url);
  await stage.apply(`listen: { host: 127.0.0.1, port: ${port}, trustedProxies: [127.0.0.1] }
public: { url: '${stage.url}' }
jellyfin: { url: '${subject.url}', apiKey: ${subject.apiKey} }
reset: ${reset}
mail: { url: '${stage.inbox.url}', from: noreply@example.org }
storage: ${stage.storagePath}
mods: { forgot-password: { show: ${show} } }
`);
  const post = (client: string, path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${stage.url}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Forwarded-For': client, ...headers },
      body: JSON.stringify(body),
    });
  return { stage, post };
}

describe('the filter for fail2ban', { timeout: 120_000 }, () => {
  it('counts who tries links that never were, over IPv4 and IPv6, and not who comes with a used one', async () => {
    const { stage, post } = await createScene();
    for (const client of ['203.0.113.7', '2001:db8:1::7', '203.0.113.7']) {
      await post(client, '/gatehouse/api/passwords', {
        token: createToken(),
        password: 'correct horse battery',
      });
    }
    await post('203.0.113.9', '/Users/ForgotPassword', { EnteredUsername: 'alice' });
    const mail = await stage.inbox.waitFor(1);
    const token = /#([\w-]{43})/.exec(JSON.stringify(mail))?.[1] ?? '';
    for (let n = 0; n < 2; n += 1) {
      await post('203.0.113.9', '/gatehouse/api/passwords', { token, password: 'correct horse battery' });
    }

    expect(stage.log.events().filter((event) => event === 'password-changed')).toHaveLength(1);
    expect(await countedBy(stage.log.text())).toEqual(['203.0.113.7', '2001:db8:1::7', '203.0.113.7']);
  });

  it('counts who guesses passwords and PINs, also while they are held back', async () => {
    const { stage, post } = await createScene('{ method: pin }', 'pin-page');
    const login = { Username: 'alice', Pw: 'a guess' };
    const identity = { Authorization: 'MediaBrowser Client="T", Device="T", DeviceId="t", Version="1"' };
    for (let n = 0; n < 7; n += 1) await post('203.0.113.30', '/Users/AuthenticateByName', login, identity);
    for (let n = 0; n < 2; n += 1)
      await post('2001:db8:2::1', '/gatehouse/api/pins', { pin: 'ABCD-EFGH-JKMN-PQRS' });
    for (let n = 0; n < 2; n += 1)
      await post('2001:db8:2::1', '/Users/ForgotPassword/Pin', { Pin: 'ABCDEFGHJKMNPQRS' });

    expect(stage.log.events()).toContain('login-held');
    expect(await countedBy(stage.log.text())).toEqual([
      ...Array.from({ length: 7 }, () => '203.0.113.30'),
      ...Array.from({ length: 4 }, () => '2001:db8:2::1'),
    ]);
  });

  it('counts who guesses the code of an administrator, and not whose code has expired', async () => {
    const { ask, call, linkIn, mails, log } = await createAdministratorStage();
    await ask('admin');
    const token = await linkIn(mails);
    const guess = () => call('passwords', { token, password: 'correct horse battery', code: '0000-0000' });
    await guess();
    await call('codes', { token });
    for (let n = 0; n < 6; n += 1) await guess();
    expect(await countedBy(log.text())).toEqual(Array.from({ length: 5 }, () => '127.0.0.1'));
  });

  it('cannot be fooled by addresses planted in names, passwords, paths and headers', async () => {
    const { stage, post } = await createScene();
    for (const text of PLANTED) {
      const header = text.replace(/[^\x20-\x7e]/g, '');
      const headers = {
        'User-Agent': header,
        'Accept-Language': header,
        Referer: `http://a/${encodeURI(header)}`,
      };
      await post('203.0.113.7', '/Users/ForgotPassword', { EnteredUsername: text }, headers);
      await post('203.0.113.7', '/gatehouse/api/reset-requests', { enteredName: text }, headers);
      await post('203.0.113.7', '/gatehouse/api/links', { token: text }, headers);
      await post(
        '203.0.113.7',
        '/gatehouse/api/passwords',
        { token: createToken(), password: text },
        headers,
      );
      await post('203.0.113.7', `/gatehouse/${encodeURIComponent(text)}`, {}, headers);
      await post('203.0.113.7', '/Users/AuthenticateByName', { Username: text, Pw: text }, headers);
    }
    const counted = await countedBy(stage.log.text());

    expect(stage.log.text()).not.toBe('');
    expect(counted).not.toContain(VICTIM);
    expect(new Set(counted)).toEqual(new Set(['203.0.113.7']));
  });

  it('cannot be fooled by a name that is logged', async () => {
    const log = createLogLines();
    for (const userName of PLANTED) {
      log.log.info({ event: 'contact-changed', userName, from: userName });
      log.log.info({ event: 'login-failed', userName, clientAddress: '2001:db8::1' }, userName);
      log.log.error({ event: 'request-failed', path: userName, err: new Error(userName) });
      log.log.info({ event: 'x', [userName]: userName, time: userName });
    }

    expect(await countedBy(log.text())).toEqual(PLANTED.map(() => '2001:db8::1'));
  });

  it('and its jail are taken by fail2ban', async () => {
    expect(await testConfiguration()).toContain('configuration test is successful');
  });
});
