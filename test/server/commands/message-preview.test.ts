import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
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
