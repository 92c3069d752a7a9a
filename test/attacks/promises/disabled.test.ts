import { describe, expect, it, onTestFinished } from 'vitest';
import type { JellyfinVersion } from '../../jellyfin/fake-jellyfin.ts';
import { createJellyfinCaller } from '../../support/jellyfin/jellyfin-caller.ts';
import { createFakeSubject } from '../../support/jellyfin/subject.ts';
import { createStage } from '../../support/program/gatehouse.ts';
import { ask, redeem, tokenOf } from '../../support/program/redeeming-stage.ts';

const OLD = 'alice-pw-1';
const NEW = 'a phrase of some length';

/** Alice has a link in her mail, and locks at the third wrong password. */
async function open(version: JellyfinVersion) {
  const subject = await createFakeSubject({ version, hashMs: 1 });
  onTestFinished(() => subject.close());
  const stage = await createStage(subject);
  onTestFinished(() => stage.close());
  const { fake } = subject;
  if (fake === undefined) throw new Error('this needs the fake');
  const admin = createJellyfinCaller(fake.url);
  const path = `/Users/${fake.user('alice').id}`;
  async function edit(fields: Record<string, unknown>): Promise<void> {
    const { json } = await admin.call('GET', path, subject.apiKey);
    const { Policy } = json as { Policy: Record<string, unknown> };
    const answer = await admin.call('POST', `${path}/Policy`, subject.apiKey, { ...Policy, ...fields });
    expect(answer.status).toBe(204);
  }
  await edit({ LoginAttemptsBeforeLockout: 3 });
  expect(await ask(stage.url, 'alice')).toBe(true);
  const [mail] = await stage.inbox.waitFor(1);
  const token = mail === undefined ? '' : tokenOf(mail);
  let doors = 0;
  async function guess(times: number): Promise<void> {
    for (let n = 0; n < times; n += 1) {
      doors += 1;
      await admin.signIn('alice', 'wrong', `door-${doors}`);
    }
  }
  return { stage, fake, admin, edit, guess, token };
}

type Scene = Awaited<ReturnType<typeof open>>;

/** Each way in which strangers may make a closed account look like one that wrong passwords locked. */
const ATTACKS: Readonly<Record<string, (scene: Scene) => Promise<void>>> = {
  'guesses before it was closed': async ({ guess, edit }) => {
    await guess(2);
    await edit({ IsDisabled: true });
  },
  'guesses after it was closed': async ({ guess, edit }) => {
    await edit({ IsDisabled: true });
    await guess(6);
  },
  'guesses on both sides of it': async ({ guess, edit }) => {
    await guess(2);
    await edit({ IsDisabled: true });
    await guess(6);
  },
  'a lock of long ago, a sign-in after it, and guesses again after it was closed': async (scene) => {
    await scene.guess(4);
    await scene.edit({ IsDisabled: false, InvalidLoginAttemptCount: 0 });
    expect((await scene.admin.signIn('alice', OLD)).status).toBe(200);
    await scene.edit({ IsDisabled: true });
    await scene.guess(6);
  },
  'a lock whose count the dashboard wrote back when it was closed': async (scene) => {
    await scene.guess(4);
    const { failedLogins } = scene.fake.user('alice');
    await scene.edit({ IsDisabled: false });
    expect((await scene.admin.signIn('alice', OLD)).status).toBe(200);
    await scene.edit({ IsDisabled: true, InvalidLoginAttemptCount: failedLogins });
    await scene.guess(6);
  },
};

describe.each(['10.9.11', '10.10.7', '10.11.11', '12.0'] as const)(
  'an account that an administrator of Jellyfin %s disabled stays closed, and keeps its password,',
  { timeout: 60_000 },
  (version) => {
    it.each(Object.keys(ATTACKS))('after %s', async (attack) => {
      const scene = await open(version);
      await ATTACKS[attack]?.(scene);
      const { stage, fake, token } = scene;
      expect(fake.user('alice').isDisabled).toBe(true);
      expect(await redeem(stage.url, token, NEW)).toBe(403);
      // And whoever asks now gets no link.
      expect(await ask(stage.url, 'alice')).toBe(true);
      expect(await redeem(stage.url, token, NEW)).toBe(403);
      const more = (await stage.inbox.waitFor(2)).slice(1);
      expect(more.map(tokenOf)).toEqual(['']);
      expect(fake.user('alice')).toMatchObject({ isDisabled: true, password: OLD, tokens: [] });
    });
  },
);
