import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStorage } from '../../../server/storage/open-storage.ts';
import { admit, type Patient, runDoctor } from '../../support/program/doctor-fixture.ts';

const TELEGRAM = "{ token: '123456:abcdefghijklmnopqrstuvwxyzABCDE', apiUrl: 'http://127.0.0.1:9' }";
const LINES = { reset: '{ administrators: second-channel }' };

async function verify({ folder, jellyfin }: Patient, name: string, ...channels: string[]): Promise<void> {
  const storage = await openStorage(join(folder, 'gatehouse.db'));
  for (const channel of channels) {
    const address = channel === 'email' ? 'a@example.org' : '12345';
    const contact = { userId: jellyfin.user(name).id, userName: name, channel, address };
    await storage.contacts.set(contact, Date.now(), { state: 'verified' });
  }
  await storage.close();
}

async function findingOf({ folder }: Patient) {
  const { out } = await runDoctor(['--json'], folder);
  const { checks } = JSON.parse(out) as {
    checks: { name: string; state: string; says: string; fix?: string }[];
  };
  return checks.find(({ name }) => name === 'administrators');
}

describe('what doctor says of administrators whose reset needs a second channel', () => {
  it('is nothing where it needs none', async () => {
    expect(await findingOf(await admit())).toBeUndefined();
  });

  it('is that one channel is not enough', async () => {
    const finding = await findingOf(await admit({ lines: LINES }));
    expect(finding).toMatchObject({
      ...{ name: 'administrators', state: 'failed' },
      says: expect.stringContaining('no channel but email'),
    });
  });

  it('is who has not two verified contacts, and what to do', async () => {
    const patient = await admit({ lines: { ...LINES, telegram: TELEGRAM } });
    await verify(patient, 'admin', 'email');
    await verify(patient, 'alice', 'email', 'telegram');
    expect(await findingOf(patient)).toMatchObject({
      state: 'failed',
      says: '1 administrator (admin) cannot reset the password: reset.administrators wants verified contacts on two channels.',
      fix: expect.stringContaining('/gatehouse/account'),
    });
  });

  it('is a warning where another administrator has them, and that all is well where all have', async () => {
    const users = [
      { name: 'admin', password: 'a', isAdministrator: true },
      { name: 'boss', password: 'b', isAdministrator: true },
      { name: 'alice', password: 'c' },
    ];
    const patient = await admit({ lines: { ...LINES, telegram: TELEGRAM }, jellyfin: { users } });
    await verify(patient, 'admin', 'email', 'telegram');
    expect(await findingOf(patient)).toMatchObject({
      state: 'warning',
      says: expect.stringContaining('(boss)'),
    });
    await verify(patient, 'boss', 'email', 'telegram');
    expect(await findingOf(patient)).toMatchObject({ state: 'fine' });
  });

  it('waits for Jellyfin to say who they are', async () => {
    const patient = await admit({ lines: { ...LINES, telegram: TELEGRAM } });
    await patient.jellyfin.setPhase('refused');
    expect(await findingOf(patient)).toMatchObject({ state: 'skipped' });
  });
});
