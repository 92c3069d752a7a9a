import { describe, expect, it, vi } from 'vitest';
import { createAdministratorStage } from '../../support/program/administrator-stage.ts';

const NEW = 'a phrase of some length';
const SOON = { timeout: 20_000, interval: 25 } as const;

const codeOf = async (answer: Response) => ((await answer.json()) as { code?: string }).code;

describe('whoever has the mailbox of an administrator', { timeout: 60_000 }, () => {
  it.each([false, true])('changes nothing with it alone, with two processes: %s', async (isSplit) => {
    const stage = await createAdministratorStage({ isSplit });
    const { ask, call, linkIn, codeIn, mails, chats, signsIn } = stage;
    await ask('admin');
    const token = await linkIn(mails);
    expect(await (await call('links', { token })).json()).toMatchObject({ state: 'open', needsCode: true });
    expect(await codeOf(await call('passwords', { token, password: NEW }))).toBe('code-needed');
    expect(chats()).toEqual([]);
    expect((await call('codes', { token })).status).toBe(200);
    const code = await codeIn(chats);
    // Nothing but the link ever came by mail, whatever is pressed.
    expect((await call('codes', { token })).status).toBe(200);
    expect(mails()).toHaveLength(1);
    expect(await codeOf(await call('passwords', { token, password: NEW, code }))).toBe('code-wrong');
    expect(await signsIn('admin', 'admin-pw-1')).toBe(200);
    // Who has the other channel, too, goes on.
    const last = await codeIn(chats, 2);
    expect((await call('passwords', { token, password: NEW, code: last })).status).toBe(200);
    expect(await signsIn('admin', NEW)).toBe(200);
  });

  it('guesses five codes at most, over all processes and at the same moment, and the link is gone', async () => {
    const { ask, call, linkIn, codeIn, mails, chats, signsIn } = await createAdministratorStage();
    await ask('admin');
    const token = await linkIn(mails);
    await call('codes', { token });
    const code = await codeIn(chats);
    const guesses = Array.from({ length: 40 }, (_, n) => `${String(n).padStart(4, '0')}-0000`);
    const answers = await Promise.all(
      guesses.map(async (guess) => codeOf(await call('passwords', { token, password: NEW, code: guess }))),
    );
    const count = (wanted: string) => answers.filter((answer) => answer === wanted).length;
    expect([count('code-wrong'), count('link-locked')]).toEqual([4, 1]);
    expect(new Set(answers)).toEqual(new Set(['code-wrong', 'link-locked', 'link-used']));
    expect(await codeOf(await call('passwords', { token, password: NEW, code }))).toBe('link-used');
    expect(await signsIn('admin', 'admin-pw-1')).toBe(200);
  });

  it('has no use of the code of another link, nor of a code without its link', async () => {
    const { ask, call, linkIn, codeIn, mails, chats, signsIn } = await createAdministratorStage();
    await ask('admin');
    const first = await linkIn(mails);
    await ask('admin');
    const second = await linkIn(mails, 2);
    await call('codes', { token: first });
    const code = await codeIn(chats);
    expect(await codeOf(await call('passwords', { token: second, password: NEW, code }))).toBe(
      'code-expired',
    );
    await call('codes', { token: second });
    expect(await codeOf(await call('passwords', { token: second, password: NEW, code }))).toBe('code-wrong');
    const stranger = 'x'.repeat(43);
    expect(await codeOf(await call('passwords', { token: stranger, password: NEW, code }))).toBe(
      'link-unknown',
    );
    expect(await codeOf(await call('codes', { token: stranger }))).toBe('link-unknown');
    expect(await signsIn('admin', 'admin-pw-1')).toBe(200);
  });

  it('gets no second link there when all contacts are to be sent one', async () => {
    const { ask, linkIn, mails, chats } = await createAdministratorStage({ delivery: 'all' });
    await ask('admin');
    await linkIn(mails);
    await ask('alice');
    await linkIn(chats);
    expect(chats().join()).not.toMatch(/admin/);
  });

  it('is sent no secret where there is no second verified contact, and the one who asks is told the same', async () => {
    const stage = await createAdministratorStage({ verified: ['email'] });
    const { ask, storage, mails, chats, log } = stage;
    const texts = await Promise.all(
      ['admin', 'alice', 'nobody'].map(async (name) => (await ask(name)).text()),
    );
    expect(new Set(texts).size).toBe(1);
    await vi.waitFor(() => expect(log.text()).toContain('"no-second-channel"'), SOON);
    await vi.waitFor(() => expect(mails()).toHaveLength(1), SOON);
    expect(mails().join()).not.toMatch(/admin/);
    expect(chats()).toEqual([]);
    await vi.waitFor(async () => {
      const rows = await storage.audit.list({ limit: 20 });
      expect(
        rows.find(({ event, userName }) => event === 'reset-unresolved' && userName === 'admin'),
      ).toMatchObject({
        outcome: 'no-second-channel',
      });
    }, SOON);
  });
});

describe('whoever is made an administrator after the link went out', { timeout: 60_000 }, () => {
  it('needs the code from that moment on, and none any more when it is taken back', async () => {
    const { ask, call, appoint, linkIn, codeIn, mails, chats, signsIn } = await createAdministratorStage();
    await ask('alice');
    const token = await linkIn(mails);
    expect(await (await call('links', { token })).json()).not.toHaveProperty('needsCode');
    await appoint('alice', true);
    expect(await codeOf(await call('passwords', { token, password: NEW }))).toBe('code-needed');
    expect(await signsIn('alice', 'alice-pw-1')).toBe(200);
    await call('codes', { token });
    await codeIn(chats);
    await appoint('alice', false);
    expect(await (await call('codes', { token })).json()).toEqual({ channels: [] });
    expect((await call('passwords', { token, password: NEW })).status).toBe(200);
    expect(await signsIn('alice', NEW)).toBe(200);
  });
});

describe('a PIN of an administrator', { timeout: 60_000 }, () => {
  it('sets no password without the code either, and exchanging it again brings no new guesses', async () => {
    const { ask, call, codeIn, mails, chats, signsIn } = await createAdministratorStage({ method: 'pin' });
    await ask('admin');
    const pin = await vi.waitFor(() => {
      const found = /\b(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}\b/.exec(mails()[0] ?? '')?.[0];
      if (found === undefined) throw new Error('no PIN came');
      return found;
    }, SOON);
    const exchange = async () =>
      (await (await call('pins', { pin })).json()) as { token: string; code: string };
    const { token } = await exchange();
    expect(await codeOf(await call('passwords', { token, password: NEW }))).toBe('code-needed');
    await call('codes', { token });
    const code = await codeIn(chats);
    for (let n = 0; n < 4; n += 1) {
      const { token: fresh } = await exchange();
      await call('passwords', { token: fresh, password: NEW, code: '0000-0000' });
    }
    const { token: last } = await exchange();
    expect((await call('passwords', { token: last, password: NEW, code })).status).toBe(200);
    expect(await signsIn('admin', NEW)).toBe(200);
  });
});
