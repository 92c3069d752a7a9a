import { createServer, type Socket } from 'node:net';
import { listen, shutSockets } from '../smuggling/sockets.ts';
import type { ReadHead } from '../smuggling/strict-reader.ts';
import { watchRequests } from '../smuggling/watch-requests.ts';
import { answerOf, type Framing, isOfBody, markIn } from './marks.ts';

/** A request whose head has come; of its body perhaps nothing yet. */
export interface Arrival {
  readonly mark: string;
  readonly head: ReadHead;
  readonly socket: Socket;
  /** Bytes of its body that were read. */
  readonly bodyBytes: number;
  readonly isWhole: boolean;
  /** True when its connection is closed, from whichever side. */
  readonly isClosed: boolean;
  /** Answers it, or a part of it; an answer that is over with its connection ends our side of that. */
  answer(framing: Framing, size?: number): void;
  /** The next request may come on its connection, whatever was sent. */
  release(): void;
}

/** What is done when a head has come. */
export type Plan = (arrival: Arrival) => void;

/** A Jellyfin over raw sockets that knows what stands in each body, and says when anything else does. */
export interface MarkedUpstream {
  readonly port: number;
  /** By mark, each followed once; a request without a plan is answered when it is whole. */
  readonly plans: Map<string, Plan>;
  /** Every request whose head came. What Gatehouse asks of its own accord has no mark and is not among them. */
  readonly arrivals: Arrival[];
  /** Bytes where they must not stand, requests behind an answer that is owed, and what a strict reader objects to. */
  readonly faults: string[];
  close(): Promise<void>;
}

/** Starts it. */
export async function createMarkedUpstream(): Promise<MarkedUpstream> {
  const plans = new Map<string, Plan>();
  const arrivals: Arrival[] = [];
  const faults: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    socket.on('end', () => socket.end());
    let current: (Arrival & { bodyBytes: number; isWhole: boolean }) | undefined;
    let isAnswerDue = false;
    let isPlanned = false;
    const watch = watchRequests({
      onHead(head) {
        const mark = markIn(head.target);
        if (isAnswerDue) faults.push(`${mark} came while ${current?.mark} is owed an answer`);
        isAnswerDue = true;
        isPlanned = false;
        current = {
          ...{ mark, head, socket, bodyBytes: 0, isWhole: false },
          get isClosed() {
            return socket.destroyed;
          },
          answer(framing, size) {
            if (socket.writable) socket.write(answerOf(mark, framing, size));
            if (framing === 'its end') socket.end();
            isAnswerDue = false;
          },
          release() {
            isAnswerDue = false;
          },
        };
        if (mark === '') return;
        arrivals.push(current);
        const plan = plans.get(mark);
        if (plan === undefined) return;
        plans.delete(mark);
        isPlanned = true;
        plan(current);
      },
      onBody(piece, offset) {
        if (current === undefined) return;
        current.bodyBytes += piece.length;
        if (isOfBody(current.mark, piece, offset)) return;
        faults.push(
          `in the body of ${current.mark} stands ${JSON.stringify(piece.toString('latin1').slice(0, 200))}`,
        );
      },
      onWhole() {
        if (current === undefined) return;
        current.isWhole = true;
        if (isPlanned) return;
        if (current.mark !== '') return current.answer('a length');
        answerOwn(socket);
        current.release();
      },
    });
    socket.on('data', (piece) => {
      const fault = watch.take(piece);
      if (fault === undefined) return;
      faults.push(fault);
      socket.destroy();
    });
  });
  const port = await listen(server);
  return { port, plans, arrivals, faults, close: () => shutSockets(server, sockets) };
}

/** Whatever Gatehouse asks by itself. */
function answerOwn(socket: Socket): void {
  const body = '{"Version":"10.11.11"}';
  socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
}
