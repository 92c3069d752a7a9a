import { describe, expect, it } from 'vitest';
import { createInvitations } from '../../../server/account/make-invitation.ts';
import { INVITATION_MS } from '../../../server/ports/contact-changes.ts';
import { type AccountStage, codeIn, startAccount, tokenOf } from '../../support/account/account-stage.ts';

const ADDRESS = 'anna@example.org';

async function invite({ storage, clock, fake, kept }: AccountStage, name = 'alice') {
  const { url, expiresAt } = await createInvitations({
    changes: storage.contactChanges,
    publicUrl: 'https://media.example.org/jellyfin/',
    clock,
    log: kept.log,
    by: 'command-line',
  }).make(fake.user(name).id, name);
  expect(url).toMatch(/^https:\/\/media\.example\.org\/jellyfin\/gatehouse\/invitation#/);
  expect(expiresAt).toBe(clock.now() + INVITATION_MS);
  return tokenOf('invitation', url);
}

describe('an invitation', () => {
  it('lets a person add one contact without signing in, once', async () => {
    const stage = await startAccount();
    const token = await invite(stage);
    const browser = stage.browser();
    expect((await browser.call('invitation/look', { token })).body).toMatchObject({
      serverName: 'Test Server',
      userName: 'alice',
      channels: [{ channel: 'email' }, { channel: 'chat' }],
    });
    const begun = await browser.call('invitation/begin', { token, channel: 'email', address: ADDRESS });
    expect(begun.body).toEqual({ kind: 'code-sent' });
    const code = codeIn((await stage.inbox.waitFor(1))[0]?.text);
    const confirm = (typed: string) =>
      browser.call('invitation/confirm', { token, channel: 'email', code: typed });
    expect((await confirm('0000-0000')).code).toBe('code-wrong');
    expect((await confirm(code)).body).toEqual({ state: 'confirmed' });
    expect(await stage.storage.contacts.ofUser(stage.fake.user('alice').id)).toMatchObject([
      { address: ADDRESS, state: 'verified' },
    ]);
    for (const path of ['invitation/look', 'invitation/begin', 'invitation/confirm'])
      expect(
        (await browser.call(path, path.endsWith('look') ? { token } : { token, channel: 'email' })).body,
        path,
      ).toMatchObject(path.endsWith('confirm') ? { state: 'confirmed' } : { code: 'link-used' });
    expect(stage.kept.text()).not.toContain(token);
  });

  it.each([
    ['an API key', undefined, true],
    ['the data folder alone', 'dataFolder: auto', false],
  ] as const)(
    'is what a change of a contact is told to have come by, with %s',
    async (_, jellyfin, isOut) => {
      const users = [{ name: 'alice', password: 'alice-pw-1' }];
      const stage = await startAccount(jellyfin === undefined ? {} : { jellyfin, users });
      const browser = stage.browser();
      const token = await invite(stage);
      const userId = stage.fake.user('alice').id;
      const before = { userId, userName: 'alice', channel: 'email', address: 'before@example.org' };
      await stage.storage.contacts.set(before, stage.clock.now(), { state: 'verified' });
      await browser.call('invitation/begin', { token, channel: 'email', address: ADDRESS });
      const code = codeIn((await stage.inbox.waitFor(1))[0]?.text);
      await browser.call('invitation/confirm', { token, channel: 'email', code });
      const notice = (await stage.inbox.waitFor(2)).find(({ to }) => to === before.address);
      const undone = await browser.call('undo', { token: tokenOf('undo', notice?.text) });
      expect(undone.body).toMatchObject({ by: 'invitation', isJellyfinSignedOut: isOut });
      expect(await stage.storage.contacts.ofUser(userId)).toMatchObject([{ address: before.address }]);
    },
  );

  it('is spent by the bot that sees its code', async () => {
    const stage = await startAccount();
    const token = await invite(stage);
    const browser = stage.browser();
    const { body } = await browser.call('invitation/begin', { token, channel: 'chat' });
    const ask = async () => (await browser.call('invitation/confirm', { token, channel: 'chat' })).body;
    expect(await ask()).toEqual({ state: 'waiting' });
    expect(await stage.write({ address: '4711', text: String(body['code']) })).toMatch(/^Done/);
    expect(await ask()).toEqual({ state: 'confirmed' });
    expect((await browser.call('invitation/look', { token })).code).toBe('link-used');
  });

  it('that is made anew takes the place of the one before', async () => {
    const stage = await startAccount();
    const [first, second] = [await invite(stage), await invite(stage)];
    const browser = stage.browser();
    expect((await browser.call('invitation/look', { token: first })).code).toBe('link-unknown');
    expect((await browser.call('invitation/look', { token: second })).status).toBe(200);
  });

  it('works for 7 days, signs nobody in, and changes no password', async () => {
    const stage = await startAccount();
    const token = await invite(stage);
    const browser = stage.browser();
    const looked = await browser.call('invitation/look', { token });
    expect(looked.setCookies).toEqual([]);
    expect((await browser.call('view')).code).toBe('signed-out');
    expect((await browser.call('undo', { token })).code).toBe('link-unknown');
    const reset = await fetch(`${stage.origin}/api/passwords`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': '203.0.113.7' },
      body: JSON.stringify({ token, password: 'q7!zk2wv-9' }),
    });
    expect(reset.status).toBe(404);
    stage.clock.advance(INVITATION_MS);
    expect((await browser.call('invitation/look', { token })).code).toBe('link-expired');
  });

  it('that never was is refused, and after ten tries in a minute nobody is told even that', async () => {
    const stage = await startAccount();
    const browser = stage.browser();
    const codes = [];
    for (let n = 0; n < 11; n += 1)
      codes.push((await browser.call('invitation/look', { token: 'x'.repeat(43) })).code);
    expect(codes).toEqual([...Array<string>(10).fill('link-unknown'), 'too-many-requests']);
    const token = await invite(stage);
    expect((await browser.call('invitation/look', { token })).status).toBe(200);
  });
});
