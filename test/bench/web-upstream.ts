import http, { type IncomingMessage } from 'node:http';
import { pathToFileURL } from 'node:url';
import { constants, createBrotliCompress } from 'node:zlib';
import { createFakeJellyfin, JELLYFIN_VERSIONS, type JellyfinVersion } from '../jellyfin/fake-jellyfin.ts';
import { listen } from '../support/network/listen.ts';

interface Kept {
  readonly status: number;
  readonly rawHeaders: string[];
  readonly etag: string | undefined;
  readonly body: Buffer;
}

/**
 * The fake Jellyfin with a built web client, or with its own pretended one, its files compressed as Jellyfin does (brotli at .NET's `Fastest`, which is
 * quality 1, flushed with every 16 kB; a recorded load of 10.11.11 had 2.03 MB) and remembered: compressing anew for each request would make bare loads look slower than they need be.
 */
async function openWebUpstream(version: JellyfinVersion, webFolder?: string): Promise<number> {
  const fake = await createFakeJellyfin({ version, ...(webFolder !== undefined && { webFolder }) });
  const kept = new Map<string, Kept>();
  // A kept connection may be closed by the fake just when it is used again.
  const agent = new http.Agent({ keepAlive: false });

  function ask(request: IncomingMessage, body: Buffer): Promise<Kept> {
    const { method, url, headers } = request;
    return new Promise((resolve, reject) => {
      const outgoing = http.request(
        new URL(url ?? '/', fake.url),
        { method, headers, agent },
        async (answer) => {
          const chunks: Buffer[] = [];
          for await (const chunk of answer) chunks.push(chunk as Buffer);
          const { statusCode = 502, rawHeaders } = answer;
          resolve({ status: statusCode, rawHeaders, etag: answer.headers.etag, body: Buffer.concat(chunks) });
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }

  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { url = '', method, headers } = request;
    const isFile = method === 'GET' && url.startsWith('/web/') && headers.range === undefined;
    const key = `${url}\n${headers['accept-encoding']}`;
    const wanted = headers['if-none-match'];
    delete headers['if-none-match'];
    delete headers['if-modified-since'];
    const isCompressed = isFile && /\bbr\b/.test(String(headers['accept-encoding']));
    if (isCompressed) headers['accept-encoding'] = 'identity';
    let answer = isFile ? kept.get(key) : undefined;
    if (answer === undefined) {
      answer = await ask(request, Buffer.concat(chunks));
      if (isCompressed) answer = await compress(answer);
      if (isFile && answer.status === 200) kept.set(key, answer);
    }
    if (answer.etag !== undefined && answer.etag === wanted) response.writeHead(304, { ETag: wanted }).end();
    else {
      const rawHeaders = answer.rawHeaders.filter((_entry, index, all) => {
        const name = all[index - (index % 2)]?.toLowerCase();
        return name !== 'transfer-encoding' && name !== 'content-length' && name !== 'connection';
      });
      if (answer.status !== 204) rawHeaders.push('Content-Length', String(answer.body.length));
      response.writeHead(answer.status, rawHeaders).end(answer.body);
    }
  });
  return await listen(server);
}

async function compress(answer: Kept): Promise<Kept> {
  const type = answer.rawHeaders[answer.rawHeaders.findIndex((entry) => /^content-type$/i.test(entry)) + 1];
  if (answer.status !== 200 || !/^(?:text\/|application\/(?:json|javascript|wasm))/.test(type ?? ''))
    return answer;
  const body = await compressFlushed(answer.body);
  return { ...answer, body, rawHeaders: [...answer.rawHeaders, 'Content-Encoding', 'br'] };
}

async function compressFlushed(plain: Buffer): Promise<Buffer> {
  const stream = createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise((resolve) => stream.once('end', resolve));
  for (let at = 0; at < plain.length; at += 16_384) {
    stream.write(plain.subarray(at, at + 16_384));
    await new Promise<void>((resolve) => stream.flush(constants.BROTLI_OPERATION_FLUSH, resolve));
  }
  stream.end();
  await ended;
  return Buffer.concat(chunks);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [, , named, folder] = process.argv;
  const version = JELLYFIN_VERSIONS.find((known) => known === named) ?? '10.11.11';
  process.stdout.write(`${await openWebUpstream(version, folder)}\n`);
}
