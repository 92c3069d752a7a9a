import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createFakeJellyfin } from '../jellyfin/fake-jellyfin.ts';
import { freePort } from '../support/free-port.ts';
import { type Program, startProgram } from '../support/program.ts';
import { tempFolder } from '../support/temp-folder.ts';

const LONG = { timeout: 60_000, interval: 100 };

/** The real program with a reset service in front of a Jellyfin. */
async function start(): Promise<{ program: Program; port: number; url: string }> {
  const apiKey = 'a'.repeat(32);
  const jellyfin = await createFakeJellyfin({ version: '10.11.11', apiKeys: [apiKey] });
  onTestFinished(() => jellyfin.close());
  const folder = await tempFolder();
  const port = await freePort();
  writeFileSync(
    join(folder, 'config.yaml'),
    `listen: { host: 127.0.0.1, port: ${port} }
public: { url: 'http://127.0.0.1:${port}' }
jellyfin: { url: '${jellyfin.url}', apiKey: ${apiKey} }
reset: {}
mail: { url: 'smtp://127.0.0.1:9', from: noreply@example.org }
`,
  );
  const program = await startProgram(['--config', join(folder, 'config.yaml')]);
  return { program, port, url: `http://127.0.0.1:${port}` };
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket));
    socket.on('error', reject);
  });
}

const openFiles = (pid: number): number => readdirSync(`/proc/${pid}/fd`).length;

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
  const pid = program.child.pid ?? 0;
  await expectService(url);
  const before = openFiles(pid);
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
  await vi.waitFor(() => expect(openFiles(pid)).toBeLessThanOrEqual(before + 15), LONG);
  expect(program.child.exitCode).toBeNull();
});

it('C16: with no file descriptor left it waits, and serves again when there are some', {
  timeout: 180_000,
}, async () => {
  const { program, port, url } = await start();
  const pid = program.child.pid ?? 0;
  await expectService(url);
  execFileSync('prlimit', [`--pid=${pid}`, `--nofile=${openFiles(pid) + 20}`]);
  const sockets = await Promise.all(Array.from({ length: 60 }, () => open(port)));
  for (const socket of sockets)
    socket.on('error', () => undefined).write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  await vi.waitFor(() => expect(sockets.some((socket) => socket.bytesRead > 0)).toBe(true), LONG);
  expect(program.child.exitCode).toBeNull();
  for (const socket of sockets) socket.destroy();
  await expectService(url);
});
