import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { type Exchange, readRecording } from '../recordings/recorded.ts';
import { sceneOf } from '../recordings/scenes.ts';
import { createStage, type Stage } from '../recordings/stage.ts';
import { until } from '../support/clock/until.ts';
import { createFakeJellyfin } from './fake-jellyfin.ts';

const VERSION = '12.0';
const { server, exchanges } = readRecording(VERSION);
const HEARD = 'Frames received: ';

/** Opcode and payload of a frame, as the recordings have it; a payload that is no text has U+FFFD for what is none. */
type Frame = readonly [opcode: number, payload: string];

const RECORDED = exchanges
  .filter(({ status, note = '' }) => status === 101 && note.includes(HEARD))
  .map((exchange) => {
    const { note = '' } = exchange;
    const frames = JSON.parse(note.slice(note.indexOf(HEARD) + HEARD.length)) as Frame[];
    return [exchange.name, exchange, frames] as const;
  });

/** An id of a message differs each time; where it stands and how it looks does not. */
const alike = (frames: readonly Frame[]): Frame[] =>
  frames.map(([opcode, payload]) => [
    opcode,
    payload.replace(/^\{"MessageId":"[0-9a-f]{32}"/, '{"MessageId":"…"'),
  ]);

/** What happened on the recorded server while the socket was open, by the name and the note of the exchange. */
async function meanwhile({ name }: Exchange, socket: WebSocket, stage: Stage): Promise<void> {
  if (name === 'websocket-malformed') socket.send('no JSON');
  if (name === 'websocket-token-revoked') {
    const path = `/Users/Password?userId=${server.users['alice']}`;
    expect((await stage.call('POST', path, { NewPw: 'another-1' })).status).toBe(204);
  }
  if (!name.startsWith('websocket-activity-')) return;
  socket.send('{"MessageType":"ActivityLogEntryStart","Data":"0,1500"}');
  await echo(socket);
  expect(await stage.login('bob', 'wrong', 'frames')).toBeUndefined();
}

/** Resolves once the server has read everything before. */
function echo(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    const hear = (data: unknown): void => {
      if (!String(data).includes('"KeepAlive"')) return;
      socket.off('message', hear);
      resolve();
    };
    socket.on('message', hear);
    socket.send('{"MessageType":"KeepAlive"}');
  });
}

test('there are recorded frames of all kinds', () => {
  expect(RECORDED.length).toBeGreaterThanOrEqual(8);
  expect(new Set(RECORDED.flatMap(([, , frames]) => frames.map(([opcode]) => opcode)))).toEqual(
    new Set([1, 8]),
  );
});

test.each(RECORDED)(
  '%s: the same frames as the recorded server, in the same order',
  async (_name, exchange, recorded) => {
    const scene = sceneOf(VERSION, exchange, server);
    const fake = await createFakeJellyfin(scene.options);
    onTestFinished(() => fake.close());
    const stage = createStage(fake, exchange, server);
    await scene.prepare(stage);
    const filled = (text: string): string =>
      [...stage.bind].reduce((result, [from, to]) => result.replaceAll(from, to), text);
    const authorization = exchange.requestHeaders.find((line) => line.startsWith('Authorization: '));
    const headers = authorization === undefined ? {} : { authorization: filled(authorization.slice(15)) };
    const frames: Frame[] = [];
    let isClosed = false;
    const socket = new WebSocket(fake.url.replace('http', 'ws') + filled(exchange.path), { headers });
    onTestFinished(() => socket.terminate());
    socket.on('message', (data, isBinary) => frames.push([isBinary ? 2 : 1, String(data)]));
    socket.on('close', (code, reason) => {
      isClosed = true;
      const payload = Buffer.concat([Buffer.from([code >> 8, code & 0xff]), reason]);
      frames.push([8, payload.toString('utf8')]);
    });
    await until(() => frames.length > 0);
    await meanwhile(exchange, socket, stage);
    if (recorded.some(([opcode]) => opcode === 8)) await until(() => isClosed);
    else await echo(socket);
    const heard = frames.filter(([, payload]) => !payload.includes('"KeepAlive"'));
    expect(alike(heard)).toEqual(alike(recorded));
  },
);
