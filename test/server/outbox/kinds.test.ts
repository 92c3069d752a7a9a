import { expect, test, vi } from 'vitest';
import { createPinHash, readPin } from '../../../server/secrets/pin.ts';
import { hashToken } from '../../../server/secrets/token.ts';
import { account } from '../../support/jellyfin/memory-accounts.ts';
import { runOutbox, tokenIn } from '../../support/reset/running-outbox.ts';

const anna = account('Anna');
const hashPin = createPinHash('key of the tests');
const link = { tokenHash: hashToken('t'.repeat(43)), expiresAt: Number.MAX_SAFE_INTEGER };

test.each(['link', 'account'] as const)('method %s: the message holds a link', async (method) => {
  const { ask, inbox, storage, clock } = await runOutbox({ accounts: [anna], parts: { method } });
  await ask('anna');
  const [mail] = await inbox.waitFor(1);
  const token = tokenIn(mail?.text);
  expect(await storage.links.look(hashToken(token), clock.now())).toMatchObject({ state: 'open' });
});

test('method pin: the message holds a PIN that can be exchanged for a link, and where to type it', async () => {
  const { ask, inbox, storage, clock, kept } = await runOutbox({
    accounts: [anna],
    parts: { method: 'pin', hashPin },
  });
  await ask('anna');
  const [mail] = await inbox.waitFor(1);
  const shown = /^ {4}(\S+)$/m.exec(mail?.text ?? '')?.[1] ?? '';
  expect(shown).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/);
  expect(mail?.html).toContain(`>${shown}</p>`);
  expect(mail?.text.match(/https:\S+/g)).toEqual(['https://media.example.org/gatehouse/pin']);
  const pin = readPin(shown) ?? '';
  expect(await storage.links.exchange(hashPin(pin), link, clock.now())).toEqual({
    state: 'open',
    userId: anna.id,
    userName: 'Anna',
  });
  expect(kept.text()).not.toContain(pin);
  expect(kept.text()).not.toContain(shown);
});

test.each(['pin', 'pin-link'] as const)(
  'method %s: who asked Jellyfin itself gets a link, and is looked up by name only',
  async (method) => {
    const { ask, inbox, storage } = await runOutbox({ accounts: [anna], parts: { method, hashPin } });
    await ask('anna@example.org', 'pin-file');
    await ask('ANNA', 'pin-file');
    const [mail] = await inbox.waitFor(1);
    expect(tokenIn(mail?.text)).not.toBe('');
    await vi.waitFor(async () => expect(await storage.outbox.count()).toMatchObject({ dropped: 1, sent: 1 }));
  },
);

test('method pin-link: the message holds a link with the PIN in its fragment, and the PIN', async () => {
  const { ask, inbox, storage, clock } = await runOutbox({
    accounts: [anna],
    parts: { method: 'pin-link', hashPin },
  });
  await ask('anna');
  const [mail] = await inbox.waitFor(1);
  const pin = /https:\/\/media\.example\.org\/gatehouse\/pin#(\w{16})$/m.exec(mail?.text ?? '')?.[1] ?? '';
  const shown = /^ {4}(\S+)$/m.exec(mail?.text ?? '')?.[1] ?? '';
  expect(readPin(shown)).toBe(pin);
  expect(await storage.links.exchange(hashPin(pin), link, clock.now())).toMatchObject({ state: 'open' });
});

test('whoever signs in over another service is told so, with the address where the password is changed', async () => {
  const { ask, inbox, storage } = await runOutbox({
    accounts: [account('ldap', { hasLocalPassword: false })],
    parts: { externalAccounts: 'https://login.example.org/forgot' },
  });
  await ask('ldap');
  const [mail] = await inbox.waitFor(1);
  expect(mail?.subject).toBe('Your password for Living Room is not kept there');
  expect(mail?.text.match(/https?:\S+/g)).toEqual(['https://login.example.org/forgot']);
  await vi.waitFor(async () => expect(await storage.outbox.count()).toMatchObject({ sent: 1 }));
  expect(await storage.links.countLive(account('ldap').id, Date.now())).toBe(0);
});

test('whoever was disabled by an administrator is told so, and gets no way in', async () => {
  const { ask, inbox, storage } = await runOutbox({
    accounts: [account('locked', { isDisabled: true, hasLocalPassword: false })],
    parts: { method: 'pin-link' },
  });
  await ask('locked');
  const [mail] = await inbox.waitFor(1);
  expect(mail?.subject).toBe('Your account on Living Room is disabled');
  expect(mail?.text).not.toMatch(/https?:/);
  expect(await storage.links.countLive(account('locked').id, Date.now())).toBe(0);
});

test('such messages count towards the limit of their account like any other', async () => {
  const { ask, storage, kept } = await runOutbox({ accounts: [account('locked', { isDisabled: true })] });
  for (let i = 0; i < 6; i++) await ask('locked');
  await vi.waitFor(async () => expect(await storage.outbox.count()).toMatchObject({ waiting: 0, sent: 3 }));
  expect(kept.of('reset-limited')).toHaveLength(3);
});
