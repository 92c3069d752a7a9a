import { createServer } from 'node:http';
import { onTestFinished } from 'vitest';
import { listen, shut } from '../network/listen.ts';

/** What the token endpoint answers: a body with a status, or text that is none of its own. */
export type TokenAnswer = {
  readonly status?: number;
  readonly body: object | string;
  readonly location?: string;
};

/** A running token endpoint. */
export interface TokenServer {
  readonly url: string;
  /** The forms that were sent, oldest first. */
  readonly asked: readonly Readonly<Record<string, string>>[];
  /** Changes what it answers from now on; the number is that of the request, from 1. */
  answer(next: (request: number) => TokenAnswer): void;
}

/** Starts a token endpoint as RFC 6749 section 5 has it; it ends with the running test. By default tokens are `access-1`, `access-2` and so on. */
export async function startTokenServer(): Promise<TokenServer> {
  const asked: Record<string, string>[] = [];
  let answer = (request: number): TokenAnswer => ({
    body: { access_token: `access-${request}`, token_type: 'Bearer', expires_in: 3600 },
  });
  const server = createServer((request, response) => {
    let form = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      form += chunk;
    });
    request.on('end', () => {
      asked.push(Object.fromEntries(new URLSearchParams(form)));
      const { status = 200, body, location } = answer(asked.length);
      const headers = {
        'Content-Type': 'application/json',
        ...(location === undefined ? {} : { Location: location }),
      };
      response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
  const url = `http://127.0.0.1:${await listen(server)}/token`;
  onTestFinished(() => shut(server));
  return {
    url,
    asked,
    answer: (next) => {
      answer = next;
    },
  };
}
