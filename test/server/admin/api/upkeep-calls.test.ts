import { describe, expect, it } from 'vitest';
import { PROGRAM_VERSION } from '../../../../server/config/version.ts';
import { PAGER } from '../../../support/mail/pager-channel.ts';
import { type AdminApp, startAdminApp } from '../../../support/reset/admin-app.ts';

const NUMBER = '+4912345';

/** A message to alice that was given up; answers its id. */
async function giveUp({ storage, clock, id }: AdminApp): Promise<number> {
  const about = {
    queue: 'pager',
    contactId: undefined,
    kind: 'reset-link',
    language: 'en',
    key: 'k',
  } as const;
  const row = await storage.outbox.addMessage(
    { ...about, userId: id('alice'), userName: 'alice' },
    clock.now(),
  );
  await storage.outbox.giveUp('pager', 'no pager', clock.now());
  return row;
}

async function giveUpRequest({ storage, clock }: AdminApp): Promise<number> {
  const request = {
    enteredName: 'a secret',
    source: 'form',
    language: 'en',
    clientAddress: '192.0.2.1',
  } as const;
  const id = (await storage.outbox.addRequest(request, clock.now(), 9)) ?? 0;
  await storage.outbox.claim('asked', 'one', clock.now(), 1_000, 1);
  await storage.outbox.end({ id, owner: 'one' }, 'dead', 'away', clock.now());
  return id;
}

it('whoever asks is told who they are, and what can be done', async () => {
  const app = await startAdminApp();
  expect(await app.call('whoami')).toEqual({
    userId: app.id('admin'),
    userName: 'admin',
    serverName: 'Test Server',
    version: PROGRAM_VERSION,
    hasApiKey: true,
  });
});

describe('the outbox', () => {
  it('is counted, and what was given up is listed without what was typed', async () => {
    const app = await startAdminApp();
    const [request, message] = [await giveUpRequest(app), await giveUp(app)];
    const counted = await app.call('outbox/count');
    expect(counted).toEqual({ waiting: 0, dead: 2 });
    const { letters } = await app.call('outbox/dead');
    expect(letters).toMatchObject([
      { id: message, queue: 'pager', kind: 'reset-link', userName: 'alice', reason: 'no pager' },
      { id: request, queue: 'asked', reason: 'away' },
    ]);
    expect(JSON.stringify(letters)).not.toContain('a secret');
    expect((await app.call('outbox/dead', { limit: 1 })).letters).toHaveLength(1);
  });

  it('sends a message again that was given up, and no request', async () => {
    const app = await startAdminApp();
    const [request, message] = [await giveUpRequest(app), await giveUp(app)];
    expect(await app.refused('outbox/resend', { id: request })).toBe('409 message-is-request');
    expect(await app.refused('outbox/resend', { id: message + 99 })).toBe('404 message-unknown');
    expect(await app.call('outbox/resend', { id: message })).toEqual({});
    expect(await app.call('outbox/count')).toMatchObject({ waiting: 1, dead: 1, oldestAt: app.clock.now() });
    expect(app.woken()).toBe(1);
  });

  it('sends all of them again, and puts away what is not wanted any more', async () => {
    const app = await startAdminApp();
    const [request] = [await giveUpRequest(app), await giveUp(app), await giveUp(app)];
    expect(await app.call('outbox/resend-all')).toEqual({ resent: 2 });
    expect(await app.call('outbox/drop', { id: request })).toEqual({});
    expect(await app.refused('outbox/drop', { id: request })).toBe('404 message-unknown');
    expect(await app.call('outbox/count')).toMatchObject({ waiting: 2, dead: 0 });
  });
});

