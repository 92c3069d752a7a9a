import { describe, expect, it } from 'vitest';
import { ADMIN_CALL_NAMES, ADMIN_CALLS, type AdminCallName } from '../../../../server/http/admin-calls.ts';
import { ADMIN_CALLS_PER_MINUTE, ADMIN_SENDINGS_PER_HOUR } from '../../../../server/http/routes/admin.ts';
import { type AdminApp, startAdminApp, type Visitor } from '../../../support/reset/admin-app.ts';
import { ADMIN_BODIES } from '../../../support/reset/admin-bodies.ts';
import { codeOf } from '../../../support/reset/reset-app.ts';

/** All that the calls could change or be told from, of one person who has a contact and a message that was given up. */
async function stateOf({ storage, jellyfin, pages, woken, clock }: AdminApp): Promise<unknown> {
  const userId = jellyfin.user('alice').id;
  return {
    contacts: await storage.contacts.list(),
    outbox: await storage.outbox.count(),
    links: await storage.links.countLive(userId, clock.now()),
    account: { ...jellyfin.user('alice'), tokens: undefined },
    asked: jellyfin.journal.length,
    pages: pages.length,
    woken: woken(),
    calls: (await storage.limits.read(`admin:${jellyfin.user('admin').id}:calls`, clock.now())).used,
  };
}

async function startWithAlice(): Promise<AdminApp> {
  const app = await startAdminApp();
  const alice = { userId: app.id('alice'), userName: 'alice' };
  await app.storage.contacts.set({ ...alice, channel: 'pager', address: '+4911111' });
  const message = { ...alice, queue: 'pager', kind: 'reset-link', language: 'en', key: 'k' } as const;
  await app.storage.outbox.addMessage({ ...message, contactId: undefined }, app.clock.now());
  await app.storage.outbox.giveUp('pager', 'no pager', app.clock.now());
  return app;
}

const OUTSIDERS: readonly [who: string, visitor: Visitor, headers: Record<string, string>, answer: string][] =
  [
    ['nobody, without a session', 'nobody', {}, '401 signed-out'],
    ['a person who is no administrator', 'person', {}, '401 signed-out'],
    ['an administrator whose password was typed too long ago', 'stale', {}, '401 signed-out'],
    ['somebody who was an administrator', 'demoted', {}, '401 signed-out'],
    [
      'a page of another site with the administrator’s cookie',
      'administrator',
      { origin: 'https://elsewhere.example' },
      '403 bad-body',
    ],
    [
      'a page of a neighbouring site with the administrator’s cookie',
      'administrator',
      { 'sec-fetch-site': 'same-site' },
      '403 bad-body',
    ],
  ];

