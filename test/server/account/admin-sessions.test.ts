import { describe, expect, it } from 'vitest';
import { FRESH_MS } from '../../../server/ports/admin-sessions.ts';
import { startAccount } from '../../support/account/account-stage.ts';

const WHOAMI = '../admin/whoami';

describe('the admin API, signed in to by My Account', () => {
  it('knows an administrator who has just typed the password, and for 15 minutes', async () => {
    const { browser: open, clock } = await startAccount();
    const browser = open();
    expect((await browser.call(WHOAMI)).status).toBe(401);
    await browser.signIn('admin');
    expect(await browser.call(WHOAMI)).toMatchObject({ status: 200, body: { userName: 'admin' } });
    clock.advance(FRESH_MS);
    expect((await browser.call(WHOAMI)).status).toBe(200);
    clock.advance(1);
    expect((await browser.call(WHOAMI)).status).toBe(401);
    // The session itself goes on.
    expect((await browser.view()).userName).toBeDefined();
    await browser.signIn('admin');
    expect((await browser.call(WHOAMI)).status).toBe(200);
  });

  it('knows nobody by a token of Jellyfin alone, and no other person', async () => {
    const { browser: open, client } = await startAccount();
    const { token } = await client.login('admin', 'admin-pw-1');
    const [borrowed, person] = [open(), open()];
    expect((await borrowed.call('token', { token })).status).toBe(200);
    expect((await borrowed.call(WHOAMI)).status).toBe(401);
    await person.signIn('alice');
    expect((await person.call(WHOAMI)).status).toBe(401);
  });

  it('forgets who signs out, and who is no administrator any more', async () => {
    const { browser: open, client } = await startAccount({
      users: [
        { name: 'admin', password: 'admin-pw-1', isAdministrator: true },
        { name: 'second', password: 'second-pw-1', isAdministrator: true },
      ],
    });
    const [leaving, demoted] = [open(), open()];
    await leaving.signIn('admin');
    const { cookie } = leaving;
    await leaving.call('sign-out');
    leaving.cookie = cookie;
    expect((await leaving.call(WHOAMI)).status).toBe(401);

    await demoted.signIn('second');
    expect((await demoted.call(WHOAMI)).status).toBe(200);
    const { token } = await client.login('admin', 'admin-pw-1');
    const users = (await (await client.ask('GET', '/Users', undefined, token)).json()) as {
      readonly Id: string;
      readonly Name: string;
      readonly Policy: object;
    }[];
    const second = users.find(({ Name }) => Name === 'second');
    const policy = { ...second?.Policy, IsAdministrator: false };
    expect((await client.ask('POST', `/Users/${second?.Id}/Policy`, policy, token)).status).toBe(204);
    expect((await demoted.call(WHOAMI)).status).toBe(401);
  });
});
