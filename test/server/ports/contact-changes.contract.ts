import { expect, test } from 'vitest';
import type { ContactChanges, NewContactChange } from '../../../server/ports/contact-changes.ts';

const NOW = 1_800_000_000_000;
const TEN_MINUTES = 600_000;
const hash = (text: string) => Buffer.from(text).toString('hex').padEnd(64, '0');
const anna = { userId: 'a'.repeat(32), userName: 'Anna' };
const ben = { userId: 'b'.repeat(32), userName: 'Ben' };
const proof = (secret: string, about: Partial<NewContactChange> = {}): NewContactChange => ({
  ...{ kind: 'proof', secretHash: hash(secret), ...anna, channel: 'email', address: 'Anna@example.org' },
  ...{ expiresAt: NOW + TEN_MINUTES, ...about },
});
const invitation = (secret: string): NewContactChange =>
  proof(secret, { kind: 'invitation', channel: undefined, address: undefined });
const undo = (secret: string, about: Partial<NewContactChange> = {}): NewContactChange =>
  proof(secret, { kind: 'undo', address: 'Thief@example.org', ...about });

/** What every adapter of ContactChanges keeps. `open` gives an empty one for the running test. */
export function testContactChanges(open: () => Promise<ContactChanges>): void {
  const codeOf = (changes: ContactChanges, code: string, now = NOW) =>
    changes.spendCode({ userId: anna.userId, channel: 'email', secretHash: hash(code) }, now);

  test('a change is kept whole, and looking at it changes nothing', async () => {
    const changes = await open();
    const before = { address: 'old@example.org', state: 'verified' } as const;
    for (const change of [proof('1'), undo('2', { before }), invitation('3')]) {
      expect(await changes.add(change, NOW)).toBe(true);
      const kept = { before: undefined, invitationHash: undefined, ...change };
      const whole = { ...kept, createdAt: NOW, usedAt: undefined, wrongCodes: 0 };
      for (let look = 0; look < 2; look++)
        expect(await changes.look(change.kind, change.secretHash, NOW)).toEqual({
          state: 'open',
          change: whole,
        });
    }
    expect(await changes.look('proof', hash('unknown'), NOW)).toEqual({ state: 'unknown' });
  });

  test('a secret is good for what it was made for, and for nothing else', async () => {
    const changes = await open();
    await changes.add(invitation('1'), NOW);
    for (const kind of ['proof', 'undo'] as const) {
      expect(await changes.look(kind, hash('1'), NOW)).toEqual({ state: 'unknown' });
      expect(await changes.spend(kind, hash('1'), NOW)).toEqual({ state: 'unknown' });
    }
    expect(await changes.look('invitation', hash('1'), NOW)).toMatchObject({ state: 'open' });
  });

  test('a change expires, to the millisecond', async () => {
    const changes = await open();
    await changes.add(undo('1'), NOW);
    expect(await changes.look('undo', hash('1'), NOW + TEN_MINUTES - 1)).toMatchObject({ state: 'open' });
    expect(await changes.look('undo', hash('1'), NOW + TEN_MINUTES)).toMatchObject({ state: 'expired' });
    expect(await changes.spend('undo', hash('1'), NOW + TEN_MINUTES)).toMatchObject({ state: 'expired' });
  });

  test('of 20 who spend a change at once one wins', async () => {
    const changes = await open();
    await changes.add(undo('1'), NOW);
    const spending = Array.from({ length: 20 }, () => changes.spend('undo', hash('1'), NOW + 1));
    const states = (await Promise.all(spending)).map(({ state }) => state).toSorted();
    expect(states).toEqual(['spent', ...Array<string>(19).fill('used')].toSorted());
    expect(await changes.look('undo', hash('1'), NOW + 1)).toMatchObject({
      state: 'used',
      change: { usedAt: NOW + 1 },
    });
  });

  test('a new proof takes the place of the one before on that channel, and of no other', async () => {
    const changes = await open();
    await changes.add(proof('of another', ben), NOW);
    await changes.add(proof('of the pager', { channel: 'pager' }), NOW);
    await changes.add(undo('an undo'), NOW);
    await changes.add(proof('first'), NOW);
    await changes.add(proof('second'), NOW + 1);
    expect(await changes.look('proof', hash('first'), NOW)).toEqual({ state: 'unknown' });
    const open_ = await changes.openOf(anna.userId, 'proof', NOW + 1);
    expect(open_.map(({ secretHash }) => secretHash)).toEqual([hash('second'), hash('of the pager')]);
    expect(await changes.openOf(ben.userId, 'proof', NOW + 1)).toHaveLength(1);
    expect(await changes.openOf(anna.userId, 'undo', NOW + 1)).toHaveLength(1);
    expect(await changes.openOf(anna.userId, 'proof', NOW + TEN_MINUTES)).toEqual([]);
  });

  test('a new invitation takes the place of all earlier ones of its account that were not used', async () => {
    const changes = await open();
    const stateOf = async (secret: string) => (await changes.look('invitation', hash(secret), NOW)).state;
    await changes.add({ ...invitation('of another'), ...ben }, NOW);
    await changes.add(invitation('spent'), NOW);
    await changes.spend('invitation', hash('spent'), NOW);
    await changes.add(invitation('first'), NOW);
    await changes.add(proof('a proof'), NOW);
    await changes.add(invitation('second'), NOW + 1);
    expect(await stateOf('first')).toBe('unknown');
    expect(await stateOf('second')).toBe('open');
    expect(await stateOf('spent')).toBe('used');
    expect(await stateOf('of another')).toBe('open');
    expect(await changes.look('proof', hash('a proof'), NOW)).toMatchObject({ state: 'open' });
  });

  test('a new question whether an address is theirs takes the place of the one before on that channel', async () => {
    const changes = await open();
    const question = (secret: string, channel = 'email') => proof(secret, { kind: 'confirm', channel });
    await changes.add(question('of the pager', 'pager'), NOW);
    await changes.add(question('first'), NOW);
    await changes.add(question('second'), NOW + 1);
    const left = await changes.openOf(anna.userId, 'confirm', NOW + 1);
    expect(left.map(({ secretHash }) => secretHash)).toEqual([hash('second'), hash('of the pager')]);
  });

  test('of 20 proofs that are asked for at once one is left', async () => {
    const changes = await open();
    await Promise.all(Array.from({ length: 20 }, (_, n) => changes.add(proof(`code ${n}`), NOW)));
    expect(await changes.openOf(anna.userId, 'proof', NOW)).toHaveLength(1);
  });

  test('a secret that is there already is not taken twice, and nothing changes', async () => {
    const changes = await open();
    await changes.add(proof('1', { ...ben, channel: 'pager' }), NOW);
    await changes.add(proof('2'), NOW);
    expect(await changes.add(proof('1'), NOW)).toBe(false);
    expect(await changes.look('proof', hash('1'), NOW)).toMatchObject({ change: ben });
    expect(await changes.look('proof', hash('2'), NOW)).toMatchObject({ state: 'open' });
  });

  test('a code that is typed spends its proof once', async () => {
    const changes = await open();
    await changes.add(proof('123456'), NOW);
    expect(await codeOf(changes, '654321')).toEqual({ state: 'wrong' });
    expect(await codeOf(changes, '123456')).toMatchObject({
      state: 'spent',
      change: { address: 'Anna@example.org', usedAt: NOW, wrongCodes: 1 },
    });
    expect(await codeOf(changes, '123456')).toEqual({ state: 'used' });
  });

  test('the fifth wrong code ends a proof, and the right one comes too late', async () => {
    const changes = await open();
    await changes.add(proof('123456'), NOW);
    for (let wrong = 1; wrong <= 4; wrong++)
      expect(await codeOf(changes, `${wrong}`)).toEqual({ state: 'wrong' });
    expect(await codeOf(changes, '5')).toEqual({ state: 'dead' });
    expect(await codeOf(changes, '123456')).toEqual({ state: 'dead' });
    expect(await changes.spend('proof', hash('123456'), NOW)).toMatchObject({ state: 'dead' });
    expect(await changes.openOf(anna.userId, 'proof', NOW)).toEqual([]);
    await changes.add(proof('777777'), NOW + 1);
    expect(await codeOf(changes, '777777', NOW + 1)).toMatchObject({ state: 'spent' });
  });

  test('of many codes that are typed at once five are looked at', async () => {
    const changes = await open();
    await changes.add(proof('123456'), NOW);
    const typed = await Promise.all(Array.from({ length: 30 }, (_, n) => codeOf(changes, `guess ${n}`)));
    expect(typed.filter(({ state }) => state === 'wrong')).toHaveLength(4);
    expect(await changes.look('proof', hash('123456'), NOW)).toMatchObject({
      state: 'dead',
      change: { wrongCodes: 5 },
    });
  });

  test('a code is good for its account, its channel and its time only', async () => {
    const changes = await open();
    await changes.add(proof('123456'), NOW);
    const typed = (userId: string, channel: string) =>
      changes.spendCode({ userId, channel, secretHash: hash('123456') }, NOW);
    expect(await typed(ben.userId, 'email')).toEqual({ state: 'unknown' });
    expect(await typed(anna.userId, 'pager')).toEqual({ state: 'unknown' });
    expect(await codeOf(changes, '123456', NOW + TEN_MINUTES)).toEqual({ state: 'expired' });
  });

  test('a code that the bot is to be sent proves nothing when it is typed', async () => {
    const changes = await open();
    await changes.add(proof('ABCD-EFGH', { address: undefined }), NOW);
    expect(await codeOf(changes, 'ABCD-EFGH')).toEqual({ state: 'unknown' });
    expect(await changes.spend('proof', hash('ABCD-EFGH'), NOW)).toMatchObject({
      state: 'spent',
      change: anna,
    });
  });

  test('a proof spends the invitation it came from, which proves one contact and no second', async () => {
    const changes = await open();
    const invitationHash = hash('invited');
    await changes.add(invitation('invited'), NOW);
    const channels = ['email', 'bell', 'pager'];
    for (const channel of channels) await changes.add(proof(channel, { channel, invitationHash }), NOW);
    const spent = await Promise.all(
      channels.map((channel) => changes.spend('proof', hash(channel), NOW + 1)),
    );
    expect(spent.map(({ state }) => state).toSorted()).toEqual(['spent', 'used', 'used']);
    expect(await changes.look('invitation', invitationHash, NOW)).toMatchObject({ state: 'used' });
    expect(await changes.openOf(anna.userId, 'proof', NOW)).toHaveLength(2);
  });

  test('an undo of what came by an invitation is spent though that is long used, and leaves it as it was', async () => {
    const changes = await open();
    await changes.add(invitation('invited'), NOW);
    await changes.spend('invitation', hash('invited'), NOW);
    await changes.add(undo('1', { invitationHash: hash('invited') }), NOW);
    expect(await changes.spend('undo', hash('1'), NOW + 2)).toMatchObject({ state: 'spent' });
    const used = { state: 'used', change: { usedAt: NOW } };
    expect(await changes.look('invitation', hash('invited'), NOW + 2)).toMatchObject(used);
  });

  test('a proof of an invitation that is over proves nothing', async () => {
    const changes = await open();
    await changes.add({ ...invitation('1'), expiresAt: NOW + 1 }, NOW);
    await changes.add(proof('123456', { invitationHash: hash('1') }), NOW);
    expect(await codeOf(changes, '123456', NOW + 1)).toMatchObject({ state: 'expired' });
    await changes.removeOf(anna.userId, 'invitation');
    expect(await codeOf(changes, '123456', NOW)).toEqual({ state: 'unknown' });
  });

  const END = NOW + TEN_MINUTES + 30 * 24 * 60 * 60_000;
  test.each([
    ['undone', 'undo', 'undoneUntil', 'disownedUntil'],
    ['disowned', 'disowned', 'disownedUntil', 'undoneUntil'],
  ] as const)(
    'an address that was %s is known as that alone, letter case aside, until its row goes',
    async (why, kind, until, other) => {
      const changes = await open();
      await changes.add(proof('mark', { kind, address: 'Wrong@example.org' }), NOW);
      const known = (userId = anna.userId, channel = 'email', address = 'wrong@EXAMPLE.org') =>
        changes[until](userId, channel, address);
      expect(await known()).toBeUndefined();
      await changes.spend(kind, hash('mark'), NOW);
      expect(await known()).toBe(END);
      expect(await known(ben.userId)).toBeUndefined();
      expect(await known(anna.userId, 'pager')).toBeUndefined();
      expect(await known(anna.userId, 'email', 'anna@example.org')).toBeUndefined();
      expect(await changes[other](anna.userId, 'email', 'wrong@example.org')).toBeUndefined();
      const meant = { ...anna, channel: 'email', address: 'wrong@EXAMPLE.org' };
      expect(await changes.blocksOf([{ ...meant, ...ben }, meant])).toEqual([undefined, { why, until: END }]);
    },
  );

  test('what an account has pending is removed by kind, and what was spent stays', async () => {
    const changes = await open();
    await changes.add(proof('of another', ben), NOW);
    await changes.add(proof('spent'), NOW);
    await changes.spend('proof', hash('spent'), NOW);
    await changes.add(proof('email'), NOW);
    await changes.add(proof('pager', { channel: 'pager' }), NOW);
    await changes.add(undo('undo'), NOW);
    expect(await changes.removeOf(anna.userId, 'proof')).toBe(2);
    expect(await changes.removeOf(anna.userId, 'proof')).toBe(0);
    expect(await changes.look('proof', hash('spent'), NOW)).toMatchObject({ state: 'used' });
    expect(await changes.look('proof', hash('of another'), NOW)).toMatchObject({ state: 'open' });
    expect(await changes.look('undo', hash('undo'), NOW)).toMatchObject({ state: 'open' });
  });
}
