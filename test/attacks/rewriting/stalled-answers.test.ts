import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openRewritingStage, PAGE, type RewritingStage, sendPage } from './stage.ts';

let stage: RewritingStage;
beforeEach(async () => {
  stage = await openRewritingStage();
});
afterEach(() => stage.close());

/** The first bytes of the page, and then nothing more. */
function stall(response: ServerResponse): void {
  response.writeHead(200, { 'Content-Type': 'text/html', 'Content-Length': Buffer.byteLength(PAGE) });
  response.write(PAGE.slice(0, 20));
}

/** Asks for the page; how long it took, and whether mods are in it. */
async function load(headers: Record<string, string> = {}) {
  const began = performance.now();
  const { status, body } = await stage.get('/web/index.html', headers);
  return { status, isModded: body.includes('/gatehouse/mods/'), ms: performance.now() - began };
}

const RELOAD = { 'Cache-Control': 'no-cache' };
const MODDED = { status: 200, isModded: true };

describe('an answer for the page that stalls', () => {
  it('keeps nobody for longer than it takes to ask anew, and nobody gets the page without mods', async () => {
    let asked = 0;
    stage.answerAs((_request, response) => {
      asked += 1;
      if (asked === 1) stall(response);
      else sendPage(response, PAGE);
    });
    const loads = await Promise.all(Array.from({ length: 10 }, () => load()));
    expect(loads).toEqual(loads.map(() => expect.objectContaining(MODDED)));
    expect(Math.max(...loads.map(({ ms }) => ms))).toBeLessThan(15_000);
    // Together, not each for itself.
    expect(asked).toBeLessThan(loads.length);
  });

  it('is answered with the last good page after 2 s, which is confirmed as soon as Jellyfin answers again', async () => {
    expect(await load()).toMatchObject(MODDED);
    stage.answerAs((_request, response) => stall(response));
    const loads = await Promise.all(Array.from({ length: 10 }, () => load(RELOAD)));
    expect(loads).toEqual(loads.map(() => expect.objectContaining(MODDED)));
    expect(Math.max(...loads.map(({ ms }) => ms))).toBeLessThan(15_000);
    const changed = PAGE.replace('Grüße', 'Grüße, ganz neu');
    stage.answerAs((_request, response) => sendPage(response, changed));
    await vi.waitFor(async () =>
      expect((await stage.get('/web/index.html', RELOAD)).body.toString()).toContain('ganz neu'),
    );
  });
});

it('a page whose answer breaks off each time is the last good one', async () => {
  expect(await load()).toMatchObject(MODDED);
  stage.answerAs((_request, response) => {
    stall(response);
    setImmediate(() => response.destroy());
  });
  expect(await load(RELOAD)).toMatchObject(MODDED);
});

it('a page is not given out unconfirmed when Jellyfin is not there: people are told', async () => {
  expect(await load()).toMatchObject(MODDED);
  await stage.endJellyfin();
  expect((await load(RELOAD)).status).toBe(502);
});

it('a page is not given out unconfirmed after Jellyfin was away: it may be one of another version', async () => {
  expect(await load()).toMatchObject(MODDED);
  await stage.endJellyfin();
  await load(RELOAD);
  await vi.waitFor(
    () => expect(stage.log.lines).toContainEqual(expect.objectContaining({ event: 'jellyfin-away' })),
    10_000,
  );
  stage.answerAs((_request, response) => {
    stall(response);
    setImmediate(() => response.destroy());
  });
  await stage.startJellyfin();
  await vi.waitFor(
    () => expect(stage.log.lines).toContainEqual(expect.objectContaining({ event: 'jellyfin-back' })),
    10_000,
  );
  await expect(load(RELOAD)).rejects.toThrow();
});
