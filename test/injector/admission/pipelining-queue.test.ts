import { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createPipeliningQueue } from '../../../injector/admission/pipelining-queue.ts';

/** A queue of two waiting requests and 100 bytes, and a connection with requests of so many bytes. */
function start() {
  const queue = createPipeliningQueue(2, 100);
  const socket = new PassThrough() as unknown as Socket;
  const served: string[] = [];
  const responses = new Map<string, EventEmitter & { headersSent: boolean }>();
  const requests = new Map<string, { complete: boolean }>();
  return {
    ...{ queue, socket, served, responses, requests },
    /** Takes a request of its target and `bytes` of headers; its target is what is served. */
    take(url: string, headers: string[] = [], on = socket): boolean {
      const request = { socket: on, url, rawHeaders: headers, complete: true };
      const response = Object.assign(new EventEmitter(), { headersSent: false });
      requests.set(url, request);
      responses.set(url, response);
      return queue.take(request as unknown as IncomingMessage, response as unknown as ServerResponse, () =>
        served.push(url),
      );
    },
    answer: (url: string) => responses.get(url)?.emit('close'),
    fail: () => queue.fail(socket, () => served.push('refusal')),
  };
}

describe('requests of one connection', () => {
  it('are served one after the other, in their order', () => {
    const { take, answer, served } = start();
    expect([take('/a'), take('/b'), take('/c')]).toEqual([true, true, true]);
    expect(served).toEqual(['/a']);
    answer('/a');
    expect(served).toEqual(['/a', '/b']);
    answer('/b');
    answer('/c');
    expect(served).toEqual(['/a', '/b', '/c']);
  });

  it('do not wait for another connection', () => {
    const { take, served } = start();
    take('/a');
    expect(take('/b', [], new PassThrough() as unknown as Socket)).toBe(true);
    expect(served).toEqual(['/a', '/b']);
  });

  it('are served by one another’s end however often one begins', () => {
    const { take, answer, served, queue, socket } = start();
    for (const url of ['/a', '/b', '/c', '/d']) {
      expect(queue.isFree(socket)).toBe(true);
      take(url);
      expect(queue.isFree(socket)).toBe(false);
      answer(url);
    }
    expect(served).toEqual(['/a', '/b', '/c', '/d']);
  });

  it('may be two that wait; one more ends the connection, and nobody else is served', () => {
    const { take, answer, served, socket } = start();
    for (const url of ['/a', '/b', '/c']) take(url);
    expect(socket.destroyed).toBe(false);
    expect(take('/d')).toBe(false);
    expect(socket.destroyed).toBe(true);
    expect(take('/e')).toBe(false);
    answer('/a');
    expect(served).toEqual(['/a']);
  });

  it('may wait with heads of 100 bytes together, target and headers', () => {
    const { take, socket } = start();
    take('/a', ['X', 'x'.repeat(500)]);
    expect(take('/b', ['Name', 'x'.repeat(34), '', 'x'.repeat(10)])).toBe(true);
    expect(take('/c', ['x'.repeat(48)])).toBe(true);
    expect(socket.destroyed).toBe(false);
    const over = start();
    over.take('/a');
    over.take('/b', ['x'.repeat(49)]);
    expect(over.take('/c', ['x'.repeat(48)])).toBe(false);
    expect(over.socket.destroyed).toBe(true);
  });

  it('have their bytes back once they are served', () => {
    const { take, answer } = start();
    for (let at = 0; at < 5; at += 1) {
      expect(take(`/first-${at}`, ['x'.repeat(80)])).toBe(true);
      expect(take(`/second-${at}`, ['x'.repeat(80)])).toBe(true);
      answer(`/first-${at}`);
      answer(`/second-${at}`);
    }
  });

  it('are not served behind a refused one, nor when the connection is gone', () => {
    const { take, answer, served, queue, socket } = start();
    take('/a');
    take('/b');
    queue.end(socket);
    expect(take('/c')).toBe(false);
    answer('/a');
    expect(served).toEqual(['/a', '/b']);
    answer('/b');
    expect(queue.isFree(socket)).toBe(false);
    const gone = start();
    gone.take('/a');
    gone.take('/b');
    gone.socket.destroy();
    gone.answer('/a');
    expect(gone.served).toEqual(['/a']);
  });

  it('leave a connection free that has had none', () => {
    const { queue, socket } = start();
    expect(queue.isFree(socket)).toBe(true);
    queue.end(socket);
    expect(queue.isFree(socket)).toBe(false);
  });
});

describe('bytes that are no HTTP', () => {
  it('are answered at once on a connection without requests, and once', () => {
    const { fail, served, socket, take } = start();
    fail();
    expect(served).toEqual(['refusal']);
    expect(take('/a')).toBe(false);
    fail();
    expect(served).toEqual(['refusal']);
    expect(socket.destroyed).toBe(true);
  });

  it('are answered when every request before them is', () => {
    const { fail, take, answer, served, socket } = start();
    take('/a');
    take('/b');
    fail();
    fail();
    expect(served).toEqual(['/a']);
    answer('/a');
    expect(served).toEqual(['/a', '/b']);
    answer('/b');
    expect(served).toEqual(['/a', '/b', 'refusal']);
    expect(socket.destroyed).toBe(false);
  });

  it('are answered when the one request before them is', () => {
    const { fail, take, answer, served } = start();
    take('/a');
    fail();
    expect(served).toEqual(['/a']);
    answer('/a');
    expect(served).toEqual(['/a', 'refusal']);
  });

  it('are the broken body of a waiting request, which is then not served', () => {
    const { fail, take, answer, served, requests } = start();
    take('/a');
    take('/b');
    Object.assign(requests.get('/b') ?? {}, { complete: false });
    fail();
    answer('/a');
    expect(served).toEqual(['/a', 'refusal']);
  });

  it('are the broken body of the request being served: answered, unless its own answer has begun', () => {
    const { fail, take, served, requests, socket } = start();
    take('/a');
    Object.assign(requests.get('/a') ?? {}, { complete: false });
    fail();
    expect(served).toEqual(['/a', 'refusal']);
    expect(socket.destroyed).toBe(false);
    const begun = start();
    begun.take('/a');
    Object.assign(begun.requests.get('/a') ?? {}, { complete: false });
    Object.assign(begun.responses.get('/a') ?? {}, { headersSent: true });
    begun.fail();
    expect(begun.served).toEqual(['/a']);
    expect(begun.socket.destroyed).toBe(true);
  });

  it('end a connection that was refused before only when nothing is being answered', () => {
    const { fail, take, answer, queue, socket, served } = start();
    take('/a');
    queue.end(socket);
    fail();
    expect(socket.destroyed).toBe(false);
    answer('/a');
    fail();
    expect(socket.destroyed).toBe(true);
    expect(served).toEqual(['/a']);
  });
});
