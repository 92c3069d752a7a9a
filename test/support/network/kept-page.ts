import http, { type IncomingHttpHeaders } from 'node:http';
import { onTestFinished } from 'vitest';
import { tempFolder } from '../files/temp-folder.ts';
import { generatedBlock } from './generated-nginx.ts';
import { startNginxWith } from './nginx.ts';

/** Header in which nginx says, to tests only, what its cache did: HIT, MISS, EXPIRED, BYPASS, or nothing. */
const STATUS_HEADER = 'x-test-cache';

/** An answer as it came over the wire. */
export interface KeptAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** What nginx's cache did for it; empty where it had no part in it. */
  readonly cache: string;
}

/** An nginx of `gatehouse nginx` whose cache is watched. */
export interface WatchedNginx {
  readonly port: number;
  /** Where it keeps what it keeps. */
  readonly folder: string;
  ask(path: string, headers?: Record<string, string>, method?: string): Promise<KeptAnswer>;
  /** Asks until the answer comes out of the cache. */
  untilKept(path: string, headers?: Record<string, string>): Promise<KeptAnswer>;
}

/** Starts nginx with that text, for the test that asks for it, in which it adds a header to each answer. */
export async function startWatchedNginx(text: string): Promise<WatchedNginx> {
  const folder = await tempFolder();
  const placed = text.replace(/proxy_cache_path \S+/, `proxy_cache_path ${folder}/cache`);
  const nginx = await startNginxWith(
    (port) => `add_header ${STATUS_HEADER} $upstream_cache_status always;\n${generatedBlock(placed)(port)}`,
  );
  onTestFinished(() => nginx.close());
  const ask: WatchedNginx['ask'] = (...asked) => askOnce(nginx.port, ...asked);
  return {
    port: nginx.port,
    folder,
    ask,
    async untilKept(path, headers) {
      // What is still being made is not kept, however long that takes; the time limit of the test is the only one.
      for (;;) {
        const answer = await ask(path, headers);
        if (answer.cache === 'HIT') return answer;
      }
    },
  };
}

/** One request on a connection of its own; neither decoded nor followed. */
export function askOnce(
  port: number,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<KeptAnswer> {
  return new Promise((resolve, reject) => {
    const request = http.request({ port, path, method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const { [STATUS_HEADER]: cache = '', ...others } = response.headers;
        resolve({
          status: response.statusCode ?? 0,
          headers: others,
          body: Buffer.concat(chunks),
          cache: String(cache),
        });
      });
    });
    request.on('error', reject);
    request.end();
  });
}