describe('the audit log', () => {
  async function fill({ storage, id }: AdminApp): Promise<void> {
    for (let n = 1; n <= 6; n += 1) {
      const event = n % 2 === 0 ? 'link-made' : 'contact-changed';
      const who = n > 3 ? { userId: id('alice'), userName: 'alice' } : { userId: id('bob') };
      await storage.audit.add({ at: n * 1_000, event, ...who });
    }
  }
  const timesOf = ({ entries }: { entries: readonly { at: number }[] }) =>
    entries.map(({ at }) => at / 1_000);

  it('is read by event, by person and by time', async () => {
    const app = await startAdminApp();
    await fill(app);
    // What is asked here is in it, too, and later.
    const list = async (query: object) => timesOf(await app.call('audit/list', { to: 99_000, ...query }));
    expect(await list({})).toEqual([6, 5, 4, 3, 2, 1]);
    expect(await list({ event: 'link-made' })).toEqual([6, 4, 2]);
    expect(await list({ event: 'contact-' })).toEqual([5, 3, 1]);
    expect(await list({ user: 'alice' })).toEqual([6, 5, 4]);
    expect(await list({ user: app.id('bob'), event: 'link-made' })).toEqual([2]);
    expect(await list({ from: 2_000, to: 5_000 })).toEqual([4, 3, 2]);
    expect(await app.refused('audit/list', { user: 'zoe' })).toBe('404 user-unknown');
  });

  it('is read page by page, to its end', async () => {
    const app = await startAdminApp();
    await fill(app);
    const pages: number[][] = [];
    let before: number | undefined;
    do {
      const page = await app.call('audit/list', { event: 'contact-', to: 99_000, limit: 2, before });
      pages.push(timesOf(page));
      before = page.next;
    } while (before !== undefined);
    expect(pages).toEqual([[5, 3], [1]]);
  });
});

describe('channels', () => {
  it('are tried without a message, and told with what to do', async () => {
    const app = await startAdminApp();
    expect(await app.call('channels/check')).toEqual({
      channels: [
        {
          ...{ channel: 'pager', properName: 'Pager', linking: 'code-to-person' },
          ...{ isWorking: true, detail: 'The pager answers.' },
        },
      ],
    });
    const gone = await PAGER.create({ url: 'http://127.0.0.1:1' }, { publicUrl: '' });
    const { call } = await startAdminApp({ channels: [gone] });
    expect((await call('channels/check')).channels).toMatchObject([
      { isWorking: false, detail: 'The pager cannot be reached. Mend pager.url.' },
    ]);
    expect(app.pages).toEqual([]);
  });

  it('bring a test message to the address that is named, or to the administrator', async () => {
    const app = await startAdminApp();
    const sent = await app.call('channels/test', { channel: 'pager', address: NUMBER });
    expect(sent).toEqual({ outcome: 'sent', address: '…45' });
    expect(app.pages).toMatchObject([{ number: NUMBER }]);
    expect(app.pages[0]?.text).toMatch(/^Hello admin,\n\nthis is a test message of Test Server\./);
    expect(await app.refused('channels/test', { channel: 'pager' })).toBe('409 no-contact');
    const own = { userId: app.id('admin'), userName: 'admin', channel: 'pager', address: '+4999999' };
    await app.storage.contacts.set(own);
    await app.call('channels/test', { channel: 'pager' });
    expect(app.pages[1]).toMatchObject({ number: '+4999999' });
  });

  it('that are not set up, and addresses that are none, are refused', async () => {
    const { refused, pages } = await startAdminApp();
    expect(await refused('channels/test', { channel: 'email' })).toBe('404 channel-unknown');
    expect(await refused('channels/test', { channel: 'pager', address: 'x' })).toBe('422 address-refused');
    expect(pages).toEqual([]);
  });

  it('tell why a test message was not taken', async () => {
    const gone = await PAGER.create({ url: 'http://127.0.0.1:1' }, { publicUrl: '' });
    const { call } = await startAdminApp({ channels: [gone] });
    expect(await call('channels/test', { channel: 'pager', address: NUMBER })).toEqual({
      ...{ outcome: 'unreachable', address: '…45' },
      detail: 'The pager cannot be reached.',
    });
  });
});

describe('mods', () => {
  it('are listed with their options, without what is a secret', async () => {
    const secret = 'hunter2-hunter2';
    const options = { text: `call ${secret}`, nested: [{ user: 'anna@example.org' }] };
    const mod = { name: 'a-mod', title: 'A mod', jellyfin: '>=10.8', isOn: true };
    const app = await startAdminApp({
      admin: { listMods: async () => [{ ...mod, entries: [{ id: 'a-mod', options }] }] },
    });
    app.lines.log.hide([secret]);
    const { mods } = await app.call('mods/list');
    expect(mods).toEqual([
      {
        ...mod,
        entries: [
          { id: 'a-mod', options: { text: 'call [redacted]', nested: [{ user: 'a…@example.org' }] } },
        ],
      },
    ]);
  });
});
