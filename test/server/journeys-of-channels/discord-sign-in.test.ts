import { describe, expect, it } from 'vitest';
import type { BegunContact } from '../../../server/http/account-contract.ts';
import { type Browser, openBrowser } from '../../support/account/browser.ts';
import { startFakeDiscord } from '../../support/channels/fake-discord.ts';
import { APPLICATION } from '../../support/channels/fake-discord-sign-ins.ts';
import { PASSWORD, startJourney } from '../../support/channels/journey-stage.ts';

const ANNA = '800000000000000001';

async function start() {
  const discord = await startFakeDiscord([ANNA]);
  const { clientId, clientSecret } = APPLICATION;
  const stage = await startJourney([
    `discord: { token: '${discord.token}', apiUrl: '${discord.url}', clientId: '${clientId}', clientSecret: ${clientSecret} }`,
  ]);
  const registered = `${stage.url}/gatehouse/connect`;

  /** Begins with the password; answers where My Account leads. */
  async function begin(browser: Browser): Promise<string> {
    const { body } = await browser.call('contacts/begin', { channel: 'discord', password: PASSWORD });
    const begun = body as unknown as BegunContact;
    if (begun.kind !== 'send-code' || begun.connectUrl === undefined) throw new Error('nothing to connect');
    expect(begun.connectUrl).toMatch(/^https:\/\/discord\.com\/oauth2\/authorize\?/);
    expect(begun.connectUrl).not.toContain(begun.code);
    return begun.connectUrl;
  }
  const consent = (address: string, person: string | undefined = ANNA) =>
    discord.signIns.consent(address, person, registered);
  /** What the page sends that Discord leads back to. */
  const finish = (browser: Browser, { searchParams }: URL) =>
    browser.call('contacts/connect', { code: searchParams.get('code'), state: searchParams.get('state') });
  return { discord, stage, begin, consent, finish };
}

describe('signing in to Discord in My Account', { timeout: 60_000 }, () => {
  it('makes the id that Discord says the contact, without a code, and keeps no token', async () => {
    const { discord, stage, begin, consent, finish } = await start();
    const browser = await stage.account();
    const back = consent(await begin(browser));
    const page = await fetch(back, { redirect: 'manual' });
    expect([page.status, page.headers.get('referrer-policy')]).toEqual([200, 'no-referrer']);
    const done = await finish(browser, back);
    expect(done).toMatchObject({
      status: 200,
      body: { contacts: [{ channel: 'discord', state: 'verified' }], awaited: [] },
    });
    expect(discord.signIns.revoked).toHaveLength(1);
    for (const secret of [
      back.searchParams.get('code'),
      discord.signIns.revoked[0],
      APPLICATION.clientSecret,
      ANNA,
    ])
      expect(stage.log.text()).not.toContain(secret);
    // The same once more, as Back and a reload do it.
    expect(await finish(browser, back)).toMatchObject({ status: 410, code: 'code-expired' });
  });

  it('takes nothing with a state that was made up, of another account, or in another session', async () => {
    const { stage, begin, consent, finish } = await start();
    const browser = await stage.account();
    const back = consent(await begin(browser));
    const forged = new URL(back);
    forged.searchParams.set('state', `A${back.searchParams.get('state')?.slice(1)}`);
    expect(await finish(browser, forged)).toMatchObject({ code: 'code-expired' });
    const bob = openBrowser(stage.url, `${stage.url}/gatehouse/api/account`);
    expect(await finish(bob, back)).toMatchObject({ status: 401, code: 'signed-out' });
    await bob.signIn('bob');
    expect(await finish(bob, back)).toMatchObject({ code: 'code-expired' });
    expect((await bob.view()).contacts).toEqual([]);
    // None of them has used it up.
    expect(await finish(browser, back)).toMatchObject({ status: 200 });

    const second = consent(await begin(browser));
    const anew = await stage.account();
    expect(await finish(anew, second)).toMatchObject({ code: 'code-expired' });
  });

  it('with a code that Discord does not know connects nothing', async () => {
    const { stage, begin, consent, finish } = await start();
    const browser = await stage.account();
    const back = consent(await begin(browser));
    back.searchParams.set('code', 'of-somebody-else');
    expect(await finish(browser, back)).toMatchObject({ code: 'code-expired' });
    expect((await browser.view()).contacts).toEqual([]);
  });

  it('while Discord is away says so, and works once it is back', async () => {
    const { discord, stage, begin, consent, finish } = await start();
    const browser = await stage.account();
    const back = consent(await begin(browser));
    discord.fault(({ path }) => (path.startsWith('/oauth2') ? { status: 503 } : undefined));
    expect(await finish(browser, back)).toMatchObject({ status: 503, code: 'unavailable' });
    expect(stage.log.text()).toContain('contact-not-connected');
    discord.fault(undefined);
    expect(await finish(browser, back)).toMatchObject({ status: 200 });
  });

  it('with an application that Discord refuses names the settings in the log', async () => {
    const { discord, stage, begin, consent, finish } = await start();
    const browser = await stage.account();
    const back = consent(await begin(browser));
    discord.signIns.changeSecret();
    expect(await finish(browser, back)).toMatchObject({ status: 503, code: 'unavailable' });
    expect(stage.log.text()).toContain('discord.clientSecret');
    expect(stage.log.text()).not.toContain(APPLICATION.clientSecret);
  });
});
