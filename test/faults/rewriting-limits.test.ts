import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  openRewritingStage,
  PAGE,
  type RewritingStage,
  sendPage,
  withoutStyle,
} from '../hazards/rewriting/stage.ts';
import { growthWhile } from '../support/memory-growth.ts';

const MEGABYTE = 1024 * 1024;
const FILM_BYTES = 64 * 1024;

let stage: RewritingStage;
beforeAll(async () => {
  stage = await openRewritingStage();
});
afterEach(() => answerAsJellyfin());
afterAll(() => stage.close());

function answerAsJellyfin(): void {
  stage.answerAs((request, response) => {
    if (request.url === '/film') response.end(Buffer.alloc(FILM_BYTES));
    else if (request.url === '/web/config.json') {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.end('{"multiserver":false}');
    } else sendPage(response, PAGE);
  });
}

const leftOut = () => stage.log.lines.filter((line) => line['event'] === 'mod-left-out');

async function switchOnBad(name: string): Promise<void> {
  answerAsJellyfin();
  stage.log.lines.length = 0;
  await stage.switchOn({ style: { colour: 'red' }, marks: {}, [name]: {} });
}

describe('mods and pages that misbehave badly', () => {
  it.each([
    ['backtracks', 'took over 1 s and was stopped'],
    ['explodes', 'ended its process, as too much memory does'],
    ['bursts', 'ended its process, as too much memory does'],
  ])(
    'C17: one that %s is named once, and the page is served without it and with the others',
    async (name, error) => {
      await switchOnBad(name);
      let started = 0;
      for (let round = 0; round < 3; round += 1) {
        const { status, body } = await stage.get('/web/');
        // One visitor waits for the first try; the others are served what was made then.
        if (round === 0) started = performance.now();
        expect(status).toBe(200);
        expect(withoutStyle(body)).toBe(PAGE.replace('<body>', '<body data-marked="yes">'));
      }
      expect(performance.now() - started).toBeLessThan(1_000);
      expect(leftOut()).toEqual([{ level: 'error', event: 'mod-left-out', mod: name, hook: 'html', error }]);
    },
  );

  it('C17: one that loops again and again is out for good after its third time', async () => {
    await switchOnBad('loops');
    for (let round = 0; round < 5; round += 1) {
      // Another page each time, so that nothing made before can serve.
      stage.answerAs((_request, response) => sendPage(response, PAGE.replace('Grüße', 'x'.repeat(round))));
      const started = performance.now();
      const { body } = await stage.get('/web/', { 'cache-control': 'no-cache' });
      expect(body.toString()).toContain('data-marked');
      expect(performance.now() - started > 900).toBe(round < 3);
    }
  });

  it('F28: a page of a million nested tags is served as it is, and the next page is rewritten', async () => {
    await stage.switchOn({ style: { colour: 'red' } });
    const page = `<!DOCTYPE html><meta charset="utf-8">${'<b>'.repeat(1_000_000)}`;
    stage.answerAs((_request, response) => sendPage(response, page));
    const started = performance.now();
    const { body } = await stage.get('/web/', { 'cache-control': 'no-cache' });
    expect(performance.now() - started).toBeLessThan(2_500);
    expect(body.equals(Buffer.from(page))).toBe(true);
    answerAsJellyfin();
    const next = await stage.get('/web/', { 'cache-control': 'no-cache' });
    expect(next.body.toString()).toContain('rel="stylesheet"');
  });

  it('F28: a page of a gigabyte is not held in memory, and all of it arrives', async () => {
    const total = 1024 * MEGABYTE;
    const piece = Buffer.alloc(MEGABYTE, 'x');
    const sendSlice = async (response: ServerResponse) => {
      response.writeHead(200, { 'Content-Type': 'text/html' });
      for (let sent = 0; sent < total && !response.destroyed; sent += piece.length) {
        // A reader that goes away never drains.
        if (!response.write(piece)) await once(response, 'drain', { signal: AbortSignal.timeout(20_000) });
      }
      response.end();
    };
    stage.answerAs((_request, response) => void sendSlice(response).catch(() => response.destroy()));
    const grown = await growthWhile(async () => {
      let arrived = 0;
      const response = await fetch(`http://127.0.0.1:${stage.port}/web/`, {
        headers: { 'cache-control': 'no-cache' },
      });
      for await (const chunk of response.body ?? []) arrived += chunk.length;
      expect(arrived).toBe(total);
    });
    // Sender and receiver live in this process too, with buffers of their own.
    expect(grown).toBeLessThan(192);
  });
});
