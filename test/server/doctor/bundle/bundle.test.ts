import { randomBytes, randomUUID } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Config } from '../../../../server/config/config.ts';
import { makeBundle } from '../../../../server/doctor/bundle/bundle.ts';
import { createStandIns } from '../../../../server/doctor/bundle/stand-ins.ts';
import { failed, fine } from '../../../../server/doctor/finding.ts';
import { openStorage } from '../../../../server/storage/open-storage.ts';
import { tempFolder } from '../../../support/files/temp-folder.ts';
import { admit, KEY, runDoctor } from '../../../support/program/doctor-fixture.ts';

/** What must not stand in a report, each planted wherever there is room for it. */
const PLANTED = {
  key: randomBytes(16).toString('hex'),
  password: 'Pa55-wörd/of mine',
  token: randomBytes(32).toString('base64url'),
  bot: `12345678:${randomBytes(26).toString('base64url')}`,
  mail: 'anneliese@sommer-haus.de',
  other: 'Müller@Exämple-Haus.de',
  chat: '4915112345678',
  matrix: '@anneliese:matrix.sommer-haus.de',
  name: 'Anneliese Sommer',
  short: 'Jo',
  host: 'filme.sommer-haus.de',
  nas: 'dachboden',
  address: '203.0.113.77',
  six: '2001:db8:77::1f',
  id: randomBytes(16).toString('hex'),
  uuid: randomUUID(),
  folder: '/home/anneliese/filme',
  words: 'Ruf Tante Gerda an',
} as const;

/** As people and programs write them: other letter case, in an address, in JSON. */
const SPELLINGS = Object.values(PLANTED).flatMap((value) => [
  value.toLowerCase(),
  encodeURIComponent(value).toLowerCase(),
  JSON.stringify(value).slice(1, -1).toLowerCase(),
]);

function expectNothingPlanted(text: string): void {
  const found = text.normalize('NFC').toLowerCase();
  for (const spelling of SPELLINGS)
    expect(
      new RegExp(
        `(?<![\\p{L}\\p{N}])${spelling.replace(/[\^$\\.*+?()[\]{}|/]/g, '\\$&')}(?![\\p{L}\\p{N}])`,
        'u',
      ).exec(found)?.[0],
    ).toBeUndefined();
}

async function makePlanted() {
  const folder = await tempFolder();
  const path = join(folder, 'gatehouse.db');
  const storage = await openStorage(path);
  for (const [index, [channel, address]] of [
    ['email', PLANTED.mail],
    ['email', PLANTED.other],
    ['telegram', PLANTED.chat],
    ['matrix', PLANTED.matrix],
  ].entries()) {
    const userId = index === 0 ? PLANTED.id : randomBytes(16).toString('hex');
    const userName = index === 0 ? PLANTED.name : index === 1 ? PLANTED.short : `guest ${index}`;
    await storage.contacts.set({ userId, userName, channel: channel as 'email', address: address as string });
  }
  await storage.audit.add({
    at: 1e12,
    event: 'contact-changed',
    userId: PLANTED.id,
    userName: PLANTED.name,
    clientAddress: PLANTED.address,
    outcome: 'ok',
    details: {
      channel: 'email',
      by: 'anneliese',
      count: 3,
      chat: Number(PLANTED.chat),
      says: `${PLANTED.words} ${PLANTED.host}`,
      list: [PLANTED.six, PLANTED.name, PLANTED.mail],
    },
  });
  await storage.audit.add({ at: 1e12, event: PLANTED.words, details: { [PLANTED.mail]: PLANTED.uuid } });
  await storage.close();
  const configFile = join(folder, 'config.yaml');
  await writeFile(
    configFile,
    `# ${PLANTED.words}
listen: { host: ${PLANTED.address}, port: 8097, trustedProxies: ['${PLANTED.six}'] }
public: { url: 'https://${PLANTED.host}/films', hosts: [${PLANTED.nas}] }
jellyfin: { url: 'http://${PLANTED.nas}:8096', apiKey: ${PLANTED.key}, dataFolder: ${PLANTED.folder} }
reset: { method: link, administrators: never }
mail:
  url: 'smtp://${encodeURIComponent(PLANTED.mail)}:${encodeURIComponent(PLANTED.password)}@mail.${PLANTED.host}:587'
  from: '${PLANTED.name} <${PLANTED.mail}>'
telegram: { token: '${PLANTED.bot}', ${PLANTED.nas}: ${PLANTED.short} }
storage: ${path}
metrics: { token: ${PLANTED.token} }
mods: { login-notice: { text: '${PLANTED.words}, ${PLANTED.name}' }, ${PLANTED.nas}: { css: '${PLANTED.host}' } }
`,
  );
  const config = { reset: {}, storage: path, jellyfin: { apiKey: PLANTED.key } } as unknown as Config;
  return { configFile, config };
}

