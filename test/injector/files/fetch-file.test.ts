import { describe, expect, it } from 'vitest';
import { createFetchFile } from '../../../injector/files/fetch-file.ts';
import { FILE_LIMITS } from '../../../injector/files/limits.ts';
import { type Served, startFileServer } from '../../support/network/file-server.ts';

const PRIVATE =
  /^leads into the home network or to this machine; if that is meant, add \S+ to files\.allowPrivate$/;

describe('nobody outside can send Gatehouse into the home network', () => {
  it.each([
    'http://127.0.0.1:PORT/a',
    'http://127.1:PORT/a',
    'http://2130706433:PORT/a',
    'http://0x7f000001:PORT/a',
    'http://0.0.0.0:PORT/a',
    'http://[::1]:PORT/a',
    'http://[::]:PORT/a',
    'http://[::ffff:127.0.0.1]:PORT/a',
    'http://[::ffff:7f00:1]:PORT/a',
    'http://[64:ff9b::7f00:1]:PORT/a',
    'http://169.254.169.254/latest/meta-data',
    'http://[fe80::1]/a',
    'http://[fd00::1]/a',
    'http://10.0.0.1/a',
    'http://172.16.0.1/a',
    'http://192.168.0.1/a',
    'http://100.64.0.1/a',
    'http://224.0.0.1/a',
    // Names that lead there: looked up by the system when the connection is made.
    'http://localhost:PORT/a',
    'http://LOCALHOST:PORT/a',
  ])('%s', async (address) => {
    const server = await startFileServer({ '/a': 'inside' });
    const fetchFile = createFetchFile([]);
    await expect(fetchFile(address.replace('PORT', new URL(server.url).port))).rejects.toThrow(PRIVATE);
    expect(server.asked).toEqual([]);
  });

  it.each(['http://localhost:PORT/a', 'http://[::1]:PORT/a', 'http://169.254.169.254/a'])(
    'by a redirect to %s from a server that is allowed',
    async (target) => {
      const server = await startFileServer({ '/a': 'inside' });
      const { port } = new URL(server.url);
      server.files['/moved'] = (response) =>
        response.writeHead(302, { Location: target.replace('PORT', port) }).end();
      await expect(createFetchFile(['127.0.0.1'])(`${server.url}/moved`)).rejects.toThrow(PRIVATE);
      expect(server.asked).toEqual(['/moved']);
    },
  );

  it('unless the host stands in the list, by the name that is written', async () => {
    const server = await startFileServer({ '/a': 'inside' });
    const { port } = new URL(server.url);
    const found = await createFetchFile(['127.0.0.1'])(`${server.url}/a`);
    expect(found).toEqual({ bytes: Buffer.from('inside'), address: `${server.url}/a` });
    await expect(createFetchFile(['127.0.0.1'])(`http://localhost:${port}/a`)).rejects.toThrow(PRIVATE);
    await expect(createFetchFile(['LocalHost'])(`http://localhost:${port}/a`)).resolves.toHaveProperty(
      'bytes',
    );
  });
});

describe('what cannot be fetched says why', () => {
  const moved =
    (location: string): Served =>
    (response) =>
      void response.writeHead(301, { Location: location }).end();
  it.each([
    [500, 'is answered with 500 by its server; open it in a browser'],
    [403, 'is answered with 403 by its server; open it in a browser'],
    [206, 'is answered with 206 by its server; open it in a browser'],
    [moved('ftp://127.0.0.1/a'), 'leads on to what is no http or https address without a password'],
    [
      moved('http://ada:secret@127.0.0.1/a'),
      'leads on to what is no http or https address without a password',
    ],
    [moved('/a'), 'leads on to another address more than 5 times; write the last one'],
    [(response) => void response.destroy(), 'cannot be fetched from 127.0.0.1 (ECONNRESET)'],
    [
      (response) => void response.writeHead(200, { 'Content-Encoding': 'br' }).end('x'),
      'comes compressed though nobody asked for it; copy it beside config.yaml',
    ],
    [
      // Without a length, so that it must be counted.
      (response) => {
        response.write(Buffer.alloc(FILE_LIMITS.bytes));
        response.end('x');
      },
      'is larger than 8 MB; make it smaller',
    ],
    [
      (response) => {
        response.writeHead(200, { 'Content-Length': 10 }).write('half');
        setImmediate(() => response.destroy());
      },
      'cannot be fetched from 127.0.0.1 (ECONNRESET)',
    ],
  ] as [Served, string][])('%# %o', async (served, sentence) => {
    const server = await startFileServer({ '/a': served });
    await expect(createFetchFile(['127.0.0.1'])(`${server.url}/a`)).rejects.toMatchObject({
      message: sentence,
    });
  });

  it('a server that is away, and a name that is none', async () => {
    const server = await startFileServer();
    await server.stop();
    const fetchFile = createFetchFile(['127.0.0.1']);
    await expect(fetchFile(`${server.url}/a`)).rejects.toThrow(
      'cannot be fetched from 127.0.0.1 (ECONNREFUSED)',
    );
    await expect(fetchFile('http://none.invalid/a')).rejects.toThrow(
      /^cannot be fetched: none\.invalid is not found/,
    );
  });
});

it('where redirects lead in the end is told, and 404 is no fault', async () => {
  const server = await startFileServer({ '/b/c': 'x' });
  server.files['/a'] = (response) => void response.writeHead(302, { Location: 'b/c' }).end();
  const fetchFile = createFetchFile(['127.0.0.1']);
  expect(await fetchFile(`${server.url}/a`)).toEqual({
    bytes: Buffer.from('x'),
    address: `${server.url}/b/c`,
  });
  expect(await fetchFile(`${server.url}/none`)).toEqual({ absent: 404, address: `${server.url}/none` });
});
