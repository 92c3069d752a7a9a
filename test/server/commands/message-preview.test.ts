import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { drawPicture } from '../../../server/messages/picture.ts';
import { ensureChromium } from '../../support/browser/chromium.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { runProgram } from '../../support/program/program.ts';

const CONFIG = `jellyfin: { url: "http://127.0.0.1:9", apiKey: 0123456789abcdef0123456789abcdef }
public: { url: "https://films.example.org" }
mail: { url: "smtp://127.0.0.1:25", from: gatehouse@example.org, requireTls: false }
reset: { method: link }
`;

test('shows a message without a configuration, and writes it as HTML', async () => {
  const folder = await tempFolder();
  const shown = await runProgram(
    folder,
    ...['messages', 'preview', 'reset-pin', '--language', 'DE', '--html', 'pin.html'],
  );
  expect(shown).toMatchObject({ code: 0, err: '' });
  expect(shown.out).toMatch(/^Subject: Deine PIN für Living Room\n\nHallo anna,\n/);
  expect(shown.out).toContain('\nhttps://media.example.org/gatehouse/pin\n');
  expect(await readFile(join(folder, 'pin.html'), 'utf8')).toContain('<html lang="de" dir="ltr">');
});

test('shows the words of one’s own, and check and preview say what is wrong with them', async () => {
  const folder = await tempFolder();
  await writeFile(join(folder, 'config.yaml'), CONFIG, { mode: 0o600 });
  await mkdir(join(folder, 'messages'));
  const words = '## account-disabled\nSubject: Closed\n\nAsk Ada.\n\n## invitation\nSubject: Come\n\n{now}\n';
  await writeFile(join(folder, 'messages', 'en.md'), words);
  const warning =
    'warning: messages/en.md:9: {now} is no variable; use {serverName}, {userName}, {lifetime}; the built-in words are used\n';
  expect(await runProgram(folder, 'messages', 'preview', 'account-disabled')).toEqual({
    code: 0,
    out: 'Subject: Closed\n\nHello anna,\n\nAsk Ada.\n',
    err: warning,
  });
  const { out } = await runProgram(folder, 'messages', 'preview', 'invitation');
  expect(out).toContain('Add a contact\nhttps://films.example.org/gatehouse/');
  expect(await runProgram(folder, 'check', '--offline')).toMatchObject({ code: 0, err: warning });
});

test('refuses kinds and languages there are not', async () => {
  const folder = await tempFolder();
  const nothing = await runProgram(folder, 'messages', 'preview', 'reset-lnk');
  expect(nothing).toMatchObject({ code: 64, out: '' });
  expect(nothing.err).toContain('"reset-lnk" is no kind of message; there are reset-link, ');
  const klingon = await runProgram(folder, 'messages', 'preview', 'reset-link', '--language', 'tlh');
  expect(klingon.err).toContain('there is no language "tlh"; there are en, ');
});

/** Width and height of a PNG. Source: PNG (ISO 15948) sections 5.2 and 11.2.2. */
async function sizeOf(file: string): Promise<[number, number]> {
  const bytes = await readFile(file);
  expect(bytes.subarray(1, 4).toString('latin1')).toBe('PNG');
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}

test('draws a message as a picture by the browser of this machine', { timeout: 60_000 }, async () => {
  const folder = await tempFolder();
  const preview = ['messages', 'preview', 'reset-link', '--language', 'ar', '--png', 'm.png'];
  const named = await runProgram(folder, ...preview, '--browser', ensureChromium());
  expect(named).toMatchObject({ code: 0, err: '' });
  expect(await sizeOf(join(folder, 'm.png'))).toEqual([680, 1000]);
  const drawn = await readFile(join(folder, 'm.png'));
  // A page with nothing on it is one colour, and a few kB.
  expect(drawn.length).toBeGreaterThan(12_000);

  // What stands on the PATH is found.
  await writeFile(join(folder, 'google-chrome'), `#!/bin/sh\nexec '${ensureChromium()}' "$@"\n`, {
    mode: 0o755,
  });
  await drawPicture('<p>Hello', join(folder, 'n.png'), { path: `/nowhere:${folder}` });
  expect(await sizeOf(join(folder, 'n.png'))).toEqual([680, 1000]);
});

test('without a browser says which were looked for, and with one that draws nothing that there is no picture', async () => {
  const folder = await tempFolder();
  const preview = ['messages', 'preview', 'reset-link', '--png', 'm.png'];
  const away = await runProgram(folder, ...preview, '--browser', '/nowhere/chromium');
  expect(away).toMatchObject({ code: 1 });
  expect(away.err).toContain('/nowhere/chromium cannot be run (ENOENT); name another with --browser PATH');
  const nothing = await runProgram(folder, ...preview, '--browser', process.execPath);
  expect(nothing.err).toContain('drew no picture to m.png');
  await expect(drawPicture('<p>', join(folder, 'm.png'), { path: folder })).rejects.toThrow(
    /^--png needs a browser, and none of chromium, .* is on the PATH; install one of them, name one with --browser PATH/,
  );
  const useless = await runProgram(folder, 'messages', 'preview', 'reset-link', '--browser', '/x');
  expect(useless).toMatchObject({ code: 64 });
});
