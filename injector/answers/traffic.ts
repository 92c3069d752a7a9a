import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Who answered a request. */
export type HandlerName = 'own' | 'answered' | 'guarded' | 'waiting-page' | 'rewritten' | 'cached' | 'passed';

/** An answer that will be counted; whoever works on it writes its name here. */
export interface CountedAnswer {
  handler: HandlerName;
}

/** Numbers since the start of the program; each only grows. */
export interface TrafficNumbers {
  /** By `handler class`, e.g. `passed 2xx`; `cut` when the client left before the head of the answer. */
  readonly answers: ReadonlyMap<string, number>;
  /** Requests that request validation refused, by reason. */
  readonly refused: ReadonlyMap<string, number>;
  readonly receivedBytes: number;
  readonly sentBytes: number;
  /** Answers of Jellyfin's by the time until their head, one number for each bound and one for what is over the last. */
  readonly upstream: { readonly counts: readonly number[]; readonly count: number; readonly sumMs: number };
}

/** Counts what goes through; all of it plain numbers, so that a request costs nearly nothing more. */
export interface Traffic {
  /** Counts the answer when it is over; by `passed`, unless the result is given another handler until then. */
  count(response: ServerResponse): CountedAnswer;
  refused(reason: string): void;
  /** The head of an answer of Jellyfin's came after that many milliseconds. */
  upstreamAnswered(ms: number): void;
  /** Counts the bytes of every connection of this server. */
  follow(server: Server): void;
  read(): TrafficNumbers;
}

/** Bounds of the histogram, in milliseconds. */
export const UPSTREAM_BOUNDS_MS = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 10_000] as const;

/**
 * Makes counters that stand at zero.
 *
 * @param onBusy Called when Jellyfin answered 503 to a request that was passed on.
 */
export function createTraffic(onBusy: () => void): Traffic {
  const answers = new Map<string, number>();
  const refused = new Map<string, number>();
  const counts: number[] = Array.from({ length: UPSTREAM_BOUNDS_MS.length + 1 }, () => 0);
  const open = new Set<Socket>();
  let closedReceived = 0;
  let closedSent = 0;
  let answered = 0;
  let sumMs = 0;

  return {
    count(response) {
      const counted: CountedAnswer = { handler: 'passed' };
      response.once('close', () => {
        const { handler } = counted;
        const { statusCode } = response;
        const key = `${handler} ${response.headersSent ? `${Math.trunc(statusCode / 100)}xx` : 'cut'}`;
        answers.set(key, (answers.get(key) ?? 0) + 1);
        if (statusCode === 503 && handler === 'passed') onBusy();
      });
      return counted;
    },
    refused: (reason) => void refused.set(reason, (refused.get(reason) ?? 0) + 1),
    upstreamAnswered(ms) {
      let index = 0;
      while (index < UPSTREAM_BOUNDS_MS.length && ms > (UPSTREAM_BOUNDS_MS[index] ?? 0)) index += 1;
      counts[index] = (counts[index] ?? 0) + 1;
      answered += 1;
      sumMs += ms;
    },
    follow(server) {
      const add = (socket: Socket): void => {
        open.add(socket);
        socket.once('close', () => {
          open.delete(socket);
          closedReceived += socket.bytesRead;
          closedSent += socket.bytesWritten;
        });
      };
      server.on('connection', add);
    },
    read() {
      let receivedBytes = closedReceived;
      let sentBytes = closedSent;
      for (const socket of open) {
        receivedBytes += socket.bytesRead;
        sentBytes += socket.bytesWritten;
      }
      return {
        answers: new Map(answers),
        refused: new Map(refused),
        receivedBytes,
        sentBytes,
        upstream: { counts: [...counts], count: answered, sumMs },
      };
    },
  };
}
