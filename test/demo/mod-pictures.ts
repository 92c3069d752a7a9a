import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { buildClient } from '../../build/client.ts';
import { GALLERY, pictureOf } from '../../build/mod-gallery.ts';
import type { Mod } from '../../injector/kit/define-mod.ts';
import { MODS } from '../../injector/mods/all.ts';
import { launchChromium } from '../support/browser/chromium.ts';
import { navigate, openJellyfin, shownPage, signIn } from '../support/browser/jellyfin-screen.ts';
import { type ModdedJellyfin, startModdedJellyfin } from '../support/jellyfin/modded-jellyfin.ts';
import { drawFiles, GARDEN } from './drawn-files.ts';
import { DEMO_FILMS } from './films.ts';
import { DEMO_USERS } from './guide.ts';
import { type Recipe, readRecipe } from './mod-recipe.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Largest picture, in bytes: the gallery shows all of them at once. */
const MAX_BYTES = 60_000;
const QUALITIES = [80, 65, 50, 35];

/** Between the two halves, in px. */
const GAP = 8;

/** Windows in which pages are seen, in px, and how wide a half of the picture is. */
const NARROW = { viewport: { width: 760, height: 740 }, half: 520 };
const WIDE = { viewport: { width: 1024, height: 640 }, half: 640 };

type PicturedPage = Recipe['page'];

/** Long enough for pictures to load and things to have moved into place; a toast is still there. */
const SETTLE_MS = 1_500;

/**
 * Makes the pictures of the gallery: left the page as Jellyfin has it, right with the mod, in the pretend Jellyfin.
 *
 * @param names Of mods that have a `picture.json`; none: all of them.
 * @returns Names of those of which nothing is to be seen; they get no picture.
 * @throws {Error} for a name of no mod with a `picture.json`.
 */
export async function takeModPictures(names: readonly string[] = []): Promise<string[]> {
  const all = MODS.map((mod) => ({ mod, recipe: readRecipe(mod) }));
  const wanted = all.filter(({ mod }) => names.length === 0 || names.includes(mod.name));
  const unknown = names.find((name) => !all.some(({ mod, recipe }) => mod.name === name && recipe));
  if (unknown !== undefined) throw new Error(`No mod ${unknown} with a picture.json.`);
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-pictures-'));
  const browser = await launchChromium(true);
  try {
    const client = join(folder, 'client');
    await buildClient(ROOT, client);
    const filesFolder = join(folder, 'files');
    const modded = await startModdedJellyfin('10.11.11', client, MODS, {
      filesFolder,
      users: DEMO_USERS,
      media: DEMO_FILMS,
      serverName: 'Demo Server',
    });
    const studio = { browser, modded, filesFolder };
    const bare = new Map<PicturedPage, Buffer>();
    const unseen: string[] = [];
    try {
      for (const { mod, recipe } of wanted) {
        if (recipe === undefined) continue;
        const before = bare.get(recipe.page) ?? (await shoot(studio, recipe.page));
        bare.set(recipe.page, before);
        const after = await shoot(studio, recipe.page, { mod, ...recipe });
        if (await areAlike(before, after)) unseen.push(mod.name);
        else await save(join(ROOT, GALLERY, pictureOf(mod.name)), before, after, sizeOf(recipe.page).half);
      }
    } finally {
      await modded.close();
    }
    return unseen;
  } finally {
    await browser.close();
    await rm(folder, { recursive: true });
  }
}

const sizeOf = (page: PicturedPage) => (page === 'login' ? NARROW : WIDE);

async function shoot(
  {
    browser,
    modded,
    filesFolder,
  }: { readonly browser: Browser; readonly modded: ModdedJellyfin; readonly filesFolder: string },
  page: PicturedPage,
  on?: { readonly mod: Mod } & Pick<Recipe, 'options' | 'press' | 'wait'>,
): Promise<Buffer> {
  if (on !== undefined) await drawFiles(filesFolder, on.mod.options.parse(on.options));
  await modded.switchOn(on === undefined ? [] : [on]);
  const { viewport } = sizeOf(page);
  if (page === 'start') {
    const context = await browser.newContext({ viewport, locale: 'en-US', serviceWorkers: 'block' });
    // Its scripts are on their way for as long as the picture takes.
    await context.route(/\.js(?:\?|$)/, () => undefined);
    const tab = await context.newPage();
    await tab.goto(modded.webUrl, { waitUntil: 'commit' });
    return settled(tab).finally(() => context.close());
  }
  const screen = await openJellyfin(browser, modded.webUrl, 'en-US', { viewport });
  await screen.page.route(/\/Images\/Backdrop/, (route) =>
    route.fulfill({ body: GARDEN, contentType: 'image/svg+xml' }),
  );
  await screen.page.route(/\/Images\/Logo/, (route) =>
    route.fulfill({ body: FILM_LOGO, contentType: 'image/svg+xml' }),
  );
  // Nobody here has a contact, as far as mods ask.
  await screen.page.route('**/gatehouse/api/account/reminder', (route) =>
    route.fulfill({ json: { isWanted: true } }),
  );
  await GO[page](screen.page);
  if (on?.press !== undefined) await screen.page.getByRole('button', { name: on.press }).click();
  await screen.page.waitForTimeout(1_000 * (on?.wait ?? 0));
  return settled(screen.page).finally(() => screen.close());
}

