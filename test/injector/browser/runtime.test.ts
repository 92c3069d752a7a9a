import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { defineMod, type Hooks } from '../../../injector/kit/define-mod.ts';
import { elseTheirs } from '../../../injector/kit/translations.ts';
import { useBuiltClient } from '../../support/browser/built-client.ts';
import { navigate, openJellyfin, shownPage, signIn } from '../../support/browser/jellyfin-screen.ts';
import { RUNTIME_CLIENTS } from '../../support/browser/mod-clients.ts';
import { useChromium } from '../../support/browser/use-chromium.ts';
import { type ModdedJellyfin, startModdedJellyfin } from '../../support/jellyfin/modded-jellyfin.ts';

/** Browser parts of mods that are only here, as code: some of it is what no type check would let pass. */
const PARTS: Readonly<Record<string, string>> = {
  'breaks-at-load': 'throw new Error("at load");',
  'breaks-at-start': 'var gatehousePart = { run: function () { throw new Error("at start"); } };',
  'breaks-on-pages':
    'var gatehousePart = { run: function (context) { context.onPage(["login", "home"], function () {' +
    ' return function () { throw new Error("at undo"); }; }); context.onPage(["login", "home"], function () { throw 1; });' +
    ' context.onPress("forgotPasswordButton", function () { throw new Error("at press"); }); } };',
  'counts-pages':
    'var gatehousePart = { run: function (context) { context.onPage(["login", "home", "settings"], function (page) {' +
    ' context.insertOnce(page, "count", function () { return document.createElement("i"); });' +
    ' document.documentElement.classList.add("on-" + page.id);' +
    ' return function () { document.documentElement.classList.remove("on-" + page.id); }; }); } };',
  'greets-people':
    'var gatehousePart = { run: function (context) { context.onPage(["home", "settings"], function (page) {' +
    ' context.insertOnce(page, "greeting", function () { var line = document.createElement("p");' +
    ' line.className = "greeting"; line.textContent = ApiClient.getCurrentUserId(); return line; }); }); } };',
};

function modOf(name: string, hooks: Hooks) {
  const options = z.strictObject({});
  return {
    mod: defineMod({ name, title: name, jellyfin: '>=10.8', options, example: {}, hooks: () => hooks }),
    options: {},
  };
}

const parts = Object.keys(PARTS).map((name) => modOf(name, { client: {} }));
const named = (...names: string[]) => parts.filter(({ mod }) => names.includes(mod.name));
const says = modOf('says-things', {
  strings: {
    ButtonForgotPassword: { en: 'Help <me> & "you"', de: 'Hilfe' },
    HeaderPasswordReset: { en: 'Done {0}' },
    LabelForgotPasswordUsernameHelp: elseTheirs({ en: 'Enter a name.', fr: 'Un nom.' }),
  },
});

const clientFolder = useBuiltClient();
const browser = useChromium();

beforeAll(async () => {
  for (const [name, code] of Object.entries(PARTS)) await writeFile(join(clientFolder(), `${name}.js`), code);
});

