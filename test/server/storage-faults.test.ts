import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { holdFile } from '../support/files/file-holder.ts';
import { MAY_MOUNT, mountSmallDisk } from '../support/files/small-disk.ts';
import { tempFolder } from '../support/files/temp-folder.ts';
import type { Subject } from '../support/jellyfin/subject.ts';
import { createFakeSubject } from '../support/jellyfin/subject.ts';
import { addContacts, createStage, type Stage } from '../support/program/gatehouse.ts';
import { askForm } from '../support/program/split-stage.ts';
import { POSTGRES_PASSWORD, startPostgres } from '../support/storage/postgres.ts';

/** Gatehouse at work on that storage: what it is asked for is kept and sent. */
async function work(storage: string): Promise<{ stage: Stage; subject: Subject }> {
  const subject = await createFakeSubject({ version: '10.11.11' });
  onTestFinished(() => subject.close());
  const stage = await createStage(subject, { reset: 'limits: { requestsPerClientPerHour: 10000 }' });
  onTestFinished(() => stage.close());
  await addContacts(storage, subject);
  const config = await readFile(stage.configPath, 'utf8');
  await stage.apply(config.replace(/^storage: .*$/m, `storage: '${storage}'`));
  expect((await askForm(stage.url, 'alice')).status).toBe(200);
  await stage.inbox.waitFor(1);
  return { stage, subject };
}

/** People still reach Jellyfin, and sign in. */
async function expectProxying({ stage, subject }: { stage: Stage; subject: Subject }): Promise<void> {
  expect((await fetch(`${stage.url}/System/Info/Public`)).status).toBe(200);
  const [{ name, password } = { name: '', password: '' }] = subject.users;
  const signedIn = await fetch(`${stage.url}/Users/AuthenticateByName`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Authorization: 'MediaBrowser Client="test", Device="test", DeviceId="test", Version="1"',
    },
    body: JSON.stringify({ Username: name, Pw: password }),
  });
  expect(signedIn.status).toBe(200);
}

/** What is asked is refused, the same for every name; the log says why. */
async function expectRefusal(stage: Stage, code: string): Promise<void> {
  await vi.waitFor(async () => expect((await askForm(stage.url, 'alice')).status).toBe(503));
  const answers = await Promise.all(['bob', 'nobody'].map((name) => askForm(stage.url, name)));
  expect(answers.map((answer) => answer.status)).toEqual([503, 503]);
  expect(stage.log.text()).toContain(`"code":"${code}"`);
}

/** It is mended: the same Gatehouse keeps and sends again. */
async function expectRecovery(stage: Stage): Promise<void> {
  const before = stage.inbox.messages.length;
  await vi.waitFor(async () => expect((await askForm(stage.url, 'bob')).status).toBe(200));
  await stage.inbox.waitFor(before + 1);
}

describe('a database that fails while Gatehouse works', () => {
  test('because PostgreSQL was killed: resets wait for it, and nothing else does', async () => {
    const server = await startPostgres();
    onTestFinished(() => server.close());
    const at = await work(server.url());
    await server.kill();
    await expectRefusal(at.stage, 'storage-unreachable');
    await expectProxying(at);
    await server.start();
    await expectRecovery(at.stage);
    expect(at.stage.log.text()).not.toContain(POSTGRES_PASSWORD);
    expect(at.stage.log.text()).not.toContain(encodeURIComponent(POSTGRES_PASSWORD));
  });

  test('because another process holds the file: the same', async () => {
    const path = join(await tempFolder(), 'gatehouse.db');
    const at = await work(path);
    const letGo = await holdFile(path);
    const refused = expectRefusal(at.stage, 'storage-busy');
    await expectProxying(at);
    await refused;
    await letGo();
    await expectRecovery(at.stage);
  });

  // biome-ignore lint/plugin: a disk that is full has to be mounted, which root on Linux may
  test.runIf(MAY_MOUNT)('because the disk is full: the same, and the file stays whole', async () => {
    const disk = mountSmallDisk(4 * 1024 * 1024);
    const at = await work(join(disk.folder, 'gatehouse.db'));
    await disk.fill();
    await expectRefusal(at.stage, 'storage-full');
    await expectProxying(at);
    await disk.free();
    await expectRecovery(at.stage);
  });
});
