import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { startPinFileRequests } from '../../../../server/jellyfin/data-folder/pin-file-requests.ts';
import { createToldPinFiles } from '../../../../server/jellyfin/data-folder/told-pin-files.ts';
import { createSettableClock } from '../../../support/clock/settable-clock.ts';
import { tempFolder } from '../../../support/files/temp-folder.ts';
import { createLogLines } from '../../../support/log/log-lines.ts';
import { tempStorage } from '../../../support/storage/temp-storage.ts';

const EXPIRES_AT = Date.parse('2026-06-19T15:49:27.5Z');

function pinFile(userName: string, expires = '2026-06-19T15:49:27.5Z'): string {
  return JSON.stringify({ Pin: '1A-2B-3C-4D', UserName: userName, PinFile: '', ExpirationDate: expires });
}

/** A watch on a folder that is made first; each line of `asked` is a person whose request was taken down. */
async function start(
  mode: 'auto' | 'poll',
  options: { path?: string; isOurs?: (name: string) => boolean } = {},
) {
  const path = options.path ?? (await tempFolder());
  const storage = await tempStorage();
  const lines = createLogLines();
  const clock = createSettableClock();
  clock.advance(EXPIRES_AT - 1_000 - clock.now());
  const asked: string[] = [];
  const begin = () => {
    const requests = startPinFileRequests({
      wish: { isAuto: false, places: [{ path, install: 'test' }] },
      ...{
        mode,
        clock,
        log: lines.log,
        told: createToldPinFiles(storage.limits, clock),
        untouchedMs: 30,
        searchMs: 30,
        pollMs: 30,
      },
      isOurs: options.isOurs ?? (() => false),
      ask: async (userName) => void asked.push(userName),
    });
    onTestFinished(() => requests.close());
    return requests;
  };
  const write = (name: string, text: string): Promise<void> => writeFile(join(path, name), text);
  return { ...{ path, lines, clock, asked, write, begin }, requests: begin() };
}

const soon = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 20_000, interval: 20 });

describe.each(['auto', 'poll'] as const)('PIN files of others, watched by %s', (mode) => {
  it('lead to one request each: there at the start, new, written anew, renamed; with other files beside', async () => {
    const { path, asked, write, lines } = await start(mode);
    await write('system.xml', pinFile('nobody'));
    await write('passwordreset1.json', pinFile('alice'));
    await soon(() => expect(asked).toEqual(['alice']));
    await rename(join(path, 'passwordreset1.json'), join(path, 'passwordreset2.json'));
    await write('passwordreset3.json', `${pinFile('bob')}}`);
    await soon(() => expect(asked).toEqual(['alice', 'bob']));
    await write('passwordreset2.json', pinFile('alice', '2026-06-19T15:59:27.5Z'));
    await soon(() => expect(asked).toEqual(['alice', 'bob', 'alice']));
    expect(lines.text()).not.toMatch(/1A-2B-3C-4D/);
  });

  it('that are broken for good, expired or ours lead to none', async () => {
    const { asked, write, lines } = await start(mode, { isOurs: (name) => name === 'carol' });
    await write('passwordreset1.json', pinFile('alice', '2020-01-01T00:00:00Z'));
    await write('passwordreset2.json', pinFile('carol'));
    await write('passwordreset3.json', '{"Pin":"1A-2B');
    await soon(() => expect(lines.events()).toContain('pin-file-unusable'));
    await write('passwordreset4.json', pinFile('bob'));
    await soon(() => expect(asked).toEqual(['bob']));
  });

  it('that were written half are read when they are whole', async () => {
    const { asked, write } = await start(mode);
    await write('passwordreset1.json', pinFile('alice').slice(0, 20));
    await write('passwordreset1.json', pinFile('alice'));
    await soon(() => expect(asked).toEqual(['alice']));
  });
});

describe('PIN files of others', () => {
  it('lead to one request also when Gatehouse starts again, or runs twice', async () => {
    const { asked, write, begin, requests } = await start('auto');
    begin();
    await write('passwordreset1.json', pinFile('alice'));
    await soon(() => expect(asked).toEqual(['alice']));
    await requests.close();
    begin();
    await write('passwordreset2.json', pinFile('bob'));
    await soon(() => expect(asked).toEqual(['alice', 'bob']));
  });

  it('that are gone before they have settled lead to none', async () => {
    const { path, asked, write } = await start('poll');
    await write('passwordreset1.json', pinFile('alice'));
    await rm(join(path, 'passwordreset1.json'));
    await write('passwordreset2.json', pinFile('bob'));
    await soon(() => expect(asked).toContain('bob'));
    // Should alice's have settled first, on a machine that stood still meanwhile, that was right too.
    expect(asked.filter((name) => name !== 'alice')).toEqual(['bob']);
  });

  it('are seen again in a folder that went away and came back, and a missing one is named once', async () => {
    const missing = join(await tempFolder(), 'none');
    const { lines } = await start('auto', { path: missing });
    await soon(() => expect(lines.events()).toEqual(['data-folder-missing']));
    expect(lines.text()).toContain(`${missing} (missing)`);

    const path = join(await tempFolder(), 'there');
    await mkdir(path);
    const other = await start('auto', { path });
    await other.write('passwordreset1.json', pinFile('alice'));
    await soon(() => expect(other.asked).toEqual(['alice']));
    await rm(path, { recursive: true });
    await soon(() => expect(other.lines.events()).toContain('pin-file-watch-failed'));
    await mkdir(path);
    await other.write('passwordreset2.json', pinFile('bob'));
    await soon(() => expect(other.asked).toContain('bob'));
  });
});
