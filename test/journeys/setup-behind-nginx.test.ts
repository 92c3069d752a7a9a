import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Request } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { createFakeJellyfin } from '../jellyfin/fake-jellyfin.ts';
import { launchChromium } from '../support/browser/chromium.ts';
import { tempFolder } from '../support/files/temp-folder.ts';
import { startNginxWith } from '../support/network/nginx.ts';
import { openSetup, prepareFirstStart, press, readCode, reply } from '../support/setup/first-start.ts';

/** What compose.yaml starts in front. */
const CONFIG = join(import.meta.dirname, '../../deploy/nginx/gatehouse.conf');

it('behind the nginx of compose.yaml, by a name and over plain http, an admin at home sets Gatehouse up', {
  timeout: 120_000,
}, async () => {
  const jellyfin = await createFakeJellyfin({ version: '10.11.11' });
  onTestFinished(() => jellyfin.close());
  const place = await prepareFirstStart();
  const cache = join(await tempFolder(), 'kept');
  const text = await readFile(CONFIG, 'utf8');
  const nginx = await startNginxWith((port) =>
    text
      .replace('server gatehouse:8097;', `server 127.0.0.1:${place.port};`)
      .replace('listen 80;', `listen 127.0.0.1:${port};`)
      .replace('    listen [::]:80;\n', '')
      .replace('/var/cache/nginx-gatehouse', cache),
  );
  onTestFinished(() => nginx.close());
  const program = await place.start({
    GATEHOUSE_LISTEN__TRUSTED_PROXIES: '127.0.0.1',
    GATEHOUSE_JELLYFIN__URL: jellyfin.url,
  });
  // A name other than localhost: there browsers send no Sec-Fetch-Site, and Host has no port here.
  const browser = await launchChromium(false, ['--host-resolver-rules=MAP media.home 127.0.0.1']);
  onTestFinished(() => browser.close());
  const page = await (await browser.newContext({ locale: 'en-US' })).newPage();
  const sent: Request[] = [];
  page.on('request', (request) => void (request.method() === 'POST' && sent.push(request)));
  const url = `http://media.home:${nginx.port}`;
  await openSetup(page, url, await readCode(program));
  const headers = await sent[0]?.allHeaders();
  expect([headers?.['origin'], headers?.['sec-fetch-site']]).toEqual([url, undefined]);
  await reply(page, 'Address of Jellyfin');
  await reply(page, 'User name of an administrator', 'admin');
  await reply(page, 'Password of admin', 'admin-pw-1');
  await press(page, 'Address of Gatehouse to add', 'Do not');
  await press(page, 'Mail provider', 'No mail');
  await page.getByRole('link', { name: 'Go to Jellyfin' }).click({ timeout: 60_000 });
  await page.waitForURL(`${url}/web/index.html*`);
  expect(await program.end('SIGTERM')).toBe(0);
});