describe.each(RUNTIME_CLIENTS)('the runtime in the web client of Jellyfin %s', (version) => {
  let modded: ModdedJellyfin;
  beforeAll(async () => {
    modded = await startModdedJellyfin(
      version,
      clientFolder(),
      [...parts, says].map(({ mod }) => mod),
    );
  });
  afterAll(() => modded.close());

  async function open(mods: typeof parts, locale?: string) {
    await modded.switchOn(mods);
    const screen = await openJellyfin(browser(), modded.webUrl, locale);
    onTestFinished(() => screen.close());
    return screen;
  }

  it('names each mod that throws once, and signing in works with the other mods at work', async () => {
    const { page, warnings, errors } = await open([
      ...named('breaks-at-load', 'breaks-at-start', 'breaks-on-pages', 'counts-pages'),
      says,
    ]);
    expect(await page.locator('#loginPage:not(.hide) [data-gatehouse="counts-pages/count"]').count()).toBe(1);
    const button = page.locator('#loginPage:not(.hide) .btnForgotPassword');
    expect((await button.innerText()).trim()).toBe('Help <me> & "you"');
    await button.click();
    await shownPage(page, '#forgotPasswordPage');
    await navigate(page, 'login.html');
    await shownPage(page, '#loginPage');
    await signIn(page, 'alice', 'alice-pw-1');
    const ours = warnings.filter((line) => line.includes('[Gatehouse]'));
    expect(ours.map((line) => /mod "([^"]+)" failed/.exec(line)?.[1]).toSorted()).toEqual([
      'breaks-at-load',
      'breaks-at-start',
      'breaks-on-pages',
    ]);
    expect(errors).toEqual([]);
  });

  it('changes texts in templates handed over as text and as a module, once', async () => {
    const { page, warnings } = await open([says], 'de-DE');
    const button = page.locator('#loginPage:not(.hide) .btnForgotPassword');
    expect((await button.innerText()).trim()).toBe('Hilfe');
    // Constructed a second time it does nothing, so another object of texts stays as it was.
    const asked = await page.evaluate(`(async () => {
      const Plugin = await window["gatehouse/plugin"]();
      const globalize = { getCurrentLocale: () => "en-us", translate: () => "theirs", translateHtml: (html) => html };
      const { name, id, type } = new Plugin({ globalize });
      return [name, id, type, globalize.translate("ButtonForgotPassword")];
    })()`);
    expect(asked).toEqual(['Gatehouse', 'gatehouse', 'gatehouse', 'theirs']);
    expect(warnings.filter((line) => line.includes('[Gatehouse]'))).toEqual([]);
  });

  it.each([
    ['de-DE', 'Bitte gib deinen Benutzernamen ein, falls du dich daran erinnerst.'],
    ['fr-FR', 'Un nom.'],
    ['en-US', 'Enter a name.'],
  ])(
    'keeps what the client says in %s where that is as true, and no words are there',
    async (locale, words) => {
      const { page } = await open([says], locale);
      await page.locator('#loginPage:not(.hide) .btnForgotPassword').click();
      await shownPage(page, '#forgotPasswordPage');
      const help = page.locator('#forgotPasswordPage:not(.hide) .fieldDescription');
      expect((await help.innerText()).trim()).toBe(words);
    },
  );

  it('takes things back when the next page shows', async () => {
    const { page } = await open(named('counts-pages'));
    const classes = () =>
      page.evaluate<string>('document.documentElement.className.match(/on-\\w+/g)?.join() ?? ""');
    expect(await classes()).toBe('on-loginPage');
    await signIn(page, 'alice', 'alice-pw-1');
    await expect.poll(classes).toBe('on-indexPage');
    await navigate(page, 'search.html');
    await shownPage(page, '#searchPage');
    await expect.poll(classes).toBe('');
  });

  it('inserts once into a page that comes again', async () => {
    const { page } = await open(named('counts-pages'));
    await signIn(page, 'alice', 'alice-pw-1');
    for (const selector of ['#myPreferencesMenuPage', '#indexPage', '#myPreferencesMenuPage', '#indexPage']) {
      await navigate(page, selector === '#indexPage' ? 'home.html' : 'mypreferencesmenu.html');
      await shownPage(page, selector);
      const marks = page.locator(`${selector}:not(.hide) > [data-gatehouse="counts-pages/count"]`);
      await expect.poll(() => marks.count()).toBe(1);
    }
  });

  it('leaves nothing of one person to the next', async () => {
    const { page } = await open(named('greets-people'));
    const greetings = () => page.locator('.greeting').allTextContents();
    await signIn(page, 'alice', 'alice-pw-1');
    await navigate(page, 'mypreferencesmenu.html');
    await shownPage(page, '#myPreferencesMenuPage');
    const alice = modded.jellyfin.user('alice').id;
    await expect.poll(async () => new Set(await greetings())).toEqual(new Set([alice]));
    await page.evaluate('void Dashboard.logout()');
    await shownPage(page, '#loginPage');
    expect(await greetings()).toEqual([]);
    await signIn(page, 'bob', 'bob-pw-1');
    await expect.poll(greetings).toEqual([modded.jellyfin.user('bob').id]);
  });
});
