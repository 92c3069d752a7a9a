import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { useChromium } from '../support/browser/use-chromium.ts';
import { tempFolder } from '../support/files/temp-folder.ts';
import { createFakeSubject } from '../support/jellyfin/subject.ts';
import { freePort } from '../support/network/free-port.ts';
import { startProgram } from '../support/program/program.ts';

const browser = useChromium();

it('an admin opens Gatehouse at its first start, fills in what the page says, and is led to Jellyfin without touching it', {
  timeout: 120_000,
}, async () => {
  const subject = await createFakeSubject({ version: '10.11.11' });
  onTestFinished(() => subject.close());
  const [port, file] = [await freePort(), join(await tempFolder(), 'config.yaml')];
  const where = { GATEHOUSE_LISTEN__PORT: String(port), GATEHOUSE_LISTEN__HOST: '127.0.0.1' };
  await startProgram(['--setup', '--config', file], where);
  const page = await browser().newPage();
  onTestFinished(() => page.close());
  const refused: string[] = [];
  page.on(
    'console',
    (line) => void (line.text().includes('Content Security Policy') && refused.push(line.text())),
  );

  await page.goto(`http://127.0.0.1:${port}/gatehouse/setup`);
  await page.getByText('jellyfin.url').waitFor();
  const half = (await readFile(file, 'utf8'))
    .replace('paste-the-address-of-jellyfin-here', subject.url)
    .replace('paste-the-key-here', subject.apiKey);
  await writeFile(file, half);
  await page.getByText('jellyfin.url').waitFor({ state: 'detached' });
  await page.getByText('mail.from').waitFor();
  // What a proxy in front says while Gatehouse is started anew does not take the place of the page.
  const bad = { status: 502, contentType: 'text/html', body: '<h1>Bad Gateway</h1>' };
  await page.route('**/gatehouse/setup', (asked) => asked.fulfill(bad), { times: 2 });
  await writeFile(
    file,
    half
      .replace('paste-the-public-address-here', 'https://media.example.com')
      .replace('user:password@mail.example.org', 'mail.example.com')
      .replace('paste-the-sender-here', 'films@example.com'),
  );
  await page.waitForURL(/\/web\//);
  expect(refused).toEqual([]);
});
