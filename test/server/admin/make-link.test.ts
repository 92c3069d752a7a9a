import { expect, test } from 'vitest';
import { makeLink } from '../../../server/admin/make-link.ts';
import { createPeople } from '../../../server/contacts/people.ts';
import { hashToken } from '../../../server/secrets/token.ts';
import { createSettableClock } from '../../support/clock/settable-clock.ts';
import { createKeptLog } from '../../support/log/quiet-log.ts';
import { tempStorage } from '../../support/storage/temp-storage.ts';

const ANNA = { id: 'a'.repeat(32), name: 'Anna' };
const RESET = { publicUrl: 'https://media.example.org', linkLifetimeMs: 60_000 };

async function setUp() {
  const { links } = await tempStorage();
  const log = createKeptLog();
  const clock = createSettableClock();
  const askForPeople = async () => createPeople([ANNA]);
  return { links, log, clock, parts: { links, log, clock, askForPeople, reset: RESET, by: 'a test' } };
}

test('a link is open for as long as it says, for the account of the name, and only its hash is kept', async () => {
  const { parts, links, clock } = await setUp();
  const made = await makeLink('ANNA', parts);
  expect(made).toMatchObject({ userName: 'Anna', lifetimeMs: 60_000 });
  expect(made.address).toMatch(/^https:\/\/media\.example\.org\/gatehouse\/reset#/);
  const tokenHash = hashToken(made.address.slice(-43));
  const open = { state: 'open', userId: ANNA.id, userName: 'Anna' };
  expect(await links.look(tokenHash, clock.now() + 59_999)).toEqual(open);
  expect(await links.look(tokenHash, clock.now() + 60_000)).toEqual({ state: 'expired' });
});

test('the log says who made it for whom, without the token', async () => {
  const { parts, log } = await setUp();
  const { address } = await makeLink('anna', parts);
  expect(log.lines).toEqual([
    { level: 'info', event: 'link-made', userId: ANNA.id, userName: 'Anna', by: 'a test' },
  ]);
  expect(JSON.stringify(log.lines)).not.toContain(address.slice(-43));
});

test('a second link leaves the first one good', async () => {
  const { parts, links, clock } = await setUp();
  const first = await makeLink('anna', parts);
  clock.advance(1);
  await makeLink('anna', parts);
  expect(await links.look(hashToken(first.address.slice(-43)), clock.now())).toMatchObject({ state: 'open' });
});

test('no link is made for nobody, nor where there is no page for it', async () => {
  const { parts, links, log, clock } = await setUp();
  await expect(makeLink('Annna', parts)).rejects.toMatchObject({ code: 'user-unknown' });
  const without = { ...parts, reset: undefined };
  await expect(makeLink('Anna', without)).rejects.toMatchObject({ code: 'reset-not-configured' });
  expect(log.lines).toEqual([]);
  expect(await links.countLive(ANNA.id, clock.now())).toBe(0);
});
