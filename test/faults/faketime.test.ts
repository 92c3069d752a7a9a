import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ensureChromium } from '../support/browser/chromium.ts';
import { fakeTimeVariables } from '../support/clock/faketime.ts';

const DAY_MS = 86_400_000;

test('under another clock a program, and what it starts, see that time, and timers take as long as ever', () => {
  const inner = 'process.stdout.write(String(Date.now()))';
  const outer = `
    const { execFileSync } = require('node:child_process');
    const began = performance.now();
    setTimeout(() => {
      const theirs = Number(execFileSync(process.execPath, ['-e', ${JSON.stringify(inner)}], { encoding: 'utf8' }));
      process.stdout.write(JSON.stringify({ ours: Date.now(), theirs, took: performance.now() - began }));
    }, 50);
  `;
  const env = { ...process.env, ...fakeTimeVariables(400 * DAY_MS) };
  const told = JSON.parse(execFileSync(process.execPath, ['-e', outer], { encoding: 'utf8', env }));
  for (const time of [told.ours, told.theirs]) {
    expect(time).toBeGreaterThan(Date.now() + 399 * DAY_MS);
    expect(time).toBeLessThan(Date.now() + 401 * DAY_MS);
  }
  expect(told.took).toBeGreaterThan(49);
  expect(told.took).toBeLessThan(30_000);
});

test('under another clock Chromium starts, and its pages see that time', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-clock-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const page = 'data:text/html,<script>document.write(Date.now())</script>';
  const options = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    `--user-data-dir=${folder}`,
    '--dump-dom',
    page,
  ];
  const env = { ...process.env, ...fakeTimeVariables(400 * DAY_MS) };
  const text = execFileSync(ensureChromium(), options, {
    encoding: 'utf8',
    timeout: 60_000,
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const told = Number(/<body>(\d+)/.exec(text)?.[1]);
  expect(told).toBeGreaterThan(Date.now() + 399 * DAY_MS);
  expect(told).toBeLessThan(Date.now() + 401 * DAY_MS);
});
