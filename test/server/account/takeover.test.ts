import { describe, expect, it, vi } from 'vitest';
import { addMail, startAccount } from '../../support/account/account-stage.ts';

describe('F18: a stolen token of Jellyfin’s', () => {
  it('alone changes no contact, no password and no order of who is told', async () => {
    const stage = await startAccount();
    const owner = stage.browser();
    await owner.signIn('alice');
    await addMail(stage, owner, 'alice', 'anna@example.org');
    const { token } = await stage.client.login('alice', 'alice-pw-1');
    const thief = stage.browser({ from: '198.51.100.66' });
    expect((await thief.call('token', { token })).status).toBe(200);
    const password = 'guess';
    for (const [path, body] of [
      ['contacts/begin', { channel: 'email', address: 'thief@example.net', password }],
      ['contacts/begin', { channel: 'email', address: 'thief@example.net', password: '' }],
      ['contacts/begin', { channel: 'chat', password }],
      ['contacts/remove', { channel: 'email', password }],
      ['password', { current: password, next: 'q7!zk2wv-9' }],
    ] as const)
      expect(await thief.call(path, body), path).toMatchObject({ status: 403, code: 'password-wrong' });
    expect(
      (await thief.call('contacts/begin', { channel: 'email', address: 'thief@example.net' })).status,
    ).toBe(400);
    expect(await stage.storage.contacts.ofUser(stage.fake.user('alice').id)).toMatchObject([
      { address: 'anna@example.org', state: 'verified' },
    ]);
    expect(stage.inbox.messages).toHaveLength(1);
    expect(stage.fake.user('alice').password).toBe('alice-pw-1');
  });

  it('with the password changes the contact, and the one before hears of it and takes it back', async () => {
    const stage = await startAccount();
    const owner = stage.browser();
    await owner.signIn('alice');
    await addMail(stage, owner, 'alice', 'anna@example.org');
    const thief = stage.browser({ from: '198.51.100.66' });
    await thief.signIn('alice');
    await addMail(stage, thief, 'alice', 'thief@example.net');
    await vi.waitFor(() =>
      expect(stage.inbox.messages.filter(({ to }) => to === 'anna@example.org')).toHaveLength(2),
    );
  });

  it('does not guess the password: its tries are those of a sign-in, and held with them', async () => {
    const stage = await startAccount({ more: 'loginThrottle: { failures: 3, lan: true }' });
    const { token } = await stage.client.login('alice', 'alice-pw-1');
    const thief = stage.browser({ from: '198.51.100.66' });
    await thief.call('token', { token });
    const body = { channel: 'email', password: 'guess' };
    const codes = [];
    for (let n = 0; n < 4; n += 1) codes.push((await thief.call('contacts/remove', body)).code);
    expect(codes).toEqual(['password-wrong', 'password-wrong', 'password-wrong', 'too-many-requests']);
    expect((await thief.signIn('alice')).code).toBe('too-many-requests');
  });
});

