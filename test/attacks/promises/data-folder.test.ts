import { readFileSync, watch } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { createJellyfinCaller } from '../../support/jellyfin/jellyfin-caller.ts';
import {
  ask,
  createRedeemingStage,
  issueLinks,
  OLD,
  redeem,
  tokenOf,
} from '../../support/program/redeeming-stage.ts';

const NEW = 'a phrase of some length';
const KEY = 'a'.repeat(32);

/** Everything in a folder, with what would show that it was touched. */
async function snapshot(folder: string): Promise<string[]> {
  const names = (await readdir(folder, { recursive: true })).toSorted();
  return Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      const { mtimeMs, mode, ino, uid } = await stat(path);
      const text = (await stat(path)).isFile() ? (await readFile(path)).toString('latin1') : '';
      return JSON.stringify([name, text === '' ? 0 : mtimeMs, mode, ino, uid, text]);
    }),
  );
}

/** Somebody who may read the folder and does so all the time: every name that showed up, and every PIN. */
function spyOn(folder: string) {
  const names = new Set<string>();
  const pins = new Set<string>();
  const watcher = watch(folder, (_event, name) => {
    if (name === null) return;
    names.add(name);
    try {
      const pin = /"Pin":"([^"]+)"/.exec(readFileSync(join(folder, name), 'utf8'))?.[1];
      if (pin !== undefined) pins.add(pin);
    } catch {
      // Gone again.
    }
  });
  onTestFinished(() => watcher.close());
  return { names, pins };
}

it('a PIN file is there only while a password is set, nothing of ours is, and whoever reads it cannot sign in', {
  timeout: 120_000,
}, async () => {
  const stage = await createRedeemingStage({ people: 2, isKeyless: true });
  const { jellyfin, inbox } = stage;
  const { url, program } = await stage.start();
  const folder = jellyfin.dataFolder;
  const before = await snapshot(folder);
  const spy = spyOn(folder);

  expect(await ask(url, 'person0')).toBe(true);
  const [mail] = await inbox.waitFor(1, 30_000);
  const token = mail === undefined ? '' : tokenOf(mail);
  const look = await fetch(`${url}/gatehouse/api/links`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  expect(await look.json()).toMatchObject({ state: 'open', userName: 'person0' });
  expect(await redeem(url, token, 'short')).toBe(422);
  expect([...spy.names].filter((name) => name.startsWith('passwordreset'))).toEqual([]);

  // From here on somebody tries every PIN he reads, in each form it has, and watches the password.
  const thief = createJellyfinCaller(jellyfin.url);
  const between = new Set<string>();
  let isDone = false;
  const watching = (async () => {
    while (!isDone) {
      between.add(jellyfin.user('person0').password ?? '');
      await sleep(1);
    }
  })();
  expect(await redeem(url, token, NEW)).toBe(200);
  isDone = true;
  await watching;

  expect(spy.pins.size).toBeGreaterThan(0);
  for (const pin of spy.pins) {
    for (const typed of [pin, pin.replaceAll('-', ''), pin.toLowerCase()]) {
      expect((await thief.signIn('person0', typed, 'thief')).status).toBe(401);
      const { json } = await thief.call('POST', '/Users/ForgotPassword/Pin', '', { Pin: typed });
      expect(json).not.toMatchObject({ Success: true });
    }
  }
  // What was in force in between is no PIN of the file, and is told nobody.
  between.delete(OLD);
  between.delete(NEW);
  for (const password of between) {
    for (const pin of spy.pins) expect([pin, pin.replaceAll('-', '')]).not.toContain(password);
    expect(password).toMatch(/^-{0,63}(?:[\dA-F]-{0,63}){8}$/);
    expect(JSON.stringify(program.lines)).not.toContain(password);
  }
  expect(jellyfin.user('person0').password).toBe(NEW);
  expect(await snapshot(folder)).toEqual(before);
  const asked = jellyfin.journal.filter(({ path }) => path === '/Users/ForgotPassword');
  expect([...spy.names].filter((name) => /^passwordreset.*\.json$/.test(name))).toHaveLength(asked.length);
  expect([...spy.names].filter((name) => !/^passwordreset.*\.json$/.test(name))).toEqual([]);
});

it('an account whose password Gatehouse cannot set is left with two failed sign-ins at most, and locked by none', {
  timeout: 120_000,
}, async () => {
  const stage = await createRedeemingStage({ people: 1, isKeyless: true });
  const { jellyfin } = stage;
  const { url } = await stage.start();
  const [token = ''] = await issueLinks(stage);
  const admin = createJellyfinCaller(jellyfin.url);
  const path = `/Users/${jellyfin.user('person0').id}`;
  const { json } = await admin.call('GET', path, KEY);
  const { Policy } = json as { Policy: Record<string, unknown> };
  const AuthenticationProviderId = 'Jellyfin.Plugin.LDAP_Auth.LdapAuthenticationProviderPlugin';
  const changed = { ...Policy, AuthenticationProviderId, IsHidden: true, LoginAttemptsBeforeLockout: 3 };
  expect((await admin.call('POST', `${path}/Policy`, KEY, changed)).status).toBe(204);

  expect(await redeem(url, token, NEW)).not.toBe(200);
  expect(jellyfin.user('person0').failedLogins).toBeLessThanOrEqual(2);
  expect(jellyfin.user('person0')).toMatchObject({ isDisabled: false, password: OLD });
  const left = (await readdir(jellyfin.dataFolder)).filter((name) => name.startsWith('passwordreset'));
  expect(left).toEqual([]);
});