const FINDINGS = [
  fine('jellyfin', `Jellyfin 10.11.11 answers at http://${PLANTED.nas}:8096.`),
  ...Object.values(PLANTED).map((value) => failed('mail', `The server said: ${value}.`, `Mend ${value}`)),
];

describe('the bundle for a report', () => {
  it('holds no secret, address or name, wherever they were', async () => {
    const { configFile, config } = await makePlanted();
    // A sentence of an admin's own stands in no finding of ours.
    const findings = FINDINGS.filter(({ says }) => !says.includes(PLANTED.words));
    const environment = {
      GATEHOUSE_JELLYFIN__API_KEY: PLANTED.key,
      GATEHOUSE_MODS__DACHBODEN__CSS: PLANTED.host,
      HOME: PLANTED.folder,
    };
    const users = [
      { Id: PLANTED.id, Name: PLANTED.name },
      { Id: PLANTED.uuid, Name: 'anneliese' },
    ];
    const text = await makeBundle({ findings, config, configFile, users, environment });
    expectNothingPlanted(text);
    const bundle = JSON.parse(text);
    expect(bundle.environment).toEqual(['GATEHOUSE_JELLYFIN__API_KEY']);
    expect(bundle.config).toMatchObject({
      reset: { method: 'link', administrators: 'never' },
      listen: { port: 8097 },
    });
    expect(bundle.config.jellyfin.url).toMatch(/^http:\/\/host-\d+:8096$/);
    expect(bundle.audit[1]).toMatchObject({
      ...{ event: 'contact-changed', outcome: 'ok', at: '2001-09-09T01:46:40.000Z' },
      details: { channel: 'email', count: 3 },
    });
  });

  it('has the same stand-in for the same value everywhere', async () => {
    const { configFile, config } = await makePlanted();
    const bundle = JSON.parse(
      await makeBundle({ findings: FINDINGS.slice(0, 1), config, configFile, users: [], environment: {} }),
    );
    const host = /http:\/\/(host-\d+):/.exec(bundle.findings[0].says)?.[1];
    expect(bundle.config.jellyfin.url).toBe(`http://${host}:8096`);
    const name = bundle.audit[1].name;
    expect(name).toMatch(/^name-\d+$/);
    expect(bundle.audit[1].details.list[1]).toBe(name);
  });

  it('is made of findings alone where the configuration cannot be used', async () => {
    const folder = await tempFolder();
    const configFile = join(folder, 'none.yaml');
    const findings = [
      failed('config', `${PLANTED.folder}/config.yaml:1:1 jellyfin.url: is missing.`, 'Mend it.'),
    ];
    const text = await makeBundle({ findings, config: undefined, configFile, users: [], environment: {} });
    expectNothingPlanted(text);
    expect(JSON.parse(text)).toMatchObject({ config: 'could not be read', audit: 'could not be read' });
    expect(text).toContain('jellyfin.url: is missing');
  });

  it('is written by the command for its owner alone, beside what it prints', async () => {
    const { folder } = await admit();
    const { code, out, err } = await runDoctor(['--bundle', 'report.json', '--json'], folder);
    expect(code).toBe(0);
    expect(err).toContain('look through it before you attach it');
    const text = await readFile(join(folder, 'report.json'), 'utf8');
    expect((await stat(join(folder, 'report.json'))).mode & 0o077).toBe(0);
    expect(JSON.parse(text).findings).toHaveLength(JSON.parse(out).checks.length);
    for (const told of [KEY, 'alice', 'noreply', folder]) expect(text).not.toContain(told);
  });
});

it('texts of every length are cleaned in time that grows with them', () => {
  const standIns = createStandIns({ isSetting: () => false });
  standIns.hide('name', ['anna', 'an']);
  for (const piece of ['a.', 'a@', '/a', ':', '1.', 'an', '@a:', 'a-1', '0', '\\']) {
    const begin = performance.now();
    standIns.clean(piece.repeat(100_000 / piece.length));
    expect(performance.now() - begin).toBeLessThan(4_000);
  }
});
