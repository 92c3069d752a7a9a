import { describe, expect, it, vi } from 'vitest';
import { JOURNEY_CHANNELS } from '../../support/channels/journey-channels.ts';
import { link, linkOf, linksIn, SOON, startJourney } from '../../support/channels/journey-stage.ts';
import { runProgram } from '../../support/program/program.ts';

const NEW = 'q7!zk2wv';

/** A channel, and another one that the person has besides. */
async function openChannels(name: string) {
  const open = (which: string) => JOURNEY_CHANNELS[which]?.() ?? Promise.reject(new Error(which));
  return { first: await open(name), second: await open(name === 'email' ? 'webhook' : 'email') };
}

/** Alice has both, the one of that name before the other. */
async function startWithBoth(name: string) {
  const { first, second } = await openChannels(name);
  const stage = await startJourney([first.section, second.section]);
  const browser = await stage.account();
  await link(browser, first);
  await link(browser, second);
  const ordered = await browser.call('contacts/order', { channels: [first.name, second.name] });
  expect(ordered.body).toMatchObject({ contacts: [{ channel: first.name }, { channel: second.name }] });
  return { first, second, stage, browser };
}

describe.each(Object.keys(JOURNEY_CHANNELS))('a person on %s', (name) => {
  it('links it, gets a link there that changes the password, and unlinks it', {
    timeout: 90_000,
  }, async () => {
    const { first, second } = await openChannels(name);
    const stage = await startJourney([first.section, second.section]);
    const browser = await stage.account();
    await link(browser, first);
    await stage.forget();
    expect(await stage.choose(await linkOf(first), NEW)).toBe(200);
    expect(await stage.signInToJellyfin(NEW)).toBe(200);

    const again = await stage.account(NEW);
    await link(again, second, NEW);
    const removed = await again.call('contacts/remove', { channel: name, password: NEW });
    expect(removed.body).toMatchObject({ contacts: [{ channel: second.name }] });
    // Whoever had the contact is told, with a way back.
    await vi.waitFor(() => expect(linksIn(first.texts(), 'undo')).toHaveLength(1), SOON);
    await stage.forget();
    await linkOf(second);
    expect(linksIn(first.texts())).toHaveLength(1);
    expect(stage.log.text()).not.toContain(first.address);
  });

  it('blocks it: the contact is refused, and the next one gets the message', {
    timeout: 90_000,
  }, async () => {
    const { first, second, stage, browser } = await startWithBoth(name);
    first.block();
    await stage.forget();
    expect(await stage.choose(await linkOf(second), NEW)).toBe(200);
    expect(linksIn(first.texts())).toEqual([]);
    expect((await browser.call('view')).code).toBe('signed-out');
    const again = await stage.account(NEW);
    expect((await again.view()).contacts).toEqual(
      expect.arrayContaining([expect.objectContaining({ channel: name, state: 'refused' })]),
    );
  });

  it('is reached elsewhere while it is away, and there again once it is back', {
    timeout: 90_000,
  }, async () => {
    const { first, second, stage } = await startWithBoth(name);
    first.setAway(true);
    await stage.forget();
    await linkOf(second);
    first.setAway(false);
    await vi.waitFor(
      async () => {
        await stage.forget();
        expect(linksIn(first.texts()).length).toBeGreaterThan(0);
      },
      { timeout: 60_000, interval: 3_000 },
    );
  });

  it('waits while its token is refused: doctor and health say so, and a right one sends what waited', {
    timeout: 120_000,
  }, async () => {
    const { first } = await openChannels(name);
    const stage = await startJourney([first.section]);
    await link(await stage.account(), first);
    await stage.apply([first.wrongSection]);
    await stage.forget();
    await vi.waitFor(() => expect(stage.log.text()).toContain('message-delayed'), SOON);
    const { reset } = await stage.health();
    expect(reset).toMatchObject({
      outbox: { waiting: 1 },
      channels: { [name]: { lastFailure: expect.any(String) } },
    });
    const doctor = await runProgram(stage.folder, 'doctor', '--json', '--config', stage.configPath);
    const { checks } = JSON.parse(doctor.out) as { readonly checks: { name: string; state: string }[] };
    const section = first.section.split(':')[0];
    expect(checks.find((check) => check.name === section)).toMatchObject({ state: 'failed' });

    await stage.apply([first.section]);
    expect(await stage.choose(await linkOf(first), NEW)).toBe(200);
    expect(stage.log.text() + doctor.out).not.toContain(first.wrongSecret);
  });
});

const NAMES_WITH_PAUSES = Object.keys(JOURNEY_CHANNELS).filter((name) => name !== 'email');

describe.each(NAMES_WITH_PAUSES)('a person on %s', (name) => {
  it('is sent nothing before the pause is over that the service asks for', { timeout: 90_000 }, async () => {
    const { first } = await openChannels(name);
    const stage = await startJourney([first.section]);
    await link(await stage.account(), first);
    const tries = first.limitOnce?.(8) ?? [];
    await stage.forget();
    await linkOf(first);
    expect(tries).toHaveLength(2);
    expect((tries[1] ?? 0) - (tries[0] ?? 0)).toBeGreaterThanOrEqual(7_990);
  });
});

describe.each(['telegram', 'discord', 'matrix'])('the bot of %s', (name) => {
  it('says the same to whoever sends the code twice, and goes on with a config that is loaded anew', {
    timeout: 90_000,
  }, async () => {
    const { first } = await openChannels(name);
    const stage = await startJourney([first.section]);
    const browser = await stage.account();
    const begun = await browser.call('contacts/begin', { channel: name, password: 'alice-pw-1' });
    const code = String(begun.body['code']);
    await first.tell(code);
    await vi.waitFor(() => expect(first.texts()).toHaveLength(1), SOON);
    await stage.apply([first.section, 'contacts: { delivery: all }']);
    // Discord keeps nothing for a bot that is away for a moment: people write again.
    await vi.waitFor(
      async () => {
        await first.tell(code);
        await vi.waitFor(() => expect(first.texts().length).toBeGreaterThan(1), { timeout: 3_000 });
      },
      { timeout: 30_000 },
    );
    expect(first.texts().filter((text) => !text.startsWith('Done'))).toEqual([]);
    expect(stage.log.text()).not.toContain('bot-receives-nothing');
  });

  it('that cannot be asked what it is called makes no code', { timeout: 90_000 }, async () => {
    const { first } = await openChannels(name);
    const stage = await startJourney([first.section]);
    const browser = await stage.account();
    first.setAway(true);
    await stage.apply([first.section, 'contacts: { delivery: all }']);
    const begin = () => browser.call('contacts/begin', { channel: name, password: 'alice-pw-1' });
    expect(await begin()).toMatchObject({ status: 503, code: 'unavailable' });
    first.setAway(false);
    expect(await begin()).toMatchObject({ status: 200 });
  });
});
