import http from 'node:http';
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { forgotPassword } from '../../../injector/mods/forgot-password/mod.ts';
import { useBuiltClient } from '../../support/browser/built-client.ts';
import { RUNTIME_CLIENTS } from '../../support/browser/mod-clients.ts';
import { useChromium } from '../../support/browser/use-chromium.ts';
import { type ModdedJellyfin, startModdedJellyfin } from '../../support/jellyfin/modded-jellyfin.ts';
import { listen, shut } from '../../support/network/listen.ts';

const clientFolder = useBuiltClient();
const browser = useChromium();

describe.each(RUNTIME_CLIENTS)('in a frame of another origin, the web client of Jellyfin %s', (version) => {
  let modded: ModdedJellyfin;
  beforeAll(async () => {
    modded = await startModdedJellyfin(version, clientFolder(), [forgotPassword]);
  });
  afterAll(() => modded.close());

  /** Opens a page of another origin, as the client of LG's television app is one, with the client in its frame. */
  async function openFramed(show: string, locale = 'en-US'): Promise<Frame> {
    await modded.switchOn([{ mod: forgotPassword, options: { show } }]);
    const outer = http.createServer((_, response) => {
      response.setHeader('Content-Type', 'text/html');
      response.end(`<!doctype html><iframe src="${modded.webUrl}" width="1200" height="700"></iframe>`);
    });
    const port = await listen(outer);
    const context = await browser().newContext({ locale, serviceWorkers: 'block' });
    onTestFinished(async () => {
      await context.close();
      await shut(outer);
    });
    const page = await context.newPage();
    // Another port is another origin, and of the same site, so that the frame has a storage as it has on a television.
    await page.goto(`http://127.0.0.1:${port}/`);
    const frame = page.frames().find((one) => one !== page.mainFrame());
    if (frame === undefined) throw new Error('The page has no frame.');
    await shown(frame, '#loginPage');
    return frame;
  }

  async function shown(frame: Frame, selector: string): Promise<void> {
    await frame.locator(`${selector}:not(.hide)`).first().waitFor({ state: 'visible' });
  }

  /** What the dialog says; the client has stayed where it was. */
  async function told(frame: Frame, words: RegExp): Promise<string> {
    const dialog = frame.locator('.dialogContainer .formDialog .text', { hasText: words });
    await dialog.waitFor();
    expect(new URL(frame.url()).pathname).toMatch(/^\/web\//);
    return await dialog.innerText();
  }

  const pageOf = (path: string) => modded.webUrl.replace('/web/index.html', `/gatehouse/${path}`);

  it.each([
    ['en-US', /cannot be shown here/],
    ['de-DE', /kann hier nicht gezeigt werden/],
  ])('shows the address of My Account in place of a dead page, in %s', async (locale, words) => {
    const frame = await openFramed('account', locale);
    await frame.locator('#loginPage:not(.hide) .btnForgotPassword').click();
    expect((await told(frame, words)).split(/\n+/).at(-1)).toBe(pageOf('account'));
  });

  it('shows the address of another portal whole', async () => {
    const frame = await openFramed('https://accounts.example.org/reset?from=jellyfin');
    await frame.locator('#loginPage:not(.hide) .btnForgotPassword').click();
    expect(await told(frame, /cannot be shown here/)).toContain(
      'https://accounts.example.org/reset?from=jellyfin',
    );
  });

  it('says where the PIN is taken before one is typed, and goes back to the login page', async () => {
    const frame = await openFramed('pin-page');
    await frame.evaluate('void Dashboard.navigate("forgotpasswordpin.html")');
    expect((await told(frame, /cannot be shown here/)).split(/\n+/).at(-1)).toBe(pageOf('pin'));
    await shown(frame, '#loginPage');
  });

  it('says the address of a page where it links to it elsewhere', async () => {
    const frame = await openFramed('check-your-messages');
    await frame.locator('#loginPage:not(.hide) .btnForgotPassword').click();
    await shown(frame, '#forgotPasswordPage');
    await frame.locator('#forgotPasswordPage:not(.hide) #txtName').fill('busy');
    await frame.locator('#forgotPasswordPage:not(.hide) button[type=submit]').click();
    expect(await told(frame, /cannot take your request/)).toContain(`(${pageOf('account')})`);
    expect(await frame.locator('.dialogContainer .text a').count()).toBe(0);
  });
});
