import { createServer } from 'node:http';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { type Channel, defineChannel, type SendOutcome } from '../../../server/ports/channel.ts';
import { listen, shut } from '../network/listen.ts';

const NUMBER = /^\+\d{4,15}$/;

/** A channel that is in no registry but the tests': it sends messages to a number, over HTTP. */
export const PAGER = defineChannel({
  name: 'pager',
  section: 'pager',
  linking: 'code-to-person',
  properName: 'Pager',
  readAddress: (typed) => (NUMBER.test(typed) ? { address: typed } : { fault: 'is not a number' }),
  options: z.strictObject({ url: z.string().meta({ description: 'Where it takes messages.' }) }),
  check: { fine: 'The pager answers.', fix: 'Mend pager.url.' },
  create: async ({ url }) => createPagerChannel(url),
});

function createPagerChannel(url: string): Channel {
  const closing = new AbortController();
  async function post(path: string, body: object, signal?: AbortSignal): Promise<SendOutcome> {
    try {
      const { status, headers } = await fetch(`${url}${path}`, {
        method: 'POST',
        body: JSON.stringify(body),
        signal: AbortSignal.any([closing.signal, ...(signal === undefined ? [] : [signal])]),
      });
      if (status < 300) return { kind: 'sent' };
      const detail = `The pager answered ${status}.`;
      if (status < 500) return { kind: 'permanent', detail };
      return { kind: 'temporary', detail, retryAfterMs: Number(headers.get('retry-after')) * 1000 };
    } catch {
      return { kind: 'unreachable', detail: 'The pager cannot be reached.' };
    }
  }
  return {
    name: 'pager',
    width: 2,
    check: () => post('/check', {}),
    send: async ({ to, key, text }, signal) => {
      if (!NUMBER.test(to.address)) return { kind: 'permanent', detail: 'The contact is not a number.' };
      return post('/messages', { number: to.address, key, text }, signal);
    },
    close: () => closing.abort(),
  };
}

/** A message as it came to the pager. */
export interface Page {
  readonly number: string;
  readonly key: string;
  readonly text: string;
}

/** Starts the other side of it, which is gone after the running test; `answersNothing`: it takes all and never answers. */
export async function startPager(options: { readonly answersNothing?: boolean } = {}) {
  const pages: Page[] = [];
  let asked = 0;
  let refusal: { readonly status: number; readonly retryAfter: number } | undefined;
  const server = createServer((request, response) => {
    asked += 1;
    if (options.answersNothing === true) return;
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      if (refusal !== undefined) {
        response.writeHead(refusal.status, { 'retry-after': String(refusal.retryAfter) }).end(body);
        return;
      }
      if (request.url === '/messages') pages.push(JSON.parse(body) as Page);
      response.end();
    });
  });
  const url = `http://127.0.0.1:${await listen(server)}`;
  onTestFinished(() => shut(server));
  return {
    ...{ url, pages, asked: () => asked, close: () => shut(server) },
    /** From now on it refuses everything with this status, repeats what it was sent, and says when to come again, in seconds. */
    refuse: (status: number, retryAfter = 0) => {
      refusal = { status, retryAfter };
    },
  };
}
