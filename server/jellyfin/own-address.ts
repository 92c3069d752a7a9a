import { connect } from 'node:net';

/** How long to try, in milliseconds. */
const CONNECT_TIMEOUT_MS = 3_000;

/**
 * The address from which Jellyfin sees our connections: ours on the way to it. A network address translation in between
 * would change it, which cannot be seen from here. Through a unix socket there is none, and Jellyfin takes 127.0.0.1.
 *
 * @param jellyfinUrl `jellyfin.url`.
 * @returns undefined when Jellyfin cannot be reached. Never throws.
 */
export function findOwnAddress(jellyfinUrl: string): Promise<string | undefined> {
  const url = new URL(jellyfinUrl);
  if (url.protocol === 'unix:') return Promise.resolve('127.0.0.1');
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  return new Promise((resolve) => {
    const socket = connect({ host: url.hostname.replace(/^\[(.*)\]$/, '$1'), port });
    const finish = (address: string | undefined): void => {
      socket.destroy();
      resolve(address?.replace(/^::ffff:(?=\d+\.)/i, ''));
    };
    socket.setTimeout(CONNECT_TIMEOUT_MS, () => finish(undefined));
    socket.on('error', () => finish(undefined));
    socket.on('connect', () => finish(socket.localAddress));
  });
}