describe('every call of the admin API', () => {
  it.each(OUTSIDERS)('does nothing and tells nothing to %s', async (_who, visitor, headers, answer) => {
    const app = await startWithAlice();
    const before = await stateOf(app);
    const bodies = new Set<string>();
    for (const name of ADMIN_CALL_NAMES) {
      const said = await app.send(`/api/admin/${name}`, ADMIN_BODIES[name], visitor, headers);
      const text = await said.text();
      expect(`${said.status} ${JSON.parse(text).code}`, name).toBe(answer);
      bodies.add(text);
    }
    // One sentence for all of them, which says nothing of anybody.
    expect(bodies.size).toBe(1);
    expect([...bodies].join()).not.toMatch(/alice|admin|pager|Jellyfin has/);
    expect(await stateOf(app)).toEqual(before);
    expect((await app.audited()).filter((event) => event !== 'admin-refused')).toEqual([]);
  });

  it('wants a page of ours to say that it sends the call, also of programs', async () => {
    const app = await startWithAlice();
    for (const name of ADMIN_CALL_NAMES) {
      const said = await fetch(`${app.url}/api/admin/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie: 'gatehouse=fresh' },
        body: JSON.stringify(ADMIN_BODIES[name]),
      });
      expect(said.status, name).toBe(403);
    }
  });

  it('is refused before its body is read', async () => {
    const { send } = await startAdminApp();
    for (const name of ADMIN_CALL_NAMES) {
      expect((await send(`/api/admin/${name}`, '{"a":', 'nobody')).status, name).toBe(401);
      expect((await send(`/api/admin/${name}`, '{"a":')).status, name).toBe(400);
      expect((await send(`/api/admin/${name}`, { odd: 1 })).status, name).toBe(400);
    }
  });

  it('takes POST and nothing else', async () => {
    const { url } = await startAdminApp();
    for (const name of ADMIN_CALL_NAMES) {
      for (const method of ['GET', 'PUT', 'DELETE', 'PATCH']) {
        const said = await fetch(`${url}/api/admin/${name}`, {
          method,
          headers: { cookie: 'gatehouse=fresh' },
        });
        expect([said.status, said.headers.get('allow')], `${method} ${name}`).toEqual([405, 'POST']);
      }
    }
  });

  it('answers an administrator, as its schema says, or with a code that it names', async () => {
    const app = await startWithAlice();
    const failed: Partial<Record<AdminCallName, string>> = {};
    for (const name of ADMIN_CALL_NAMES) {
      const said = await app.send(`/api/admin/${name}`, ADMIN_BODIES[name]);
      const answer = (await said.json()) as { readonly code: string };
      expect(said.headers.get('cache-control'), name).toBe('no-store');
      if (said.status === 200) ADMIN_CALLS[name].answer.parse(answer);
      else {
        failed[name] = answer.code;
        expect(ADMIN_CALLS[name].errors, name).toContain(answer.code);
      }
    }
    // Contacts were removed, and the message sent again, before these had their turn.
    expect(failed).toEqual({ 'outbox/drop': 'message-unknown' });
  });

  it('is in the audit log with who made it, from where, about whom and how it ended', async () => {
    const app = await startWithAlice();
    for (const name of ADMIN_CALL_NAMES) await app.send(`/api/admin/${name}`, ADMIN_BODIES[name]);
    await app.audited();
    const entries = await app.storage.audit.list({ limit: 1_000 });
    for (const name of ADMIN_CALL_NAMES) {
      const [entry, ...more] = entries.filter(({ event }) => event === ADMIN_CALLS[name].event);
      expect(more, name).toEqual([]);
      expect(entry, name).toMatchObject({
        clientAddress: '192.0.2.7',
        outcome: name === 'outbox/drop' ? 'message-unknown' : 'done',
        details: { by: 'administrator admin', byId: app.id('admin') },
      });
      if ('user' in ADMIN_BODIES[name] && name !== 'contacts/remove')
        expect(entry, name).toMatchObject({ userId: app.id('alice'), userName: 'alice' });
    }
    const kept = JSON.stringify(entries) + app.lines.text();
    expect(kept).not.toMatch(/\+4912345|\+4911111|alice@example\.org|reset#|invitation#/);
  });

  it('has an event of its own', () => {
    const events = ADMIN_CALL_NAMES.map((name) => ADMIN_CALLS[name].event);
    expect(new Set(events).size).toBe(events.length);
  });
});

describe('who asks too often', () => {
  it('is told to wait, and for how long', async () => {
    const app = await startAdminApp();
    for (let n = 0; n < ADMIN_CALLS_PER_MINUTE; n += 1) await app.call('whoami');
    app.clock.advance(1_000);
    const said = await app.send('/api/admin/whoami', {});
    expect([said.status, await codeOf(said)]).toEqual([429, 'too-many-requests']);
    expect(Number(said.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(said.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    app.clock.advance(60_000);
    await app.call('whoami');
  });

  it('may bring so many messages, links and invitations into the world in an hour, together', async () => {
    const app = await startAdminApp();
    const sending = ['resets/link', 'invitations/make'] as const;
    for (let n = 0; n < ADMIN_SENDINGS_PER_HOUR; n += 1)
      await app.call(sending[n % 2] ?? 'resets/link', { user: 'alice' });
    expect(await app.refused('channels/test', ADMIN_BODIES['channels/test'])).toBe('429 too-many-requests');
    expect(await app.refused('resets/link', { user: 'alice' })).toBe('429 too-many-requests');
    expect(app.pages).toEqual([]);
    // What sends nothing goes on.
    await app.call('people/list');
    app.clock.advance(3_600_001);
    await app.call('resets/link', { user: 'alice' });
  });
});

describe('the description of the API', () => {
  const read = ({ url }: AdminApp, headers: Record<string, string>) =>
    fetch(`${url}/api/admin/openapi.json`, { headers });

  it('is for administrators, also by the address bar', async () => {
    const app = await startAdminApp();
    for (const site of ['none', 'same-origin'])
      expect((await read(app, { cookie: 'gatehouse=fresh', 'sec-fetch-site': site })).status).toBe(200);
    const said = await read(app, { cookie: 'gatehouse=fresh' });
    expect(await said.json()).toMatchObject({ openapi: '3.1.1' });
  });

  it('is kept from everybody else, and from other sites', async () => {
    const app = await startAdminApp();
    for (const cookie of ['', 'gatehouse=person', 'gatehouse=stale', 'gatehouse=demoted'])
      expect((await read(app, { cookie })).status, cookie).toBe(401);
    for (const site of ['cross-site', 'same-site'])
      expect((await read(app, { cookie: 'gatehouse=fresh', 'sec-fetch-site': site })).status, site).toBe(403);
  });
});
