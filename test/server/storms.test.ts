import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createFakeJellyfin } from '../jellyfin/fake-jellyfin.ts';
import {
  countOpenFiles,
  type ProgramWithReset,
  startProgramWithReset,
} from '../support/program/program-with-reset.ts';

const LONG = { timeout: 60_000, interval: 100 };

/** The real program with a reset service in front of a Jellyfin. */
async function start(): Promise<ProgramWithReset> {
  const apiKey = 'a'.repeat(32);
  const jellyfin = await createFakeJellyfin({ version: '10.11.11', apiKeys: [apiKey] });
  onTestFinished(() => jellyfin.close());
  return startProgramWithReset({ jellyfinUrl: jellyfin.url, apiKey });
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket));
    socket.on('error', reject);
  });
}

async function expectService(url: string): Promise<void> {
  await vi.waitFor(async () => {
    expect((await fetch(`${url}/System/Info/Public`)).status).toBe(200);
    expect((await fetch(`${url}/gatehouse/health/ready`)).status).toBe(200);
  }, LONG);
}

it('C16: random bytes and connections that are reset in the middle disturb nobody and leave nothing open', {
  timeout: 180_000,
}, async () => {
  const { program, port, url } = await start();
  await expectService(url);
  const before = countOpenFiles(program);
  for (let round = 0; round < 30; round += 1) {
    const sockets = await Promise.all(Array.from({ length: 10 }, () => open(port)));
    for (const [n, socket] of sockets.entries()) {
      socket.removeAllListeners('error').on('error', () => undefined);
      if (n % 3 === 0) socket.end(randomBytes(10_240));
      else if (n % 3 === 1) {
        socket.write('GET /System/Info/Public HTTP/1.1\r\nHost: a\r\n\r\n');
        socket.resetAndDestroy();
      } else {
        socket.write('POST /Users/ForgotPassword HTTP/1.1\r\nHost: a\r\nContent-Length: 500\r\n\r\n{"Ent');
        socket.resetAndDestroy();
      }
    }
  }
  await expectService(url);
  await vi.waitFor(() => expect(countOpenFiles(program)).toBeLessThanOrEqual(before + 15), LONG);
  expect(program.child.exitCode).toBeNull();
});

it('C16: with no file descriptor left it waits, and serves again when there are some', {
  timeout: 180_000,
}, async () => {
  const { program, port, url } = await start();
  await expectService(url);
  execFileSync('prlimit', [`--pid=${program.child.pid}`, `--nofile=${countOpenFiles(program) + 20}`]);
  const sockets = await Promise.all(Array.from({ length: 60 }, () => open(port)));
  for (const socket of sockets)
    socket.on('error', () => undefined).write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  await vi.waitFor(() => expect(sockets.some((socket) => socket.bytesRead > 0)).toBe(true), LONG);
  expect(program.child.exitCode).toBeNull();
  for (const socket of sockets) socket.destroy();
  await expectService(url);
});
