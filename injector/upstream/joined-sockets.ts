import { randomBytes } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { createFrameEnds } from './frame-ends.ts';

/** The WebSockets that are passed on: which two sockets belong together. */
export interface JoinedSockets {
  /** Takes two that are about to be piped into each other. */
  add(client: Duplex, jellyfin: Duplex): void;
  /**
   * Tells both sides of each that we go away (1001), behind the last whole frame, and ends them; those that are joined later
   * as well. Resolves when all are closed: after 3 s at the latest. Never rejects.
   */
  endAll(): Promise<void>;
}

/** How long a sender may take to end the frame it is at, in milliseconds. */
const FRAME_MS = 1_000;
/** How long the other side may take to close once it was told, in milliseconds. */
const CLOSE_MS = 2_000;

/** Status 1001 as a close frame. Source: RFC 6455 sections 5.5.1, 7.4.1. */
const GOING_AWAY = Buffer.from([0x03, 0xe9]);
const CLOSE_HEAD = 0x88;

/** What is said to a client; a server's frames are not masked. */
const CLOSE_TO_CLIENT = Buffer.from([CLOSE_HEAD, GOING_AWAY.length, ...GOING_AWAY]);

/** What is said to Jellyfin: frames of a client are masked, each with a key of its own. */
function closeToServer(): Buffer {
  const key = randomBytes(4);
  const masked = GOING_AWAY.map((byte, index) => byte ^ (key[index] ?? 0));
  return Buffer.from([CLOSE_HEAD, 0x80 | GOING_AWAY.length, ...key, ...masked]);
}

/** Ends one direction at the end of a frame. */
type EndDirection = () => Promise<void>;

/** Makes it with nothing in it. */
export function createJoinedSockets(): JoinedSockets {
  const joined = new Map<Duplex, EndDirection>();
  let ending: Promise<void> | undefined;

  return {
    add(client, jellyfin) {
      const toClient = followDirection(jellyfin, client, () => CLOSE_TO_CLIENT);
      const toJellyfin = followDirection(client, jellyfin, closeToServer);
      const end = async (): Promise<void> => {
        await Promise.all([toClient(), toJellyfin()]);
        await closed(client, jellyfin);
      };
      joined.set(client, end);
      client.once('close', () => joined.delete(client));
      // They are piped once this turn is over.
      if (ending !== undefined) setImmediate(() => void end());
    },
    endAll() {
      ending ??= Promise.all([...joined.values()].map((end) => end())).then(() => undefined);
      return ending;
    },
  };
}

/**
 * Follows what one side sends.
 *
 * @returns what puts a last frame behind the one under way, and lets nothing more through.
 */
function followDirection(from: Duplex, to: Duplex, lastFrame: () => Buffer): EndDirection {
  const endsFrame = createFrameEnds();
  let isBetweenFrames = true;
  let onFrameEnd: (() => void) | undefined;
  // Not before: whoever listens makes the bytes flow, and the first ones would miss the pipe.
  to.once('pipe', () =>
    from.on('data', (piece: Buffer) => {
      isBetweenFrames = endsFrame(piece);
      if (isBetweenFrames) onFrameEnd?.();
    }),
  );
  return () =>
    new Promise((resolve) => {
      const finish = (): void => {
        clearTimeout(timer);
        onFrameEnd = undefined;
        from.unpipe(to);
        // What still comes is read and dropped, so that its end is seen.
        from.resume();
        if (to.writable) to.end(lastFrame());
        resolve();
      };
      const timer = setTimeout(() => {
        // In the midst of a frame there is nothing that could be said.
        to.destroy();
        resolve();
      }, FRAME_MS);
      if (to.destroyed || from.destroyed || isBetweenFrames) finish();
      // Behind the pipe, which has its listener for the same piece.
      else onFrameEnd = () => setImmediate(() => isBetweenFrames && finish());
    });
}

async function closed(...sockets: readonly Duplex[]): Promise<void> {
  const open = sockets.filter((socket) => !socket.closed);
  const cut = setTimeout(() => {
    for (const socket of sockets) socket.destroy();
  }, CLOSE_MS);
  await Promise.all(open.map((socket) => new Promise((resolve) => socket.once('close', resolve))));
  clearTimeout(cut);
}
