import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { openSocket } from '../carrier/open-socket.ts';
import { writeRequestHead } from '../carrier/request-head.ts';
import { createUpgradeReader, type UpgradeAnswer } from '../carrier/upgrade-answer.ts';
import type { Upstream } from '../http/upstream.ts';

/** Carries WebSockets. */
export interface WebSockets {
  /** Forwards an upgrade and joins the two sockets. Never throws. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

/** How long one side may go on when the other has ended, in milliseconds. */
const HALF_OPEN_MS = 30_000;
/** Source: RFC 6455 section 1.3. */
const KEY_SUFFIX = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/**
 * Each upgrade gets a connection of its own. The sockets are joined only when Jellyfin has switched to the very
 * WebSocket that was asked for; any other answer is passed on as an answer, and the connection ends.
 *
 * Source: RFC 6455 section 4; RFC 9110 section 7.8.
 */
export function createWebSockets(upstream: Upstream): WebSockets {
  return {
    upgrade(request, socket) {
      const far = openSocket(upstream);
      far.allowHalfOpen = true;
      let isAnswered = false;
      const endBoth = (): void => {
        far.destroy();
        socket.destroy();
      };
      let isOver = false;
      const fail = (): void => {
        if (isOver) return;
        isOver = true;
        far.destroy();
        if (isAnswered || !socket.writable) socket.destroy();
        else socket.end('HTTP/1.1 502 Bad Gateway\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      };
      socket.on('error', endBoth);
      socket.on('close', () => far.destroy());
      far.on('error', fail);
      far.on('close', () => (isAnswered ? socket.destroy() : fail()));
      far.on('end', () => {
        if (!isAnswered) fail();
      });

      const reader = createUpgradeReader({
        onSwitched(answer, rest) {
          if (fieldOf(answer, 'sec-websocket-accept') !== acceptOf(request)) return fail();
          isAnswered = true;
          far.off('data', read);
          socket.write(headOf(answer, ['Connection: Upgrade', 'Upgrade: websocket']), 'latin1');
          if (rest.length > 0) socket.write(rest);
          join(far, socket);
        },
        onRefused(answer) {
          isAnswered = true;
          socket.write(headOf(answer, ['Connection: close']), 'latin1');
        },
        onData: (data) => void socket.write(data),
        onEnd() {
          // Ended in peace: what is still to be written to the client must not be cut.
          far.removeAllListeners('close');
          far.destroy();
          socket.end();
          socket.once('finish', () => socket.destroy());
        },
      });
      const read = (data: Buffer): void => {
        try {
          reader.take(data);
        } catch {
          fail();
        }
      };
      far.on('data', read);
      for (const one of [far, socket]) if ('setNoDelay' in one) (one as typeof far).setNoDelay(true);
      const head = writeRequestHead(request, upstream.origin.host).slice(0, -2);
      far.write(`${head}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`, 'latin1');
    },
  };
}

/** Lets bytes flow both ways; an end goes to the other side as an end. */
function join(one: Duplex, other: Duplex): void {
  one.pipe(other);
  other.pipe(one);
  for (const side of [one, other]) {
    side.once('end', () => {
      const cut = setTimeout(() => {
        one.destroy();
        other.destroy();
      }, HALF_OPEN_MS).unref();
      other.once('close', () => clearTimeout(cut));
    });
  }
}

function headOf({ status, reason, headers }: UpgradeAnswer, lines: readonly string[]): string {
  const fields = headers.flatMap((name, index) =>
    index % 2 === 0 ? [`${name}: ${headers[index + 1]}`] : [],
  );
  return `${[`HTTP/1.1 ${status} ${reason}`, ...fields, ...lines].join('\r\n')}\r\n\r\n`;
}

function fieldOf({ headers }: UpgradeAnswer, name: string): string | undefined {
  const index = headers.findIndex((one, at) => at % 2 === 0 && one.toLowerCase() === name);
  return index === -1 ? undefined : headers[index + 1];
}

function acceptOf(request: IncomingMessage): string {
  return createHash('sha1')
    .update(`${request.headers['sec-websocket-key'] ?? ''}${KEY_SUFFIX}`)
    .digest('base64');
}
