import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { openStorage } from '../../server/storage/open-storage.ts';
import { createFakeJellyfin } from '../jellyfin/fake-jellyfin.ts';
import { tempFolder } from '../support/files/temp-folder.ts';
import { createSmtpInbox } from '../support/mail/smtp-inbox.ts';
import { freePort } from '../support/network/free-port.ts';
import { startProgramWithReset } from '../support/program/program-with-reset.ts';

const KEY = 'f'.repeat(32);
const WITH_FORM = 'mods: { forgot-password: { show: check-your-messages } }';
const LONG = { timeout: 60_000, interval: 100 };

it('C19: starts with no Jellyfin, no mail server and no place for its database, says what is missing, and needs no restart', {
  timeout: 180_000,
}, async () => {
  const folder = await tempFolder();
  const [jellyfinPort, smtpPort] = [await freePort(), await freePort()];
  // A file where the folder of the database should be.
  await writeFile(join(folder, 'data'), '');
  const { program, url } = await startProgramWithReset(
    {
      jellyfinUrl: `http://localhost:${jellyfinPort}`,
      apiKey: KEY,
      smtpUrl: `smtp://127.0.0.1:${smtpPort}`,
      more: `storage: ./data/gatehouse.db\n${WITH_FORM}`,
    },
    folder,
  );
  const ask = () =>
    fetch(`${url}/Users/ForgotPassword`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ EnteredUsername: 'alice' }),
    });

  await program.logged('storage-unavailable');
  expect((await fetch(`${url}/gatehouse/health/live`)).status).toBe(200);
  const ready = await fetch(`${url}/gatehouse/health/ready`);
  expect(ready.status).toBe(503);
  expect(await ready.json()).toMatchObject({ jellyfin: { ready: false }, reset: { storage: 'unavailable' } });
  expect((await ask()).status).toBe(503);
  expect((await fetch(`${url}/System/Info/Public`)).status).toBeGreaterThanOrEqual(502);

  const jellyfin = await createFakeJellyfin({ version: '10.11.11', apiKeys: [KEY], port: jellyfinPort });
  onTestFinished(() => jellyfin.close());
  await vi.waitFor(async () => expect((await fetch(`${url}/System/Info/Public`)).status).toBe(200), LONG);
  await rm(join(folder, 'data'));
  await mkdir(join(folder, 'data'));
  await vi.waitFor(async () => expect((await fetch(`${url}/gatehouse/health/ready`)).status).toBe(200), LONG);
  const storage = await openStorage(join(folder, 'data/gatehouse.db'));
  const { id: userId } = jellyfin.user('alice');
  await storage.contacts.set({ userId, userName: 'alice', channel: 'email', address: 'alice@example.org' });
  await storage.close();
  expect((await ask()).status).toBe(200);
  await program.logged('message-delayed');
  const inbox = await createSmtpInbox({ port: smtpPort });
  onTestFinished(() => inbox.close());
  await inbox.waitFor(1, 60_000);
  expect(program.child.exitCode).toBeNull();
});

it('C19: takes requests down while no name resolves, and says why nothing moves', {
  timeout: 180_000,
}, async () => {
  const { program, url } = await startProgramWithReset({
    ...{ jellyfinUrl: 'http://jellyfin.invalid:8096', apiKey: KEY, smtpUrl: 'smtp://mail.invalid' },
    more: WITH_FORM,
  });
  const answer = await fetch(`${url}/gatehouse/api/reset-requests`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ enteredName: 'alice' }),
  });
  expect(answer.status).toBe(202);
  await program.logged('reset-delayed');
  await program.logged('jellyfin-away');
  expect(program.lines.find((line) => line['event'] === 'reset-delayed')).toHaveProperty('reason');
  expect((await fetch(`${url}/gatehouse/health/ready`)).status).toBe(503);
  expect((await fetch(`${url}/gatehouse/health/live`)).status).toBe(200);
});
