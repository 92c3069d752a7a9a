import { randomBytes } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import { onTestFinished } from 'vitest';
import { createServer as createGate } from '../../../injector/admission/server.ts';
import type { Logger } from '../../../server/log/log.ts';
import { createResetClient } from '../../../server/split/client.ts';
import { createResetListener } from '../../../server/split/listener.ts';
import { listen, shut } from '../network/listen.ts';

/** Both ways in which injector and reset service may run, for `describe.each`. */
export const WAYS = [
  { way: 'in one process', isSplit: false },
  { way: 'in two halves', isSplit: true },
] as const;

/** The same app, reached over the line between two halves; gone after the running test. */
export async function behindLine(app: RequestListener, log: Logger): Promise<RequestListener> {
  const secret = randomBytes(32).toString('hex');
  const side = {
    answer: app,
    requestReset: async () => undefined,
    report: async () => ({ storage: 'unreachable' }) as const,
    close: async () => undefined,
  };
  const listener = createResetListener({
    reset: () => side,
    secrets: () => [secret],
    status: { answer: () => false },
    log,
  });
  const gate = createGate(listener, log);
  const port = await listen(gate);
  const client = createResetClient({ url: `http://127.0.0.1:${port}`, secret, log });
  onTestFinished(async () => {
    await client.close();
    await shut(gate);
  });
  return (request, response) => {
    // What the injector finds out where nobody has said it yet.
    request.headers['x-forwarded-for'] ??= request.socket.remoteAddress ?? '0.0.0.0';
    request.headers['x-forwarded-proto'] ??= 'http';
    request.headers['x-forwarded-host'] ??= request.headers.host ?? '';
    client.answer(request, response);
  };
}

/** Answers with the app, directly or over the line. */
export async function serveApp(app: RequestListener, isSplit: boolean, log: Logger): Promise<number> {
  const server = createServer(isSplit ? await behindLine(app, log) : app);
  const port = await listen(server);
  onTestFinished(() => shut(server));
  return port;
}
