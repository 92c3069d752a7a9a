import { askOver, type Question, type UpstreamAnswer } from './ask.ts';
import type { HttpClient } from './exchange.ts';
import { createHttpClient } from './http-client.ts';
import type { JellyfinAddress } from './open-socket.ts';
import { openSocket } from './open-socket.ts';

/** Where Jellyfin listens, and the one client that carries everything there. */
export interface Upstream extends JellyfinAddress {
  /** Connections that are kept open; unlimited in number, since each film takes one. */
  readonly client: HttpClient;
  /**
   * Asks Jellyfin and reads the whole answer.
   *
   * @throws {Error} when Jellyfin cannot be reached, breaks off, is silent for too long, or answers over 16 MiB.
   */
  ask(question: Question): Promise<UpstreamAnswer>;
}

/** `unix:/run/jellyfin.sock`, with the base path behind another colon, as nginx writes it. */
const UNIX_ADDRESS = /^unix:(?:\/\/)?(\/[^:?#\s]+)(?::(\/[^?#\s]*)?)?$/;

/**
 * Reads `http://host:8096/base`, `https://…`, or `unix:/run/jellyfin.sock:/base`.
 *
 * @throws {TypeError} when it is none of these; the configuration has checked it before.
 */
export function parseJellyfinAddress(text: string): JellyfinAddress {
  const [, socketPath, unixBase = ''] = UNIX_ADDRESS.exec(text) ?? [];
  const url = new URL(socketPath === undefined ? text : `http://localhost${unixBase}`);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new TypeError(`"${text}" is no address`);
  return { origin: new URL(url.origin), basePath: url.pathname.replace(/(?<!\/)\/+$/, ''), socketPath };
}

/**
 * Describes where Jellyfin listens. Connects to nothing yet.
 *
 * @param jellyfinUrl `jellyfin.url`.
 * @param ca Content of `jellyfin.caFile`.
 */
export function createUpstream(jellyfinUrl: string, ca?: string): Upstream {
  const address = parseJellyfinAddress(jellyfinUrl);
  const client = createHttpClient((inspect) => openSocket(address, ca, inspect));
  const { host } = address.origin;
  return {
    ...{ ...address, client },
    ask: (question) => askOver(client, { ...question, headers: { host, ...question.headers } }),
  };
}
