import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { differences } from '../recordings/compare.ts';
import { LEFT_OUT, LEFT_OUT_OF } from '../recordings/left-out.ts';
import { exchangeRaw, type RawAnswer } from '../recordings/raw-exchange.ts';
import { type Exchange, type RecordedServer, readRecording } from '../recordings/recorded.ts';
import { sceneOf } from '../recordings/scenes.ts';
import { createStage, type Stage } from '../recordings/stage.ts';
import { createFakeJellyfin, type FakeJellyfin, JELLYFIN_VERSIONS } from './fake-jellyfin.ts';
import type { StaticFiles } from './static.ts';

/** Bytes that the recordings could not keep, made again from their lengths and names. */
const BINARY: Readonly<Record<string, Buffer>> = {
  'forgot-body-utf16': Buffer.from('{"EnteredUsername":"nobody"}', 'utf16le'),
  'forgot-body-utf16-bom': Buffer.from('\ufeff{"EnteredUsername":"nobody"}', 'utf16le'),
  'forgot-body-invalid-utf8': Buffer.from('{"EnteredUsername":"nobody\xff\xfe"}', 'latin1'),
  'body-1mb': Buffer.from(`{"EnteredUsername":"${'a'.repeat(1_000_000)}"}`),
  'forgot-body-gzip': gzipSync('{"EnteredUsername":"nobody"}'),
};

/** Keys whose values depend on what else had been done on the recorded server. */
const VARIABLE: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^auth-keys-/, ['AppName', 'TotalRecordCount']],
  [/^(devices|sessions|activitylog)-/, ['TotalRecordCount']],
  [/^startup-user-get-after-wizard/, ['Name']],
  [/^users-new-/, ['Id']],
];

/** Headers that must have been sent, though the recording does not have them. */
const UNRECORDED: Readonly<Record<string, string>> = {
  authenticatewithquickconnect: 'Content-Type: application/json',
};

const SOCKET_HEADERS = ['Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', 'Sec-WebSocket-Version: 13'];

/** Files as long and as old as the recorded ones: then even their ETags must be the same. */
function standIns(server: RecordedServer): StaticFiles {
  return {
    read: (path) => {
      const file = server.files[path];
      return file && { bytes: Buffer.alloc(file.length, 'a'), modified: new Date(file.modified) };
    },
  };
}

function requestBytes(exchange: Exchange, stage: Stage): Buffer {
  const filled = (text: string): string =>
    [...stage.bind].reduce((result, [from, to]) => result.replaceAll(from, to), text);
  const isAnnounced = exchange.requestBody?.startsWith('<30000001') === true;
  const text = isAnnounced ? 'x' : filled(exchange.requestBody ?? '');
  const body = BINARY[exchange.name] ?? Buffer.from(text);
  const headers = exchange.requestHeaders.map(filled);
  const has = (name: string): boolean => headers.some((line) => line.toLowerCase().startsWith(`${name}:`));
  const isSocket = has('upgrade');
  const lines = [
    `${exchange.method} ${filled(exchange.path)} HTTP/1.1`,
    ...(has('host') ? [] : [`Host: 127.0.0.1:${stage.server.port}`]),
    ...headers,
    ...(has('content-type') ? [] : [UNRECORDED[exchange.name] ?? []].flat()),
    ...(isSocket ? SOCKET_HEADERS : []),
    ...(body.length > 0 || exchange.method === 'POST'
      ? [`Content-Length: ${isAnnounced ? 30_000_001 : body.length}`]
      : []),
  ];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), body]);
}

async function ask(fake: FakeJellyfin, exchange: Exchange, stage: Stage): Promise<RawAnswer> {
  const bytes = requestBytes(exchange, stage);
  const once = (): Promise<RawAnswer> => exchangeRaw(fake.port, bytes, exchange.method === 'HEAD');
  if (!exchange.name.includes('concurrent')) return once();
  const answers = await Promise.all([once(), once(), once(), once()]);
  return answers.find((answer) => answer.status === exchange.status) ?? once();
}

async function replay(
  version: (typeof JELLYFIN_VERSIONS)[number],
  exchange: Exchange,
  server: RecordedServer,
): Promise<string[]> {
  const scene = sceneOf(version, exchange, server);
  const fake = await createFakeJellyfin({ ...scene.options, webFiles: standIns(server) });
  try {
    const stage = createStage(fake, exchange, server);
    await scene.prepare(stage);
    const answer = await ask(fake, exchange, stage);
    const port = new RegExp(`(?<!\\d)${fake.port}(?!\\d)`, 'g');
    const wordsOf = (text: string): string => {
      const words = text.replaceAll(fake.dataFolder, '{data}').replace(port, String(server.port));
      const bound = [...stage.bind].reduce((result, [to, from]) => result.replaceAll(from, to), words);
      return bound.replace(/\$[0-9A-F]{32}\$[0-9A-F]{128}/g, '$${salt}$${hash}');
    };
    const variable = VARIABLE.filter(([name]) => name.test(exchange.name)).flatMap(([, keys]) => keys);
    return differences(exchange, answer, { wordsOf, variable });
  } finally {
    await fake.close();
  }
}

describe.each(JELLYFIN_VERSIONS)('the fake answers like the recorded Jellyfin %s', (version) => {
  const { server, exchanges } = readRecording(version);
  const leftOut = { ...LEFT_OUT, ...LEFT_OUT_OF[version] };
  const replayed = exchanges.filter((exchange) => !(exchange.name in leftOut));

  afterAll(() => {
    const missing = exchanges.length - replayed.length;
    process.stdout.write(`${version}: ${replayed.length} replayed, ${missing} left out\n`);
  });

  test.each(replayed.map((exchange) => [exchange.name, exchange] as const))('%s', async (_name, exchange) => {
    expect((await replay(version, exchange, server)).join('\n')).toBe('');
  });
});
