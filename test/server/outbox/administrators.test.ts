import { expect, onTestFinished, test, vi } from 'vitest';
import type { SendOutcome } from '../../../server/ports/channel.ts';
import type { ContactState } from '../../../server/ports/contacts.ts';
import { hashToken } from '../../../server/secrets/token.ts';
import { account } from '../../support/jellyfin/memory-accounts.ts';
import { startPager } from '../../support/mail/pager-channel.ts';
import { pagerChannel } from '../../support/mail/several-pagers.ts';
import { runOutbox, tokenIn } from '../../support/reset/running-outbox.ts';

const boss = account('boss', { isAdministrator: true });
const anna = account('Anna');
const away: SendOutcome = { kind: 'unreachable', detail: 'It cannot be reached.' };

/** Boss, an administrator, and Anna with a contact on each of two channels, in these states, where administrators need a code. */
async function run(states: readonly [ContactState, ContactState], options: Partial<Options> = {}) {
  const names = ['first', 'second'] as const;
  const pagers = await Promise.all(names.map(() => startPager()));
  const channels = await Promise.all(
    names.map(async (name, index) => {
      const channel = await pagerChannel(name, pagers[index] ?? { url: '' });
      onTestFinished(() => channel.close());
      return name === options.down ? { ...channel, send: async () => away } : channel;
    }),
  );
  const accounts = [{ ...boss, ...options.boss }, anna];
  const running = await runOutbox({
    accounts,
    withoutContact: ['boss', 'Anna'],
    parts: { channels, administrators: 'second-channel', ...options.parts },
  });
  const { contacts } = running.storage;
  for (const { id: userId, name: userName } of accounts)
    for (const [index, channel] of names.entries()) {
      const contact = { userId, userName, channel, address: `+49${index}234567` };
      await contacts.set(contact, Date.now(), { state: states[index] ?? 'unverified' });
    }
  const texts = () => pagers.map(({ pages }) => pages.map(({ text }) => text));
  const count = () => texts().map((of) => of.length);
  const unresolved = () => running.kept.of('reset-unresolved').map(({ reason }) => reason);
  return { ...running, texts, count, unresolved };
}

interface Options {
  readonly down: 'first' | 'second';
  readonly boss: Partial<typeof boss>;
  readonly parts: NonNullable<Parameters<typeof runOutbox>[0]>['parts'];
}

test.each(['first-that-works', 'all'] as const)(
  'the link of an administrator goes out on one channel, with contacts.delivery %s',
  async (delivery) => {
    const { ask, count, kept } = await run(['verified', 'verified'], { parts: { delivery } });
    await ask('boss');
    await vi.waitFor(() => expect(count()).toEqual([1, 0]));
    await vi.waitFor(() => expect(kept.of('message-sent')).toHaveLength(1));
  },
);

test('everybody else is sent what they were sent before', async () => {
  const { ask, count } = await run(['unverified', 'unverified'], { parts: { delivery: 'all' } });
  await ask('Anna');
  await vi.waitFor(() => expect(count()).toEqual([1, 1]));
});

test.each([
  [['verified', 'unverified']],
  [['unverified', 'verified']],
  [['unverified', 'unverified']],
  [['verified', 'refused']],
] as const)('an administrator whose contacts are %j gets no secret, and the log says so', async (states) => {
  const { ask, count, unresolved, kept, storage } = await run(states);
  await ask('boss');
  await vi.waitFor(() => expect(unresolved()).toEqual(['no-second-channel']));
  expect(kept.of('reset-unresolved')).toMatchObject([{ userName: 'boss', clientAddress: '192.0.2.1' }]);
  expect(count()).toEqual([0, 0]);
  expect(await storage.links.countLive(boss.id, Date.now())).toBe(0);
});

test('what holds no secret goes out as ever', async () => {
  const { ask, count } = await run(['unverified', 'unverified'], { boss: { isDisabled: true } });
  await ask('boss');
  await vi.waitFor(() => expect(count()).toEqual([1, 0]));
});

test('a link keeps the channel it went out on in the end', async () => {
  const { ask, count, texts, storage } = await run(['verified', 'verified'], { down: 'first' });
  await ask('boss');
  await vi.waitFor(() => expect(count()).toEqual([0, 1]));
  const token = tokenIn(texts()[1]?.[0]);
  expect(await storage.resetCodes.wayOf(hashToken(token))).toEqual({ kind: 'message', channel: 'second' });
});

test('with never an administrator gets nothing at all', async () => {
  const { ask, unresolved } = await run(['verified', 'verified'], { parts: { administrators: 'never' } });
  await ask('boss');
  await vi.waitFor(() => expect(unresolved()).toEqual(['administrator']));
});
