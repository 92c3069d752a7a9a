import { describe, expect, it, onTestFinished } from 'vitest';
import { READY, spawnDemo } from '../demo/demo-process.ts';
import { openJellyfin } from '../support/browser/jellyfin-screen.ts';
import { useChromium } from '../support/browser/use-chromium.ts';

const browser = useChromium();

/** Height and picture of everything that stands before something else on the login page. */
const DRAWN_BEFORE = `Array.from(
  document.querySelectorAll('#loginPage:not(.hide), #loginPage:not(.hide) *'),
  (one) => getComputedStyle(one, '::before'),
).map(({ height, backgroundImage }) => ({ height, backgroundImage }))`;

describe('the demo', { timeout: 120_000 }, () => {
  it('starts with the mods that are named, which its list of mods shows as on, with their words', async () => {
    const ports = ['--port=0', '--inbox-port=0', '--jellyfin-port=0'];
    const demo = spawnDemo([...ports, '--mod=login-logo', '--mod=login-layout']);
    onTestFinished(async () => void (await demo.end()));
    await demo.saying(READY);
    const context = await browser().newContext();
    onTestFinished(() => context.close());
    const inbox = await context.newPage();
    await inbox.goto(demo.address('inbox'));
    await inbox.getByRole('link', { name: /^Mods/ }).click();
    const logo = inbox.getByRole('article', { name: 'Your logo above the sign-in form' });
    expect(await logo.innerText()).toContain('on in this demo');
    expect(await inbox.getByRole('article', { name: 'Your own style rules' }).innerText()).toContain(
      'off in',
    );
    await logo.getByRole('link', { name: 'Options of login-logo' }).click();
    await inbox.getByRole('heading', { name: 'Options' }).waitFor();
    expect(await inbox.getByRole('table').innerText()).toContain('hideJellyfins');
    await inbox.goBack();
    await inbox.getByRole('link', { name: 'Back to the inbox' }).click();
    await inbox.getByRole('heading', { name: 'Inbox' }).waitFor();

    const login = await openJellyfin(browser(), demo.address('login'));
    onTestFinished(login.close);
    const drawn = await login.page.evaluate<{ height: string; backgroundImage: string }[]>(DRAWN_BEFORE);
    const logos = drawn.filter(({ backgroundImage }) =>
      /\/gatehouse\/mods\/[\w-]+\.png/.test(backgroundImage),
    );
    expect(logos.map(({ height }) => height)).toEqual(['110px']);
  });
});
