import { createServer, type ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';
import { listen, shut } from './listen.ts';

/** What stands at a path: bytes, a status, or whatever the function answers. */
export type Served = Buffer | string | number | ((response: ServerResponse) => void);

/** A server of files on this machine. */
export interface FileServer {
  /** Without a slash at the end. */
  readonly url: string;
  /** By path, e.g. `/theme.css`; may be changed at any time. All else is a 404. */
  readonly files: Record<string, Served>;
  /** Paths that were asked for, in order. */
  readonly asked: string[];
  /** Ends it: nobody listens on its port any more. */
  stop(): Promise<void>;
}

/** Starts a server of files; gone after the running test. */
export async function startFileServer(files: Record<string, Served> = {}): Promise<FileServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    const served = files[path] ?? 404;
    if (typeof served === 'function') served(response);
    else if (typeof served === 'number') response.writeHead(served).end();
    else response.end(served);
  });
  const port = await listen(server);
  const stop = () => shut(server);
  onTestFinished(stop);
  return { url: `http://127.0.0.1:${port}`, files, asked, stop };
}