describe('F19: an identity of a chat', () => {
  /** Asks for a code for the bot. */
  async function begin(stage: Awaited<ReturnType<typeof startAccount>>, name: string) {
    const browser = stage.browser();
    await browser.signIn(name);
    const { body } = await browser.call('contacts/begin', { channel: 'chat', password: `${name}-pw-1` });
    return { browser, code: String(body['code']), body };
  }

  it('is bound to the number of whoever sent the code, which has 128 bits, and to no name', async () => {
    const stage = await startAccount();
    const { code, body, browser } = await begin(stage, 'alice');
    expect(body).toMatchObject({
      kind: 'send-code',
      botName: '@gatehouse',
      url: `https://chat.example/?start=${code}`,
    });
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
    expect(await stage.write({ address: '4711', text: `/start ${code}` })).toMatch(/^Done\./);
    const kept = () => stage.storage.contacts.ofUser(stage.fake.user('alice').id);
    expect(await kept()).toMatchObject([{ channel: 'chat', address: '4711', state: 'verified' }]);
    // Somebody else has the name by now, and sends the code again.
    expect(await stage.write({ address: '4712', text: code })).toMatch(/^I do not know this code/);
    expect(await kept()).toMatchObject([{ channel: 'chat', address: '4711' }]);
    // Who brought it hears the same again, as long as the contact is theirs.
    stage.clock.advance(60_000);
    expect(await stage.write({ address: '4711', text: code })).toMatch(/^Done\./);
    expect((await browser.view()).contacts).toMatchObject([{ channel: 'chat', address: '…' }]);
  });

  it('that several processes heard at once is taken once, and each of them says so', async () => {
    const stage = await startAccount();
    const { code } = await begin(stage, 'alice');
    const same = { address: '4711', text: code };
    const answers = await Promise.all([stage.write(same), stage.write(same), stage.write(same)]);
    expect(answers).toEqual(Array(3).fill(expect.stringMatching(/^Done\./)));
    await vi.waitFor(() => expect(stage.kept.text().match(/"contact-added"/g)).toHaveLength(1));
    const strangers = await Promise.all([stage.write({ ...same, address: '4712' }), stage.write(same)]);
    expect(strangers).toEqual([expect.stringMatching(/^I do not know/), expect.stringMatching(/^Done\./)]);
  });

  it('is asked for by a bot whose chat somebody opened', async () => {
    const stage = await startAccount();
    expect(await stage.write({ address: '4711', text: '' })).toMatch(/^Hello\..* Test Server\./);
  });

  it('answers the same to a code that is used, over, of nobody, wrong or none', async () => {
    const stage = await startAccount();
    const { code: used } = await begin(stage, 'alice');
    await stage.write({ address: '1', text: used });
    const { code: over } = await begin(stage, 'bob');
    stage.clock.advance(10 * 60_000);
    const answers = [];
    for (const text of [used, over, '0'.repeat(26), 'hello', '/start', 'x'.repeat(5000)])
      answers.push(await stage.write({ address: '2', text }));
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toMatch(/^I do not know this code/);
  });

  it('is answered ten times in a minute, and then not at all', async () => {
    const stage = await startAccount();
    const answers = [];
    for (let n = 0; n < 12; n += 1) answers.push(await stage.write({ address: '2', text: `try ${n}` }));
    expect(answers.filter((answer) => answer !== undefined)).toHaveLength(10);
    expect(await stage.write({ address: '3', text: 'hello' })).toBeDefined();
  });

  it('that somebody typed into the page is no proof: the code is for the bot', async () => {
    const stage = await startAccount();
    const { browser, code } = await begin(stage, 'alice');
    expect((await browser.call('contacts/confirm', { channel: 'chat', code })).code).toBe('code-expired');
    expect((await browser.view()).contacts).toEqual([]);
  });
});

describe('a name that somebody else has by now', () => {
  it('proves nothing: the password of the new owner is not that of the session', async () => {
    const stage = await startAccount({
      users: [
        { name: 'admin', password: 'admin-pw-1', isAdministrator: true },
        { name: 'alice', password: 'alice-pw-1' },
        { name: 'bob', password: 'bob-pw-1' },
      ],
    });
    const browser = stage.browser();
    await browser.signIn('alice');
    const rename = async (from: string, to: string): Promise<void> => {
      const { token } = await stage.client.login('admin', 'admin-pw-1');
      const { id } = stage.fake.user(from);
      const dto = (await (await stage.client.ask('GET', `/Users/${id}`, undefined, token)).json()) as object;
      await stage.client.ask('POST', `/Users/${id}`, { ...dto, Name: to }, token);
    };
    await rename('alice', 'anna');
    await rename('bob', 'alice');
    const body = { channel: 'email', address: 'bob@example.net', password: 'bob-pw-1' };
    expect((await browser.call('contacts/begin', body)).code).toBe('password-wrong');
    expect((await browser.view()).userName).toBe('anna');
    expect((await browser.call('contacts/begin', { ...body, password: 'alice-pw-1' })).status).toBe(200);
  });
});
