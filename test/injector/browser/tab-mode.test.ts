import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { MODS } from '../../../injector/mods/all.ts';
import { useBuiltClient } from '../../support/browser/built-client.ts';
import { openJellyfin, signIn } from '../../support/browser/jellyfin-screen.ts';
import { RUNTIME_CLIENTS } from '../../support/browser/mod-clients.ts';
import { useChromium } from '../../support/browser/use-chromium.ts';
import { type ModdedJellyfin, startModdedJellyfin } from '../../support/jellyfin/modded-jellyfin.ts';

const clientFolder = useBuiltClient();
const browser = useChromium();

const optionsOf = (url: string) => ({ links: [{ name: 'Wishes', url, icon: 'link' }] });

/** What a mod changes in the page, in `config.json` and in the branding, with when it is on. */
function entries(preview: object | undefined) {
  const of = (name: string, options: unknown) => {
    const mod = MODS.find((candidate) => candidate.name === name);
    if (mod === undefined) throw new Error(name);
    return { mod, options, ...(preview === undefined ? {} : { when: preview }) };
  };
  return [
    of('page-title', { title: 'Films' }),
    of('login-notice', { text: 'Welcome home' }),
    of('menu-links', optionsOf('https://wishes.example.org')),
  ];
}

describe.each(RUNTIME_CLIENTS)('a tab in the web client of Jellyfin %s', (version) => {
  let modded: ModdedJellyfin;
  beforeAll(async () => {
    modded = await startModdedJellyfin(version, clientFolder(), MODS);
  });
  afterAll(() => modded.close());

  /** What of the mods a person sees there, before and after signing in. */
  async function seenIn(query: string, isNoticeMeant: boolean) {
    const { page, errors, warnings, close } = await openJellyfin(browser(), `${modded.webUrl}${query}`);
    onTestFinished(close);
    const failed: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') failed.push(message.text());
    });
    await page.waitForLoadState('networkidle');
    const words = page.getByText('Welcome home');
    // On a busy machine the client asks for it when nothing has been asked for a while.
    if (isNoticeMeant) await words.first().waitFor();
    const notice = await words.count();
    const title = await page.title();
    await signIn(page, 'alice', 'alice-pw-1');
    await page.waitForLoadState('networkidle');
    const links = await page.locator('a[href="https://wishes.example.org"]').count();
    const ours = [...warnings, ...failed].filter((line) => /gatehouse/i.test(line));
    return { notice: notice > 0, title: title === 'Films', links: links > 0, errors, ours };
  }

  const ALL = { notice: true, title: true, links: true, errors: [], ours: [] };
  const NONE = { notice: false, title: false, links: false, errors: [], ours: [] };

  it('with ?gatehouse=off has nothing of the mods, while another tab has them', async () => {
    await modded.switchOn(entries(undefined));
    expect(await seenIn('', true)).toEqual(ALL);
    expect(await seenIn('?gatehouse=off', false)).toEqual(NONE);
    expect(await seenIn('', true)).toEqual(ALL);
  });

  it('with ?gatehouse=preview has what is for previews, and another tab has not', async () => {
    await modded.switchOn(entries({ preview: true }));
    expect(await seenIn('?gatehouse=preview', true)).toEqual(ALL);
    expect(await seenIn('', false)).toEqual(NONE);
  });
});
