import { describe, expect, it } from 'vitest';
import type { Channel, ChatText, Message } from '../../../server/ports/channel.ts';

/** A channel to try, and what is true behind it. */
export interface ChannelWorld {
  readonly channel: Channel;
  /**
   * Key and recipient of every message that arrived, oldest first, with the text as the person reads it. A service that tells
   * a second copy by its key has it once.
   */
  arrived(): readonly { readonly key: string; readonly address: string; readonly text: string }[];
  /** Takes the other side away. */
  breakOff(): Promise<void>;
  /** An address of two different people on this channel. */
  readonly addresses: readonly [string, string];
  /** What is no address, or more than one. */
  readonly badAddresses: readonly string[];
  /** What stands in the channel's section, or is said to the other side, and may stand in no outcome. */
  readonly secrets: readonly string[];
  /** From now on the other side says of the first address that it gets nothing, ever. */
  refuseForGood(): void;
  /** From now on it says that it takes nothing for now; answers how long it asks to wait, in ms, where it says that. */
  refuseForNow(): number | undefined;
  /** From now on it answers everything with what it was sent: address, headers and body. */
  echo(): void;
  /** What the service would make of the messages that came besides letters: markup, mentions, previews; our link and code aside. */
  markup(): readonly string[];
}

/** What every channel keeps. `open` gives one that is closed after the running test. */
export function testChannelContract(label: string, open: () => Promise<ChannelWorld>): void {
  const messageOf = (
    channel: Channel,
    address: string,
    key: string,
    lines: readonly string[],
    chat: ChatText,
  ) => ({
    to: { userId: '1'.repeat(32), userName: 'anna', channel: channel.name, address },
    ...{ key, subject: 'Grüße', text: `${lines.join('\n')}\n`, html: `<p>${lines[0]}</p>\n`, chat },
  });
  const messageTo = (channel: Channel, address: string, key = 'key-1'): Message =>
    messageOf(channel, address, key, [`Text mit ü für ${key}`], {
      before: [`Text mit ü für ${key}`],
      after: [],
    });

  describe(`the channel ${label}`, () => {
    it('has a name that a row, a log line and a label can hold, and room for a message', async () => {
      const { channel } = await open();
      expect(channel.name).toMatch(/^[a-z][a-z0-9-]*$/);
      expect(channel.name).not.toBe('asked');
      expect(channel.width).toBeGreaterThanOrEqual(1);
    });

    it('says by a check that it works, and sends nothing for it', async () => {
      const { channel, arrived } = await open();
      expect(await channel.check()).toEqual({ kind: 'sent' });
      expect(arrived()).toEqual([]);
    });

    it('sends a message to the recipient it is for, and to nobody else', async () => {
      const { channel, arrived, addresses } = await open();
      const [first, second] = addresses;
      expect(await channel.send(messageTo(channel, first))).toEqual({ kind: 'sent' });
      expect(await channel.send(messageTo(channel, second, 'key-2'))).toEqual({ kind: 'sent' });
      expect(arrived().map(({ text, ...more }) => ({ ...more, text: text.trimEnd() }))).toMatchObject([
        { key: 'key-1', address: first, text: 'Text mit ü für key-1' },
        { key: 'key-2', address: second, text: 'Text mit ü für key-2' },
      ]);
    });

    it('sends as many at once as it says it can, each once', async () => {
      const { channel, arrived, addresses } = await open();
      const keys = Array.from({ length: channel.width }, (_, n) => `key-${n}`);
      const outcomes = await Promise.all(
        keys.map((key) => channel.send(messageTo(channel, addresses[0], key))),
      );
      expect(outcomes).toEqual(keys.map(() => ({ kind: 'sent' })));
      expect(
        arrived()
          .map(({ key }) => key)
          .toSorted(),
      ).toEqual(keys.toSorted());
    });

    it('keeps the key over all tries of a message, so that a second copy can be told', async () => {
      const { channel, arrived, addresses } = await open();
      for (const _try of [1, 2])
        expect(await channel.send(messageTo(channel, addresses[0]))).toEqual({ kind: 'sent' });
      expect(new Set(arrived().map(({ key }) => key))).toEqual(new Set(['key-1']));
    });

    it('hands a name over as its letters: no markup, no mention, no preview', async () => {
      const { channel, arrived, addresses, markup } = await open();
      const names = ['<b>*_[x](http://e.example)@everyone', '# `a` ~~b~~ ||c|| <@1> \\ &amp; 1. ü🙂'];
      const link = { label: 'Choose a password', url: 'https://media.example.org/gatehouse/reset#Abc-_9' };
      const [code, after] = ['ABCD-1234', 'https://media.example.org/gatehouse/pin'];
      const chat = { before: names, link, code, after: [after] };
      const lines = [...names, link.label, link.url, code, after];
      await channel.send(messageOf(channel, addresses[0], 'key-1', lines, chat));
      const text = arrived()[0]?.text ?? '';
      for (const line of lines) expect(text).toContain(line);
      expect(markup()).toEqual([]);
    });

    it('refuses for good what is no address, and more than one, without repeating it', async () => {
      const { channel, arrived, badAddresses } = await open();
      for (const address of badAddresses) {
        const outcome = await channel.send(messageTo(channel, address));
        expect(outcome).toMatchObject({ kind: 'permanent', detail: expect.stringMatching(/\.$/) });
        if (address !== '') expect(JSON.stringify(outcome)).not.toContain(address);
      }
      expect(arrived()).toEqual([]);
    });

    it('tells what will never arrive from what may arrive later, and repeats no address', async () => {
      const { channel, addresses, refuseForGood } = await open();
      refuseForGood();
      const outcome = await channel.send(messageTo(channel, addresses[0]));
      expect(outcome).toMatchObject({ kind: 'permanent', detail: expect.stringMatching(/\w/) });
      expect(JSON.stringify(outcome)).not.toContain(addresses[0]);
    });

    it('passes on how long the other side asks to wait', async () => {
      const { channel, addresses, refuseForNow } = await open();
      const retryAfterMs = refuseForNow();
      const outcome = await channel.send(messageTo(channel, addresses[0]));
      expect(['temporary', 'unreachable']).toContain(outcome.kind);
      expect('retryAfterMs' in outcome ? outcome.retryAfterMs : undefined).toBe(retryAfterMs);
      expect(JSON.stringify(outcome)).not.toContain(addresses[0]);
    });

    it('is unreachable, and does not throw, when the other side is away', async () => {
      const { channel, addresses, breakOff } = await open();
      await breakOff();
      for (const outcome of [await channel.check(), await channel.send(messageTo(channel, addresses[0]))]) {
        expect(outcome).toMatchObject({ kind: 'unreachable', detail: expect.stringMatching(/\.$/) });
        expect(JSON.stringify(outcome)).not.toContain(addresses[0]);
      }
    });

    it('says no secret, no address and nothing of the message, whatever the other side repeats', async () => {
      const { channel, addresses, secrets, echo } = await open();
      echo();
      const chat = { before: ['Hello Zebedee'], code: 'WXYZ-9876', after: [] };
      const lines = ['Hello Zebedee', 'WXYZ-9876'];
      for (const outcome of [
        await channel.check(),
        await channel.send(messageOf(channel, addresses[0], 'key-1', lines, chat)),
      ]) {
        const said = JSON.stringify(outcome);
        for (const secret of [...secrets, addresses[0], 'Zebedee', 'WXYZ-9876'])
          expect(said).not.toContain(secret);
      }
    });

    it('sends nothing, and does not throw, once somebody else has taken the message over', async () => {
      const { channel, arrived, addresses } = await open();
      const takenOver = AbortSignal.abort(new Error('another process has taken the row over'));
      const outcome = await channel.send(messageTo(channel, addresses[0]), takenOver);
      expect(outcome.kind).not.toBe('sent');
      expect(arrived()).toEqual([]);
    });

    it('is closed as often as one likes', async () => {
      const { channel, addresses } = await open();
      await channel.send(messageTo(channel, addresses[0]));
      channel.close();
      expect(() => channel.close()).not.toThrow();
    });
  });
}
