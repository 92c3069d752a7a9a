import { createHook } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import { writeSync } from 'node:fs';
import type { Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';

/*
 * Loaded into the program under test before it starts (`--import`). On SIGUSR2 it collects garbage and writes one line of
 * `ProbeLine` to standard output. Counts timers from the moment they are made until they are cleared or have run for the last time, also
 * those that keep no process alive; listeners only on sockets that are open; entries of every Map and Set that code outside
 * Node has put something into and that is still in use.
 */

const timers = new Set<number>();
createHook({
  init: (id, type) => void (type === 'Timeout' && timers.add(id)),
  destroy: (id) => void timers.delete(id),
}).enable();

const sockets = new Set<Socket>();
const follow = (message: unknown): void => {
  const { socket } = message as { socket: Socket };
  sockets.add(socket);
  socket.once('close', () => sockets.delete(socket));
};
subscribe('net.server.socket', follow);
subscribe('net.client.socket', follow);

const seen = new WeakSet<object>();
let collections: WeakRef<{ readonly size: number }>[] = [];
function note(collection: { readonly size: number }): void {
  if (seen.has(collection)) return;
  seen.add(collection);
  collections.push(new WeakRef(collection));
  if (collections.length % 20_000 === 0) collections = collections.filter((one) => one.deref() !== undefined);
}
const { set } = Map.prototype;
Map.prototype.set = function (this: Map<unknown, unknown>, key: unknown, value: unknown) {
  note(this);
  return set.call(this, key, value);
};
const { add } = Set.prototype;
Set.prototype.add = function (this: Set<unknown>, value: unknown) {
  note(this);
  return add.call(this, value);
};

let warnings = 0;
process.on('warning', ({ name }) => {
  if (name === 'MaxListenersExceededWarning') warnings += 1;
});

function listenersOf(socket: Socket): number {
  return socket.eventNames().reduce((sum, name) => sum + socket.listenerCount(name), 0);
}

process.on('SIGUSR2', async () => {
  for (let round = 0; round < 4; round += 1) {
    globalThis.gc?.();
    await turn();
  }
  const { heapUsed, external } = process.memoryUsage();
  const line = {
    event: 'growth-probe',
    heapBytes: heapUsed,
    externalBytes: external,
    entries: collections.reduce((sum, one) => sum + (one.deref()?.size ?? 0), 0) - timers.size - sockets.size,
    timers: timers.size,
    mostListeners: Math.max(0, ...Array.from(sockets, listenersOf)),
    listenersOfProcess: process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0),
    warnings,
  };
  writeSync(1, `${JSON.stringify(line)}\n`);
});
