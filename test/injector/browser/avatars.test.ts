import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { MODS } from '../../../injector/mods/all.ts';
import { useBuiltClient } from '../../support/browser/built-client.ts';
import { signOut } from '../../support/browser/films-screen.ts';
import { navigate, openJellyfin, shownPage, signIn } from '../../support/browser/jellyfin-screen.ts';
import { MOD_CLIENTS } from '../../support/browser/mod-clients.ts';
import { useChromium } from '../../support/browser/use-chromium.ts';
import { plainPng } from '../../support/files/plain-png.ts';
import { type ModdedJellyfin, startModdedJellyfin } from '../../support/jellyfin/modded-jellyfin.ts';

const clientFolder = useBuiltClient();
const browser = useChromium();

const USERS = [
  { name: 'admin', password: 'admin-pw-1', isAdministrator: true },
  { name: 'alice', password: 'alice-pw-1' },
  { name: 'bob', password: 'bob-pw-1' },
  { name: 'carol', password: 'carol-pw-1', mayChangeOwn: false },
];

let files: string;
beforeAll(async () => {
  files = await mkdtemp(join(tmpdir(), 'gatehouse-avatars-'));
  await mkdir(join(files, 'avatars'));
  await writeFile(join(files, 'avatars/red-fox.png'), plainPng(60, 30, [200, 0, 0]));
  await writeFile(join(files, 'avatars/blue_owl.png'), plainPng(30, 60, [0, 0, 200]));
  await writeFile(join(files, 'bear.svg'), '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
});
afterAll(() => rm(files, { recursive: true }));

describe.each(MOD_CLIENTS)('pictures to choose from, in the web client of Jellyfin %s', (version) => {
  let modded: ModdedJellyfin;
  beforeAll(async () => {
    modded = await startModdedJellyfin(version, clientFolder(), MODS, { filesFolder: files, users: USERS });
    const mod = MODS.find(({ name }) => name === 'avatars');
    if (mod === undefined) throw new Error('avatars');
    await modded.switchOn([{ mod, options: { folder: 'avatars', pictures: ['bear.svg'] } }]);
  });
  afterAll(() => modded.close());

  async function open(): Promise<Page> {
    const screen = await openJellyfin(browser(), modded.webUrl);
    onTestFinished(async () => {
      await screen.close();
      expect(screen.errors).toEqual([]);
      expect(screen.warnings.filter((line) => line.includes('Gatehouse'))).toEqual([]);
    });
    return screen.page;
  }
  /** A page that has just come must be asked something before a press, or on 10.8 the press is never made. */
  async function openProfile(page: Page, name: string, openers = 1): Promise<void> {
    const route = version === '10.8.13' ? 'myprofile.html' : 'userprofile.html';
    await navigate(page, `${route}?userId=${modded.jellyfin.user(name).id}`);
    await shownPage(page, '#userProfilePage');
    await expect.poll(() => page.locator('.page:not(.hide) .username').innerText()).toBe(name);
    await expect.poll(() => opener(page).count()).toBe(openers);
  }
  const opener = (page: Page) =>
    page.locator('#userProfilePage:not(.hide)').getByRole('button', { name: 'Choose a picture' });
  const dialog = (page: Page) => page.getByRole('dialog', { name: 'Choose a picture' });
  const focused = (page: Page) =>
    page.evaluate('document.activeElement.title || document.activeElement.textContent');
  const shownPicture = (page: Page) =>
    page.evaluate<string>(
      "document.querySelector('#userProfilePage:not(.hide) #image').style.backgroundImage",
    );
  const pictureOf = (name: string) =>
    fetch(`${modded.jellyfin.url}/Users/${modded.jellyfin.user(name).id}/Images/Primary`);

  it('are offered by keyboard, and the one that is taken is the own one, at once and after a reload', async () => {
    const page = await open();
    await signIn(page, 'alice', 'alice-pw-1');
    await openProfile(page, 'alice');
    await opener(page).press('Enter');
    await dialog(page).waitFor();
    expect(await dialog(page).getByRole('button').all()).toHaveLength(4);
    const names = await dialog(page).getByRole('img').all();
    expect(await Promise.all(names.map((one) => one.getAttribute('alt')))).toEqual([
      'blue owl',
      'red fox',
      'bear',
    ]);
    // Tab stays in the dialog, in both directions; Escape closes it, and the focus goes back.
    await dialog(page).getByRole('button', { name: 'Cancel' }).focus();
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('blue owl');
    await page.keyboard.press('Shift+Tab');
    expect(await focused(page)).toBe('Cancel');
    await page.keyboard.press('Escape');
    await expect.poll(() => dialog(page).count()).toBe(0);
    await expect.poll(() => focused(page)).toBe('Choose a picture');
    expect((await pictureOf('alice')).status).toBe(404);

    await opener(page).press('Enter');
    await dialog(page).getByRole('button', { name: 'red fox' }).press('Enter');
    await expect.poll(() => dialog(page).count()).toBe(0);
    await page.getByText('This is your picture now.').waitFor();
    expect(await shownPicture(page)).toMatch(/\/gatehouse\/mods\/[\w-]{22}\.png/);
    const buttons = page.locator('#userProfilePage:not(.hide)');
    expect(await buttons.getByRole('button', { name: 'Delete Image' }).isVisible()).toBe(true);
    expect(await buttons.getByRole('button', { name: 'Add Image' }).isVisible()).toBe(false);
    const kept = await pictureOf('alice');
    expect(kept.headers.get('content-type')).toBe('image/png');
    const { data, info } = await sharp(await kept.arrayBuffer())
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([info.width, info.height, [...data.subarray(0, 3)], [...data.subarray(-3)]]).toEqual([
      400,
      400,
      [200, 0, 0],
      [200, 0, 0],
    ]);
    // 12.0 keeps what it knows of a person for a minute, over a reload too (utils/query/queryClient.ts).
    await page.clock.setFixedTime(Date.now() + 61_000);
    await page.reload();
    await shownPage(page, '#userProfilePage');
    await expect.poll(() => shownPicture(page)).toContain('/Images/Primary?tag=');
  });

  it('are not there on the page of somebody else, and nothing of one person stays for the next', async () => {
    const page = await open();
    await signIn(page, 'admin', 'admin-pw-1');
    await openProfile(page, 'bob', 0);
    expect(await page.locator('[data-gatehouse="avatars/button"]').count()).toBe(0);
    await navigate(page, 'home.html');
    await shownPage(page, '#indexPage');
    await openProfile(page, 'admin');
    await opener(page).click();
    await dialog(page).waitFor();
    await page.goBack();
    await expect.poll(() => dialog(page).count()).toBe(0);
    await signOut(page);
    expect(await page.locator('[data-gatehouse^="avatars/"]').count()).toBe(0);
    await signIn(page, 'bob', 'bob-pw-1');
    await openProfile(page, 'bob');
    await opener(page).click();
    await dialog(page).getByRole('button', { name: 'blue owl' }).click();
    await expect.poll(() => dialog(page).count()).toBe(0);
    expect((await pictureOf('bob')).status).toBe(200);
    expect((await pictureOf('admin')).status).toBe(404);
  });

  it('say so when Jellyfin refuses, and when it is away', async () => {
    const page = await open();
    await signIn(page, 'carol', 'carol-pw-1');
    await openProfile(page, 'carol');
    const before = await shownPicture(page);
    await opener(page).click();
    const told = dialog(page).getByRole('alert');
    await dialog(page).getByRole('button', { name: 'red fox' }).click();
    await expect.poll(() => told.innerText()).toMatch(/^You may not change your picture\./);
    await page.route(/\/Images\/Primary$/, (route) => route.abort());
    await dialog(page).getByRole('button', { name: 'blue owl' }).click();
    await expect.poll(() => told.innerText()).toMatch(/^The picture could not be set\./);
    expect(before).toContain('avatar.png');
    expect(await shownPicture(page)).toBe(before);
    expect((await pictureOf('carol')).status).toBe(404);
  });
});
