import { EventEmitter } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createIdleBodies, endLateBody } from '../../../injector/admission/idle-bodies.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout', 'performance'] });
  return () => vi.useRealTimers();
});

/** A request whose body is on its way, and what its connection has read. */
function start(complete = false) {
  const socket = Object.assign(new EventEmitter(), { bytesRead: 100, destroy: vi.fn() });
  const request = Object.assign(new EventEmitter(), { complete, socket, readableLength: 0 });
  return { socket, request, asked: request as unknown as IncomingMessage };
}

describe('a body of which nothing comes', () => {
  it('ends its connection after the time it may stand still', () => {
    const { socket, asked } = start();
    createIdleBodies(1_000).watch(asked);
    vi.advanceTimersByTime(999);
    expect(socket.destroy).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(socket.destroy).toHaveBeenCalled();
  });

  it('may take as long as it takes while something comes', () => {
    const { socket, asked } = start();
    createIdleBodies(1_000).watch(asked);
    for (let at = 0; at < 20; at += 1) {
      socket.bytesRead += 1;
      vi.advanceTimersByTime(750);
    }
    expect(socket.destroy).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1_250);
    expect(socket.destroy).toHaveBeenCalled();
  });

  it('is not to blame while it waits for us to read it, and has all its time again afterwards', () => {
    const { socket, request, asked } = start();
    createIdleBodies(1_000).watch(asked);
    request.readableLength = 10;
    vi.advanceTimersByTime(10_000);
    expect(socket.destroy).not.toHaveBeenCalled();
    request.readableLength = 0;
    vi.advanceTimersByTime(750);
    expect(socket.destroy).not.toHaveBeenCalled();
    vi.advanceTimersByTime(500);
    expect(socket.destroy).toHaveBeenCalled();
  });

  it.each(['end', 'close'])('is watched until the %s of the request, and leaves nothing behind', (event) => {
    const { socket, request, asked } = start();
    createIdleBodies(1_000).watch(asked);
    expect(vi.getTimerCount()).toBe(1);
    request.emit(event);
    expect(vi.getTimerCount()).toBe(0);
    expect(socket.listenerCount('close')).toBe(0);
    vi.advanceTimersByTime(10_000);
    expect(socket.destroy).not.toHaveBeenCalled();
  });

  it('is watched no more when the connection is gone, and not at all when it is whole', () => {
    const { socket, asked } = start();
    createIdleBodies(1_000).watch(asked);
    socket.emit('close');
    expect(vi.getTimerCount()).toBe(0);
    createIdleBodies(1_000).watch(start(true).asked);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a body of our own routes', () => {
  it('ends its connection when it is not whole in time, however much comes', () => {
    const { socket, asked } = start();
    endLateBody(asked, 1_000);
    vi.advanceTimersByTime(999);
    socket.bytesRead += 1;
    expect(socket.destroy).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(socket.destroy).toHaveBeenCalled();
  });

  it('ends nothing when it is whole by then, was so from the beginning, or its request is over', () => {
    const whole = start();
    endLateBody(whole.asked, 1_000);
    whole.request.complete = true;
    vi.advanceTimersByTime(1_000);
    expect(whole.socket.destroy).not.toHaveBeenCalled();
    endLateBody(start(true).asked, 1_000);
    expect(vi.getTimerCount()).toBe(0);
    const over = start();
    endLateBody(over.asked, 1_000);
    over.request.emit('close');
    expect(vi.getTimerCount()).toBe(0);
  });
});
