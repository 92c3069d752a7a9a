import { describe, expect, it } from 'vitest';
import type { Channel, Message } from '../../../server/ports/channel.ts';

/** A channel to try, and what is true behind it. */
export interface ChannelWorld {
  readonly channel: Channel;
  /** Key and recipient of every message that arrived, oldest first. */
  arrived(): readonly { readonly key: string; readonly address: string; readonly text: string }[];
  /** Takes the other side away. */
  breakOff(): Promise<void>;
  /** An address of two different people on this channel. */
  readonly addresses: readonly [string, string];
  /** What is no address, or more than one. */
  readonly badAddresses: readonly string[];
}

/** What every channel keeps. `open` gives one that is closed after the running test. */
export function testChannelContract(label: string, open: () => Promise<ChannelWorld>): void {
  const messageTo = (channel: Channel, address: string, key = 'key-1'): Message => ({
    to: { userId: '1'.repeat(32), userName: 'anna', channel: channel.name, address },
    ...{ key, subject: 'Grüße', text: `Text mit ü für ${key}\n`, html: `<p>Text mit ü für ${key}</p>\n` },
    chat: { before: [`Text mit ü für ${key}`], after: [] },
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
      expect(arrived()).toMatchObject([
        { key: 'key-1', address: first, text: 'Text mit ü für key-1\n' },
        { key: 'key-2', address: second, text: 'Text mit ü für key-2\n' },
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

    it('keeps the key over all tries of a message', async () => {
      const { channel, arrived, addresses } = await open();
      for (const _try of [1, 2]) await channel.send(messageTo(channel, addresses[0]));
      expect(arrived().map(({ key }) => key)).toEqual(['key-1', 'key-1']);
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

    it('is unreachable, and does not throw, when the other side is away', async () => {
      const { channel, addresses, breakOff } = await open();
      await breakOff();
      for (const outcome of [await channel.check(), await channel.send(messageTo(channel, addresses[0]))]) {
        expect(outcome).toMatchObject({ kind: 'unreachable', detail: expect.stringMatching(/\.$/) });
        expect(JSON.stringify(outcome)).not.toContain(addresses[0]);
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
