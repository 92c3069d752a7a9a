import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { CLAIM_LEASE_MS } from '../../../server/reset/claim-link.ts';
import { until } from '../../support/clock/until.ts';
import { createRedeemingStage, issueLinks, redeem } from '../../support/program/redeeming-stage.ts';

it('a process that was stopped in the middle of a redemption for longer than its claim writes no more when it goes on, and who holds the link meanwhile keeps it', {
  timeout: 120_000,
}, async () => {
  const stage = await createRedeemingStage({ people: 2 });
  const { jellyfin } = stage;
  const [sleeper, waker] = [await stage.start(), await stage.start()];
  const [done = '', held = ''] = await issueLinks(stage, 1);
  const [, other = ''] = await issueLinks(stage, 2);
  const writesOf = (password: string) =>
    jellyfin.journal.filter(
      (entry) => /\/Password/.test(entry.path) && JSON.stringify(entry).includes(password),
    );

  // Both are written, and are to be verified by a sign-in after a while; it is then that the process is stopped.
  const slept = Promise.all([done, held].map((link) => redeem(sleeper.url, link, 'words of a sleeper')));
  await until(() => stage.people.every((name) => jellyfin.user(name).password === 'words of a sleeper'));
  await sleep(150);
  sleeper.program.child.kill('SIGSTOP');
  expect(await redeem(waker.url, done, 'words of a waker')).toBe(409);
  await sleep(CLAIM_LEASE_MS + 500);

  expect(await redeem(waker.url, done, 'words of a waker')).toBe(200);
  const goOn = jellyfin.holdHashing('set');
  const woken = redeem(waker.url, held, 'words of a waker');
  await until(() => jellyfin.held() > 0);
  sleeper.program.child.kill('SIGCONT');
  for (const status of await slept) expect(status).not.toBe(200);
  // Had it let go of a claim that is no longer its own, these would be let in.
  expect(await redeem(sleeper.url, held, 'words of a third')).toBe(409);
  expect(await redeem(waker.url, other, 'words of a third')).toBe(409);
  goOn();
  expect(await woken).toBe(200);
  expect(writesOf('words of a sleeper')).toHaveLength(2);
  for (const name of stage.people) expect(jellyfin.user(name).password).toBe('words of a waker');
  expect(await redeem(sleeper.url, held, 'words of a third')).toBe(410);
});

it('a password that is set spends every other link and PIN of the account, and those of nobody else', {
  timeout: 60_000,
}, async () => {
  const stage = await createRedeemingStage({ people: 2, method: 'pin-link' });
  const { url } = await stage.start();
  const post = async (path: string, body: object) => {
    const answer = await fetch(`${url}/gatehouse/api/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: (await answer.json()) as { token?: string; code?: string } };
  };
  for (const name of ['person0', 'person1']) {
    await fetch(`${url}/Users/ForgotPassword`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ EnteredUsername: name }),
    });
  }
  const mails = await stage.inbox.waitFor(2, 30_000);
  const pinOf = (name: string) =>
    /(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}/.exec(mails.find(({ to }) => to.startsWith(name))?.text ?? '')?.[0] ?? '';
  const [links, more] = [await issueLinks(stage, 1), await issueLinks(stage, 2)];
  const exchanged = (await post('pins', { pin: pinOf('person0') })).body.token ?? '';
  expect(exchanged).toHaveLength(43);

  expect(await redeem(url, links[0] ?? '', 'a phrase of some length')).toBe(200);
  for (const token of [links[0], more[0], exchanged]) {
    expect(await redeem(url, token ?? '', 'the phrase of a thief')).toBe(410);
  }
  expect((await post('pins', { pin: pinOf('person0') })).body.code).toBe('link-used');
  expect(stage.jellyfin.user('person0').password).toBe('a phrase of some length');
  expect((await post('pins', { pin: pinOf('person1') })).status).toBe(200);
  expect(await redeem(url, more[1] ?? '', 'a phrase of some length')).toBe(200);
});
