import { copyFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readMeaning } from '../fixtures/sample-config.ts';
import { PEOPLE } from '../fixtures/sample-rows.ts';
import { createFakeJellyfin } from '../jellyfin/fake-jellyfin.ts';
import { until } from '../support/clock/until.ts';
import { tempFolder } from '../support/files/temp-folder.ts';
import { createSmtpInbox } from '../support/mail/smtp-inbox.ts';
import { freePort } from '../support/network/free-port.ts';
import { startProgram } from '../support/program/program.ts';
import { ask, redeem, tokenOf } from '../support/program/redeeming-stage.ts';
import { DATABASE_FIXTURES, placeFixture } from '../support/storage/database-fixtures.ts';
import { usePostgres } from '../support/storage/temp-postgres.ts';

const FOLDER = join(import.meta.dirname, '../fixtures/config');
const CONFIGS = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.yaml'))
  .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }));
const server = usePostgres();

function readText(path: string): string {
  return readFileSync(path, 'utf8');
}

test('there is a config of the present version', () => {
  const { version } = JSON.parse(readText(join(import.meta.dirname, '../../package.json')));
  // Where it is missing: run `npm run new:fixtures` (CONTRIBUTING.md).
  expect(CONFIGS).toContain(`${version}.yaml`);
});

test.each(CONFIGS)('the config %s means what it meant', async (name) => {
  const meant = JSON.parse(readText(join(FOLDER, name.replace(/yaml$/, 'json'))));
  expect(await readMeaning(join(FOLDER, name))).toMatchObject(meant);
});

/** Each database with the newest config, and each config with the newest database. */
const PAIRS = DATABASE_FIXTURES.flatMap((database) =>
  CONFIGS.filter((config) => config === CONFIGS.at(-1) || database === DATABASE_FIXTURES.at(-1)).map(
    (config) => [database, config] as const,
  ),
);

test.each(PAIRS)(
  'somebody resets a password on %s with the config %s, as the update finds them',
  { timeout: 60_000 },
  async (database, config) => {
    const jellyfin = await createFakeJellyfin({
      version: '10.11.11',
      apiKeys: ['0123456789abcdef0123456789abcdef'],
      users: Object.entries(PEOPLE).map(([name, id]) => ({ name, id, password: 'old-pw-1' })),
    });
    onTestFinished(() => jellyfin.close());
    const inbox = await createSmtpInbox();
    onTestFinished(() => inbox.close());
    const configPath = join(await tempFolder(), 'config.yaml');
    copyFileSync(join(FOLDER, config), configPath);
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const program = await startProgram(['--config', configPath], {
      GATEHOUSE_LISTEN__HOST: '127.0.0.1',
      GATEHOUSE_LISTEN__PORT: String(port),
      GATEHOUSE_PUBLIC__URL: url,
      GATEHOUSE_JELLYFIN__URL: jellyfin.url,
      GATEHOUSE_MAIL__URL: inbox.url,
      GATEHOUSE_MAIL__REQUIRE_TLS: 'false',
      GATEHOUSE_STORAGE: await placeFixture(database, server()),
    });
    const toOnder = () => inbox.messages.filter(({ text }) => isLinkFor(text, 'Önder'));

    expect(await ask(url, 'önder')).toBe(true);
    await until(() => toOnder().length > 0);
    const [message] = toOnder();
    const token = message === undefined ? '' : tokenOf(message);
    expect(await redeem(url, token, 'a phrase of some length')).toBe(200);
    expect(jellyfin.user('Önder').password).toBe('a phrase of some length');
    // What was there before the update is still good for nothing else, and the link is spent.
    expect(await redeem(url, token, 'another phrase of some length')).toBe(410);
    expect(await program.end('SIGTERM')).toBe(0);
  },
);

/** Whether a message brings a link to the person of that name. */
function isLinkFor(text: string, name: string): boolean {
  return text.includes(name) && /\/gatehouse\/reset#/.test(text);
}
