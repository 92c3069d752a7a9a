import { once } from 'node:events';
import http, { type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { createInjector } from '../../../injector/create-injector.ts';
import { MODS, TEST_MODS_URL } from '../../injector/rewrite/test-mods.ts';
import { createKeptLog, type KeptLog } from '../../support/log/quiet-log.ts';
import { modList } from '../../support/mods/mod-list.ts';
import { listen, shut } from '../../support/network/listen.ts';

/** A page as Jellyfin's web client begins, in small. */
export const PAGE =
  '<!DOCTYPE html><html><head><meta charset="utf-8"><link rel="manifest" href="fd4301fdc170fd202474.json">' +
  '<title>Jellyfin</title><script defer="" src="main.js"></script></head><body><p>Grüße</p></body></html>';

/** A whole answer as it went over the wire. */
export interface Got {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Answers one request in Jellyfin's place. */
export type AnswerAs = (request: IncomingMessage, response: ServerResponse) => void;

/** The injector with the test mods in front of a server that answers as each test wants. */
export interface RewritingStage {
  /** Requests that reached the server, without those for its version. */
  readonly seen: IncomingMessage[];
  readonly log: KeptLog;
  /** Port of the injector. */
  readonly port: number;
  /** How everything is answered from now on. */
  answerAs(answer: AnswerAs): void;
  switchOn(mods: Record<string, unknown>): Promise<void>;
  /** Ends the server with all its connections; its port then refuses. */
  endJellyfin(): Promise<void>;
  /** Starts it again on the same port. */
  startJellyfin(): Promise<void>;
  /** @throws {Error} when the answer is broken off. */
  get(path: string, headers?: Record<string, string>, method?: string): Promise<Got>;
  close(): Promise<void>;
}

/** Starts it with the mod `style` on. */
export async function openRewritingStage(): Promise<RewritingStage> {
  let answer: AnswerAs = (_request, response) => sendPage(response, PAGE);
  const seen: IncomingMessage[] = [];
  const upstream = http.createServer((request, response) => {
    if (request.url?.endsWith('/System/Info/Public')) {
      response.end('{"Version":"10.11.11","StartupWizardCompleted":true}');
      return;
    }
    if (request.url === '/health') {
      response.end('Healthy');
      return;
    }
    seen.push(request);
    answer(request, response);
  });
  const log = createKeptLog();
  const injector = createInjector({
    mods: modList(MODS),
    modsUrl: TEST_MODS_URL,
    clientFolder: 'dist/client',
    log,
  });
  const jellyfinPort = await listen(upstream);
  const jellyfinUrl = `http://127.0.0.1:${jellyfinPort}`;
  const switchOn = (enabledMods: Record<string, unknown>) =>
    injector.configure({ jellyfinUrl, trustedProxies: [], enabledMods }, undefined);
  await switchOn({ style: { colour: 'red' } });
  const port = await listen(injector.server);
  return {
    ...{ seen, log, port, switchOn },
    endJellyfin: () => shut(upstream),
    startJellyfin: async () => {
      upstream.listen(jellyfinPort, '127.0.0.1');
      await once(upstream, 'listening');
    },
    answerAs: (next) => {
      answer = next;
    },
    get: (path, headers = {}, method = 'GET') => getFrom(port, path, headers, method),
    async close() {
      await injector.close();
      await shut(injector.server);
      if (upstream.listening) await shut(upstream);
    },
  };
}

/** Answers with a page whose ETag follows its bytes. */
export function sendPage(
  response: ServerResponse,
  page: string | Buffer,
  headers: Record<string, string> = {},
) {
  response.writeHead(200, {
    'Content-Type': 'text/html',
    ETag: `"up-${Buffer.byteLength(page)}"`,
    'Last-Modified': 'Sat, 21 Nov 2026 10:00:00 GMT',
    'Accept-Ranges': 'bytes',
    ...headers,
  });
  response.end(page);
}

/** By node:http, because fetch decodes bodies and adds headers of its own. */
function getFrom(port: number, path: string, headers: Record<string, string>, method: string): Promise<Got> {
  return new Promise((resolve, reject) => {
    const options = { port, path, headers, method, agent: false as const };
    const request = http.request(options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const { statusCode = 0, complete } = response;
        if (complete) resolve({ status: statusCode, headers: response.headers, body: Buffer.concat(chunks) });
        else reject(new Error('broken off'));
      });
    });
    request.on('error', reject);
    request.end();
  });
}

/** The page as the mod `style` leaves it, with a placeholder for the address that changes with the rules. */
export function withoutStyle(body: Buffer): string {
  return body.toString().replace(/<link rel="stylesheet" href="\.\.\/gatehouse\/mods\/[\w-]+\.css">/, '');
}
