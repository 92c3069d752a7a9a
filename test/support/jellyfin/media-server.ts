import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { Readable } from 'node:stream';
import { onTestFinished } from 'vitest';
import type { MadeCertificate } from '../network/certificates.ts';
import { listen, shut } from '../network/listen.ts';

/** A server in Jellyfin's place that streams films and takes uploads, and nothing else. */
export interface MediaServer {
  readonly port: number;
  /** Request targets as they came. */
  readonly asked: string[];
  /** Sends the rest of {@link FILM}, which waits for it. */
  goOn(): void;
  /** How many films are being asked for right now. */
  reading(): number;
}

/** A film of which only {@link BEGINNING} comes until the server is told to go on. */
export const FILM = '/Videos/1/stream.mkv';
/** A film without an end. */
export const ENDLESS = '/Videos/2/stream.mkv';

/** Too little to fill anybody's buffer. */
export const BEGINNING = Buffer.alloc(1_000, 1);
/** What follows. */
export const REST_BYTES = 600_000;

/** Sent as the answer to an upload. */
export function digestOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Starts one, over https with a certificate; gone after the running test. */
export async function startMediaServer(certificate?: MadeCertificate): Promise<MediaServer> {
  const asked: string[] = [];
  let reading = 0;
  let goOn: () => void = () => undefined;
  const told = new Promise<void>((resolve) => {
    goOn = resolve;
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url?.split('?')[0] ?? '';
    asked.push(request.url ?? '');
    if (path === '/System/Info/Public') {
      const known = { Version: '10.11.11', ServerName: 'x', Id: 'a'.repeat(32) };
      const body = { ...known, StartupWizardCompleted: true, ProductName: 'Jellyfin Server' };
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    } else if (path.endsWith('/stream.mkv')) {
      reading += 1;
      response.once('close', () => {
        reading -= 1;
      });
      response.writeHead(200, { 'Content-Type': 'video/x-matroska' });
      if (path === ENDLESS) {
        const film = new Readable({ read: () => void film.push(Buffer.alloc(65_536)) });
        film.pipe(response).once('close', () => film.destroy());
        return;
      }
      response.write(BEGINNING);
      await told;
      response.end(Buffer.alloc(REST_BYTES, 2));
    } else {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      response.writeHead(200, { 'Content-Type': 'text/plain' }).end(digestOf(Buffer.concat(chunks)));
    }
  }

  const take = (request: IncomingMessage, response: ServerResponse): void => {
    answer(request, response).catch(() => response.destroy());
  };
  const server = certificate === undefined ? createServer(take) : createSecureServer(certificate, take);
  const port = await listen(server);
  onTestFinished(() => shut(server));
  return { port, asked, goOn: () => goOn(), reading: () => reading };
}