/** What stands in for the logo of a film. */
const FILM_LOGO = `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="155"><text x="200" y="70" text-anchor="middle" font-family="serif" font-size="58" font-style="italic" fill="#ffd27a">The Lighthouse<tspan x="200" dy="62">Letters</tspan></text></svg>`;

/** A bar as the client has it while music plays; the pretend one plays sound without one. */
const MUSIC_BAR = `document.body.insertAdjacentHTML('beforeend',
  '<div class="appfooter" style="position: fixed; inset: auto 0 0; display: flex; align-items: center; gap: 1em; height: 68px; padding: 0 1.5em; background: #202020; color: #fff">' +
  '<span class="material-icons music_note" style="font-size: 2em"></span><div style="flex: 1"><b>Harbour Waltz</b><br>The Night Trams</div>' +
  '<span>1:12 / 3:40</span></div>')`;

/** From the login page to the page of the picture. */
const GO: { readonly [page in Exclude<PicturedPage, 'start'>]: (tab: Page) => Promise<void> } = {
  login: async () => undefined,
  home: (tab) => signIn(tab, 'alice', 'alice'),
  async details(tab) {
    await signIn(tab, 'alice', 'alice');
    await navigate(tab, `details?id=${DEMO_FILMS[0]?.id}`);
    await shownPage(tab, '#itemDetailPage');
    await tab.locator('#itemDetailPage:not(.hide) h1').waitFor({ state: 'attached' });
  },
  async settings(tab) {
    await signIn(tab, 'alice', 'alice');
    await navigate(tab, 'mypreferencesmenu');
    await shownPage(tab, '#myPreferencesMenuPage');
  },
  async profile(tab) {
    await signIn(tab, 'alice', 'alice');
    const id = await tab.evaluate('ApiClient.getCurrentUserId()');
    await navigate(tab, `userprofile.html?userId=${id}`);
    await shownPage(tab, '#userProfilePage');
  },
  async drawer(tab) {
    await signIn(tab, 'alice', 'alice');
    await tab.locator('.mainDrawerButton').click();
  },
  async music(tab) {
    await signIn(tab, 'alice', 'alice');
    await tab.evaluate(MUSIC_BAR);
    await tab.mouse.move(10, 10);
  },
  async video(tab) {
    await GO.details(tab);
    await tab.locator('#itemDetailPage:not(.hide) .btnPlay').click();
    await shownPage(tab, '#videoOsdPage');
    await tab.waitForFunction('document.querySelector("video")?.paused === false');
    await tab.locator('#videoOsdPage:not(.hide) .btnPause').click();
    await tab.waitForTimeout(SETTLE_MS);
  },
};

async function settled(tab: Page): Promise<Buffer> {
  await tab.waitForTimeout(SETTLE_MS);
  return tab.screenshot();
}

/** Whether nobody would find the difference of two pictures of one size. */
async function areAlike(one: Buffer, other: Buffer): Promise<boolean> {
  const difference = await sharp(one)
    .composite([{ input: other, blend: 'difference' }])
    .removeAlpha()
    .png()
    .toBuffer();
  const { channels } = await sharp(difference).stats();
  return channels.every(({ mean }) => mean < LEAST_DIFFERENCE);
}

/** On average over all dots, of 255: a short line of text makes ten times as much. */
const LEAST_DIFFERENCE = 0.01;

/** As well as it can be within the size that a picture may have. */
async function save(file: string, before: Buffer, after: Buffer, half: number): Promise<void> {
  const halves = await Promise.all([before, after].map((shot) => sharp(shot).resize(half).png().toBuffer()));
  const { height = 0 } = await sharp(halves[0]).metadata();
  const both = sharp({
    create: { width: 2 * half + GAP, height, channels: 3, background: '#fff' },
  }).composite(halves.map((input, index) => ({ input, left: index * (half + GAP), top: 0 })));
  const pixels = await both.png().toBuffer();
  for (const quality of QUALITIES) {
    const bytes = await sharp(pixels).webp({ quality, effort: 6 }).toBuffer();
    if (bytes.length > MAX_BYTES) continue;
    await mkdir(dirname(file), { recursive: true });
    return writeFile(file, bytes);
  }
  throw new Error(`${file} is larger than ${MAX_BYTES} bytes however poor it is.`);
}
