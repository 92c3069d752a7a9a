import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFakeJellyfin, type FakeJellyfin } from '../jellyfin/fake-jellyfin.ts';
import { until } from '../support/clock/until.ts';
import { createJellyfinCaller, type JellyfinCaller } from '../support/jellyfin/jellyfin-caller.ts';
import { createStage, type Stage } from '../support/program/gatehouse.ts';
import { ask, redeem, tokenOf } from '../support/program/redeeming-stage.ts';

const API_KEY = 'a'.repeat(32);
const NEW = 'a phrase of some length';
const ELSEWHERE = 'https://id.example.org/password';
const LDAP = 'Jellyfin.Plugin.LDAP_Auth.LdapAuthenticationProviderPlugin';
const NAMES = ['renata', 'delia', 'lydia', 'hidden', 'adam', 'dora', 'leo'];

describe.each(['10.10.7', '12.0'] as const)('on Jellyfin %s', (version) => {
  let jellyfin: FakeJellyfin;
  let stage: Stage;
  let admin: JellyfinCaller;
  beforeAll(async () => {
    jellyfin = await createFakeJellyfin({
      version,
      apiKeys: [API_KEY],
      knownProxies: ['127.0.0.1'],
      hashMs: 5,
      users: [
        { name: 'admin', password: 'admin-pw-1', isAdministrator: true },
        ...NAMES.map((name) => ({ name, password: 'old-pw-1', loginAttemptsBeforeLockout: 3 })),
      ],
    });
    const users = ['admin', ...NAMES].map((name) => ({ id: jellyfin.user(name).id, name, password: '' }));
    const subject = { url: jellyfin.url, apiKey: API_KEY, users, close: () => jellyfin.close() };
    stage = await createStage(subject, { reset: `administrators: never, externalAccounts: '${ELSEWHERE}'` });
    admin = createJellyfinCaller(jellyfin.url);
  });
  afterAll(async () => {
    await stage?.close();
    await jellyfin?.close();
  });

  const messagesTo = (name: string) => stage.inbox.messages.filter(({ to }) => to === `${name}@example.org`);
  const linesAbout = (event: string, name: string) =>
    stage.log
      .text()
      .split('\n')
      .filter((line) => line.includes(`"${event}"`) && line.includes(jellyfin.user(name).id));

  async function tokenFor(name: string): Promise<string> {
    expect(await ask(stage.url, name)).toBe(true);
    await until(() => messagesTo(name).length > 0);
    const [message] = messagesTo(name);
    return message === undefined ? '' : tokenOf(message);
  }

  async function edit(name: string, fields: Record<string, unknown>): Promise<void> {
    const path = `/Users/${jellyfin.user(name).id}`;
    const { json } = await admin.call('GET', path, API_KEY);
    const { Policy } = json as { Policy: Record<string, unknown> };
    expect((await admin.call('POST', `${path}/Policy`, API_KEY, { ...Policy, ...fields })).status).toBe(204);
  }

  async function answerTo(token: string): Promise<{ status: number; body: Record<string, unknown> }> {
    const answer = await fetch(`${stage.url}/gatehouse/api/passwords`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ token, password: NEW }),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  }

  async function look(token: string): Promise<Record<string, unknown>> {
    const answer = await fetch(`${stage.url}/gatehouse/api/links`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ token }),
    });
    return (await answer.json()) as Record<string, unknown>;
  }

  it('who is renamed between the request and the redemption signs in by the new name, which the page tells', async () => {
    const token = await tokenFor('renata');
    const { id } = jellyfin.user('renata');
    const { json } = await admin.call('GET', `/Users/${id}`, API_KEY);
    const renamed = { ...(json as object), Name: 'renate' };
    expect((await admin.call('POST', `/Users/${id}`, API_KEY, renamed)).status).toBe(204);
    expect(await look(token)).toMatchObject({ state: 'open', userName: 'renate' });
    expect(await redeem(stage.url, token, NEW)).toBe(200);
    expect((await admin.signIn('renate', NEW)).status).toBe(200);
  });

  it('who is deleted meanwhile is told to ask the administrator', async () => {
    const token = await tokenFor('delia');
    const { id } = jellyfin.user('delia');
    expect((await admin.call('DELETE', `/Users/${id}`, API_KEY)).status).toBe(204);
    expect(await answerTo(token)).toMatchObject({ status: 403, body: { code: 'account-unavailable' } });
  });

  it('whose password moves elsewhere meanwhile is told where, as is who asks after that', async () => {
    const token = await tokenFor('lydia');
    await edit('lydia', { AuthenticationProviderId: LDAP });
    const told = { code: 'account-elsewhere', url: ELSEWHERE };
    expect(await answerTo(token)).toMatchObject({ status: 403, body: told });
    expect(await ask(stage.url, 'lydia')).toBe(true);
    await until(() => messagesTo('lydia').length === 2);
    expect(messagesTo('lydia')[1]?.text).toContain(ELSEWHERE);
    expect(tokenOf(messagesTo('lydia')[1] ?? ({ text: '' } as never))).toBe('');
    expect(jellyfin.user('lydia').password).toBe('old-pw-1');
  });

  it('who is not on the login screen is helped as everybody', async () => {
    await edit('hidden', { IsHidden: true });
    expect(await redeem(stage.url, await tokenFor('hidden'), NEW)).toBe(200);
  });

  it('who is locked by wrong passwords is let in again', async () => {
    const lock = async () => {
      for (let n = 0; n < 4; n += 1) await admin.signIn('leo', 'wrong', `door-${n}`);
      expect(jellyfin.user('leo').isDisabled).toBe(true);
    };
    await admin.signIn('leo', 'old-pw-1');
    await lock();
    const token = await tokenFor('leo');
    expect(await redeem(stage.url, token, NEW)).toBe(200);
    expect(jellyfin.user('leo')).toMatchObject({ password: NEW, isDisabled: false, failedLogins: 0 });
    expect((await admin.signIn('leo', NEW)).status).toBe(200);
  });

  it('whom an administrator disables meanwhile stays out', async () => {
    const token = await tokenFor('dora');
    await edit('dora', { IsDisabled: true });
    expect(await answerTo(token)).toMatchObject({ status: 403, body: { code: 'account-unavailable' } });
    expect(jellyfin.user('dora')).toMatchObject({ isDisabled: true, password: 'old-pw-1' });
  });

  it('administrators are kept out where the configuration says so, also who becomes one meanwhile', async () => {
    expect(await ask(stage.url, 'admin')).toBe(true);
    await until(() => linesAbout('reset-unresolved', 'admin').length > 0);
    expect(linesAbout('reset-unresolved', 'admin')[0]).toContain('"administrator"');
    expect(messagesTo('admin')).toEqual([]);
    const token = await tokenFor('adam');
    await edit('adam', { IsAdministrator: true });
    expect(await answerTo(token)).toMatchObject({ status: 403, body: { code: 'account-unavailable' } });
    expect(jellyfin.user('adam').password).toBe('old-pw-1');
  });
});
