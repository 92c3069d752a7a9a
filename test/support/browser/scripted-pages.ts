import { createServer, type IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import express, { type Router } from 'express';
import { build } from 'vite';
import { createCommonPasswordsRoute, createPages } from '../../../server/http/routes/pages.ts';
import { setSecurityHeaders } from '../../../server/http/security-headers.ts';
import { listen, shut } from '../network/listen.ts';

/** A request as it came in. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

/** Our pages as the reset service serves them, with an API that answers what a test says. */
export interface ScriptedPages {
  /** Address of the pages, ends with `/gatehouse/`. */
  readonly address: string;
  /** Every request, in order; empty it between tests. */
  readonly seen: SeenRequest[];
  /** What `api/<call>` answers from now on; `wait` holds it back, and a status of 0 breaks the connection. */
  answer(call: string, status: number, body?: unknown, wait?: Promise<void>): void;
  close(): Promise<void>;
}

/** Builds the pages from their sources into a folder; 0.5 s. */
export async function buildPages(folder: string): Promise<void> {
  const root = join(import.meta.dirname, '../../..');
  await build({
    configFile: join(root, 'vite.config.ts'),
    root: join(root, 'ui'),
    build: { outDir: folder, emptyOutDir: true },
  });
}

/**
 * Serves built pages with the real routes and security headers of the reset service.
 *
 * @param folder What {@link buildPages} filled.
 * @param base Path before `/gatehouse/`, such as `/media`; default none.
 * @param accountApi What answers below `api/account/`; default nothing does, as where My Account is not served.
 */
export async function servePages(folder: string, base = '', accountApi?: Router): Promise<ScriptedPages> {
  const answers = new Map<string, { status: number; body: unknown; wait?: Promise<void> | undefined }>();
  const seen: SeenRequest[] = [];
  const app = express();
  app.use(express.json(), (request, _response, next) => {
    seen.push({
      method: request.method,
      url: request.originalUrl,
      headers: request.headers,
      body: request.body,
    });
    next();
  });
  app.use(setSecurityHeaders);
  if (accountApi !== undefined) app.use(`${base}/gatehouse/api/account`, accountApi);
  app.post(`${base}/gatehouse/api/:call`, async (request, response) => {
    const { status, body, wait } = answers.get(request.params.call) ?? { status: 404, body: {} };
    await wait;
    if (status === 0) request.socket.destroy();
    else response.status(status).json(body);
  });
  app.use(`${base}/gatehouse`, createCommonPasswordsRoute('password1\nqwertyuiop\n'), createPages(folder));
  app.get(`${base}/web/index.html`, (_request, response) => {
    response.send('<!doctype html><title>Jellyfin</title>');
  });
  const server = createServer(app);
  return {
    address: `http://127.0.0.1:${await listen(server)}${base}/gatehouse/`,
    seen,
    answer: (call, status, body = {}, wait = undefined) => void answers.set(call, { status, body, wait }),
    close: () => shut(server),
  };
}
