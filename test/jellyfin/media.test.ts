import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openJellyfin, shownPage, signIn } from '../support/browser/jellyfin-screen.ts';
import { useChromium } from '../support/browser/use-chromium.ts';
import { FILMS } from '../support/jellyfin/films.ts';
import { createFakeJellyfin, type FakeJellyfin, JELLYFIN_VERSIONS } from './fake-jellyfin.ts';
import { createTestClient } from './test-client.ts';

const browser = useChromium();

describe.each(JELLYFIN_VERSIONS)('the films of a fake %s', (version) => {
  let fake: FakeJellyfin;
  beforeAll(async () => {
    fake = await createFakeJellyfin({ version, hashMs: 1, media: Object.values(FILMS) });
  });
  afterAll(() => fake.close());

  it('are listed in the order asked for, without what the person may not see', async () => {
    const client = createTestClient(fake);
    const names = async (person: string, query: string) => {
      const { token } = await client.login(person, `${person}-pw-1`);
      const path = `/Items?userId=${fake.user(person).id}&${query}`;
      const { Items } = (await (await client.ask('GET', path, undefined, token)).json()) as {
        Items: { Name: string }[];
      };
      return Items.map(({ Name }) => Name);
    };
    const ids = `ids=${FILMS.secret.id},${FILMS.meadow.id},${'0'.repeat(32)}`;
    expect(await names('alice', ids)).toEqual(['Secret', 'Meadow']);
    expect(await names('bob', ids)).toEqual(['Meadow']);
    expect(await names('bob', `parentId=${FILMS.collection.id}`)).toEqual(['Meadow']);
    expect(await names('bob', `parentId=${FILMS.playlist.id}`)).toEqual([]);
    const nobody = await client.ask('GET', `/Items?${ids}`);
    expect(nobody.status).toBe(401);
  });

  it('have a card, a details page and a player that plays and stands still', async () => {
    const { page, errors, close } = await openJellyfin(browser(), `${fake.url}/web/index.html`);
    await signIn(page, 'alice', 'alice-pw-1');
    await page.locator('.overflowPortraitCard .cardContent').first().click();
    await shownPage(page, '#itemDetailPage');
    const details = page.locator('#itemDetailPage:not(.hide)');
    await details.locator('h1.itemName.parentNameLast').waitFor();
    expect(await details.locator('h1.itemName').innerText()).toBe(FILMS.harbour.name);
    await expect.poll(() => details.locator('.detailLogo').getAttribute('style')).toContain('/Images/Logo');
    await page.locator('.backdropContainer .displayingBackdropImage').waitFor();
    await details.locator('.btnPlay').click();
    await shownPage(page, '#videoOsdPage');
    const paused = () => page.evaluate('document.querySelector("video.htmlvideoplayer").paused');
    await expect.poll(paused).toBe(false);
    await page.locator('#videoOsdPage .btnPause').click();
    await expect.poll(paused).toBe(true);
    await page.goBack();
    await shownPage(page, '#itemDetailPage');
    expect(await page.locator('video').count()).toBe(0);
    expect(errors).toEqual([]);
    await close();
  });
});
