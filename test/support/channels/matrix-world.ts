import { onTestFinished } from 'vitest';
import { createMatrixChannel } from '../../../server/channels/matrix.ts';
import type { Message, ReceivedMessage } from '../../../server/ports/channel.ts';
import { keepLines } from '../log/kept-lines.ts';
import { startFakeMatrix } from './fake-matrix.ts';

/** Two people, on two homeservers. */
export const ANNA = '@anna:home.example';
export const BEN = '@ben:other.example';

/** A message to one of them. */
export const messageTo = (address: string, key = 'key-1'): Message => ({
  to: { userId: '1'.repeat(32), userName: 'anna', channel: 'matrix', address },
  ...{ key, subject: 's', text: 't', html: '<p>h</p>', chat: { before: ['Hello <b>anna</b>'], after: [] } },
});

/** A homeserver and what makes channels on it; `listen` has one hear people, and answer. */
export async function openMatrix(callMs?: number) {
  const matrix = await startFakeMatrix([ANNA, BEN]);
  const kept = keepLines();
  const make = (accessToken = matrix.token) => {
    const timeouts = callMs === undefined ? {} : { timeouts: { callMs } };
    const context = { publicUrl: 'https://media.example.org', log: kept.log };
    const channel = createMatrixChannel({ accessToken, homeserver: matrix.url, ...timeouts }, context);
    onTestFinished(() => channel.close());
    return channel;
  };
  const heard: ReceivedMessage[] = [];
  const listen = (channel = make()) =>
    channel.bot?.receive(async (message) => {
      heard.push(message);
      return message.text === '' ? 'Write your code here' : `You wrote ${message.text}`;
    });
  const bodies = () => matrix.sent().map(({ content }) => content['body']);
  return { matrix, kept, make, listen, heard, bodies };
}
