import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import express, { type Express } from 'express';
import { onTestFinished, vi } from 'vitest';
import {
  createInjector,
  type Injector,
  type InjectorOptions,
} from '../../../server/middleware/create-injector.ts';
import { createKeptLog, type KeptLog } from '../log/quiet-log.ts';
import { listen, shut } from '../network/listen.ts';

/** What came to somebody's own way to Jellyfin. */
export interface Passed {
  readonly method: string;
  readonly url: string;
  readonly rawHeaders: readonly string[];
  readonly headers: IncomingHttpHeaders;
}

/** An express app with the injector before its own way, which answers `own` and keeps what came. */
export interface OwnProxy {
  readonly injector: Injector;
  readonly log: KeptLog;
  readonly port: number;
  readonly url: string;
  readonly passed: readonly Passed[];
  /** What is passed on from now on is answered so. */
  answerWith(answer: (response: ServerResponse) => void): void;
}

/**
 * Starts it; all of it ends after the running test.
 *
 * @param at What both are mounted at. @default the root
 */
export async function startOwnProxy(options: InjectorOptions, at = '/'): Promise<OwnProxy> {
  const log = createKeptLog();
  const injector = await createInjector({ log, ...options });
  onTestFinished(() => injector.close());
  const passed: Passed[] = [];
  let answer = (response: ServerResponse): void => void response.end('own');
  const app: Express = express();
  app.disable('x-powered-by');
  app.use(at, injector);
  app.use(at, ({ method, url, rawHeaders, headers }, response) => {
    passed.push({ method, url, rawHeaders, headers: { ...headers } });
    answer(response);
  });
  const server = createServer(app);
  const port = await listen(server);
  onTestFinished(() => shut(server));
  return {
    ...{ injector, log, port, url: `http://127.0.0.1:${port}`, passed },
    answerWith: (other) => {
      answer = other;
    },
  };
}

/** The page as it is once the version of Jellyfin is known. */
export function pageWith(url: string, text: string, path = '/web/index.html'): Promise<string> {
  return vi.waitFor(
    async () => {
      const page = await (await fetch(`${url}${path}`)).text();
      if (!page.includes(text)) throw new Error(`without "${text}": ${page.slice(0, 200)}`);
      return page;
    },
    { timeout: 20_000, interval: 50 },
  );
}
