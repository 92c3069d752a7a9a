import { createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import type { ResetConfig } from '../../../server/config/reset-config.ts';
import { checkClock, compareClocks } from '../../../server/doctor/clock-check.ts';
import { createFakeJellyfin } from '../../jellyfin/fake-jellyfin.ts';
import { freePort } from '../../support/network/free-port.ts';

const HOUR_MS = 60 * 60 * 1000;

/** A mail server that says a time as Exim does: "Tue, 01 Dec 2026 05:00:00 +0000". */
async function startGreeter(time: Date): Promise<ResetConfig> {
  const said = time.toUTCString().replace('GMT', '+0000');
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.write(`220 mail.example.org ESMTP Exim 4.98 ${said}\r\n`);
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { channels: { email: { url: `smtp://127.0.0.1:${port}` } } } as unknown as ResetConfig;
}

it('is fine where Jellyfin and the mail server have the same time', async () => {
  const jellyfin = await createFakeJellyfin({ version: '10.11.11' });
  onTestFinished(() => jellyfin.close());
  const reset = await startGreeter(new Date());
  expect(await checkClock({ url: jellyfin.url, ca: undefined }, reset)).toEqual({
    name: 'clock',
    state: 'fine',
    says: 'The clock of this machine is that of Jellyfin and the mail server.',
  });
});

it('fails where the mail server is an hour ahead, as its greeting says', async () => {
  const reset = await startGreeter(new Date(Date.now() + HOUR_MS));
  const gone = { url: `http://127.0.0.1:${await freePort()}`, ca: undefined };
  expect(await checkClock(gone, reset)).toMatchObject({
    state: 'failed',
    says: expect.stringContaining('the mail server is 60 min ahead of'),
    fix: expect.stringContaining('timedatectl'),
  });
});

it('says nothing where nobody tells the time', async () => {
  const gone = { url: `http://127.0.0.1:${await freePort()}`, ca: undefined };
  expect(await checkClock(gone, undefined)).toBeUndefined();
});

it('warns of half a minute, fails from five minutes on, and names the one that is furthest off', () => {
  const reading = (whose: string, offMs: number) => ({ whose, ours: 1e12, theirs: 1e12 + offMs });
  expect(compareClocks([reading('Jellyfin', 29_000)])?.state).toBe('fine');
  expect(compareClocks([reading('Jellyfin', -31_000), reading('the mail server', 1)])).toMatchObject({
    state: 'warning',
    says: expect.stringContaining('of Jellyfin is 31 s behind'),
  });
  expect(compareClocks([reading('Jellyfin', 300_000)])?.state).toBe('failed');
});
