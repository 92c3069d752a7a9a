import { execFileSync } from 'node:child_process';
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDotnetDate } from '../../../../server/jellyfin/data-folder/parse-pin-file.ts';
import { readPinFile, readPinFiles } from '../../../../server/jellyfin/data-folder/pin-file.ts';
import { tempFolder } from '../../../support/files/temp-folder.ts';

const NAME = 'passwordreset6e2030dcd031561296d17289f6fe5c33.json';
const WHOLE =
  '{"Pin":"1A-2B-3C-4D","UserName":"Maddy","PinFile":"/config/passwordreset1.json","ExpirationDate":"2025-06-19T15:49:27.514422Z"}';
const EXPIRES_AT = Date.UTC(2025, 5, 19, 15, 49, 27, 514);

async function read(content: string | Buffer): Promise<unknown> {
  const path = join(await tempFolder(), NAME);
  await writeFile(path, content);
  const { path: read, ...file } = await readPinFile(path);
  expect(read).toBe(path);
  return file;
}

const pin = { kind: 'pin', pin: '1A-2B-3C-4D', userName: 'Maddy', expiresAt: EXPIRES_AT, isBroken: false };

describe('a PIN file', () => {
  it('is read as Jellyfin writes it, with its owner and mode', async () => {
    const path = join(await tempFolder(), NAME);
    await writeFile(path, WHOLE);
    await chmod(path, 0o644);
    const rights = { ownerId: process.getuid?.(), mode: 0o644 };
    expect(await readPinFile(path)).toEqual({ path, ...pin, rights });
  });

  it('is read with escaped letters, a byte order mark and more keys', async () => {
    const text = WHOLE.replace('Maddy', 'Jos\\u00C9 O\\u0027Neil \\"}{').replace(
      '{"Pin"',
      '{"More":{"a":[1]},"Pin"',
    );
    expect(await read(`\ufeff${text}\r\n`)).toMatchObject({ ...pin, userName: 'JosÉ O\'Neil "}{' });
  });

  it.each(['}', '"}', 'Z"}', '2Z"}', '.514422Z"}', '}\n'])(
    'with the end %j of an older text behind it is read, and known to be in the way of Jellyfin',
    async (end) => {
      expect(await read(WHOLE + end)).toMatchObject({ ...pin, isBroken: true });
    },
  );

  it('that ends anywhere within is half-written', async () => {
    for (let length = 1; length < WHOLE.length; length += 1)
      expect(await read(WHOLE.slice(0, length))).toMatchObject({ kind: 'unusable', fault: 'half-written' });
  });

  it.each([
    ['nothing', '', 'empty', true],
    ['blanks', ' \n', 'empty', true],
    ['zeros, as a network share writes ahead', '\0\0\0\0', 'empty', true],
    ['null', 'null', 'null', true],
    ['other JSON', '[1,2]', 'not-json', true],
    ['no JSON', 'PIN: 1234', 'not-json', true],
    ['two objects', `${WHOLE}${WHOLE}`, 'not-json', true],
    ['a broken text', '{"Pin":1A}', 'not-json', true],
    ['UTF-16', Buffer.from(WHOLE, 'utf16le'), 'not-json', true],
    ['an object without keys', '{}', 'other-keys', false],
    ['keys in lower case', WHOLE.toLowerCase(), 'other-keys', false],
    ['no PIN', WHOLE.replace('"Pin":"1A-2B-3C-4D",', ''), 'no-pin', true],
    ['a PIN of dashes', WHOLE.replace('1A-2B-3C-4D', '--'), 'no-pin', true],
    ['a PIN that is a number', WHOLE.replace('"1A-2B-3C-4D"', '7'), 'no-pin', true],
    ['no user', WHOLE.replace('Maddy', ' '), 'no-user', false],
    ['a date in words', WHOLE.replace(/2025[^"]*/, 'tomorrow'), 'no-date', true],
    ['a date that is none', WHOLE.replace('2025-06-19', '2025-13-45'), 'no-date', true],
  ] as const)('with %s is unusable', async (_what, content, fault, isInTheWay) => {
    expect(await read(content)).toMatchObject({ kind: 'unusable', fault, isInTheWay });
  });

  it('of 20 kB is not read', async () => {
    expect(await read(WHOLE + ' '.repeat(20_000))).toMatchObject({ kind: 'unusable', fault: 'too-large' });
  });

  it('that is no plain file is neither followed nor waited for', async () => {
    const folder = await tempFolder();
    await writeFile(join(folder, 'elsewhere'), WHOLE);
    await symlink(join(folder, 'elsewhere'), join(folder, 'passwordreset-link'));
    await symlink('/dev/zero', join(folder, 'passwordreset-endless'));
    await mkdir(join(folder, 'passwordreset-folder'));
    execFileSync('mkfifo', [join(folder, 'passwordreset-pipe')]);
    const files = await readPinFiles(folder);
    expect(files.map((file) => ('fault' in file ? file.fault : file.kind))).toEqual(
      files.map(() => 'not-a-file'),
    );
    expect(files).toHaveLength(4);
  });

  it('that is gone is gone', async () => {
    const path = join(await tempFolder(), NAME);
    expect(await readPinFile(path)).toEqual({ path, kind: 'gone' });
  });
});

describe('the folder of PIN files', () => {
  it('gives all that begin like one, and nothing else', async () => {
    const folder = await tempFolder();
    const names = ['PasswordReset2.txt', 'passwordreset1.json', 'passwordreset3'];
    for (const name of [...names, 'system.xml', 'x-passwordreset4.json'])
      await writeFile(join(folder, name), WHOLE);
    expect((await readPinFiles(folder)).map(({ path, kind }) => [path, kind])).toEqual(
      names.sort().map((name) => [join(folder, name), 'pin']),
    );
  });

  it('that is missing is an error', async () => {
    await expect(readPinFiles(join(await tempFolder(), 'none'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('a date of .NET', () => {
  it.each([
    ['2025-06-19T15:49:27.514422Z', EXPIRES_AT],
    ['2025-06-19T15:49:27.5144227Z', EXPIRES_AT],
    ['2025-06-19T15:49:27.514422', EXPIRES_AT],
    ['2025-06-19T17:49:27.514+02:00', EXPIRES_AT],
    ['2025-06-19T15:49:27Z', EXPIRES_AT - 514],
    ['2025-06-19T15:49', Date.UTC(2025, 5, 19, 15, 49)],
    ['2025-06-19', Date.UTC(2025, 5, 19)],
    ['0001-01-01T00:00:00', Date.parse('0001-01-01T00:00:00.000Z')],
    ['2028-02-29T23:59:59Z', Date.UTC(2028, 1, 29, 23, 59, 59)],
    ['2027-02-29T23:59:59Z', undefined],
    ['2027-02-30T00:00:00Z', undefined],
    ['2027-04-31', undefined],
    ['2026-12-31T24:00:00Z', undefined],
    ['2026-12-31T23:59:59.9999999-11:00', Date.UTC(2027, 0, 1, 10, 59, 59, 999)],
    ['2027-01-01T00:00:00+14:00', Date.UTC(2026, 11, 31, 10)],
    ['19.06.2025', undefined],
    ['', undefined],
  ])('%s', (text, at) => {
    expect(readDotnetDate(text)).toBe(at);
  });
});
