import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { PAGE, sendPage } from '../attacks/rewriting/stage.ts';
import { useBadMods } from '../attacks/rewriting/use-bad-mods.ts';
import { growthWhile } from '../support/measure/cpu-growth.ts';

const MEGABYTE = 1024 * 1024;

const bad = useBadMods();

describe('mods and pages that misbehave badly', () => {
  it.each([
    ['backtracks', 'took over 1 s and was stopped'],
    ['explodes', 'ended its process, as too much memory does'],
    ['bursts', 'ended its process, as too much memory does'],
  ])('C17: one that %s is named once, and the page is served without it and with the others', (name, error) =>
    bad.expectLeftOutOnce(name, error, 1_000),
  );

  it('C17: one that loops again and again is out for good after its third time', async () => {
    await bad.switchOn('loops');
    for (let round = 0; round < 5; round += 1) {
      // Another page each time, so that nothing made before can serve.
      bad.stage.answerAs((_request, response) =>
        sendPage(response, PAGE.replace('Grüße', 'x'.repeat(round))),
      );
      const started = performance.now();
      const { body } = await bad.stage.get('/web/', { 'cache-control': 'no-cache' });
      expect(body.toString()).toContain('data-marked');
      expect(performance.now() - started > 900).toBe(round < 3);
    }
  });

  it('F28: a page of a million nested tags is served as it is, and the next page is rewritten', async () => {
    await bad.stage.switchOn({ style: { colour: 'red' } });
    const page = `<!DOCTYPE html><meta charset="utf-8">${'<b>'.repeat(1_000_000)}`;
    bad.stage.answerAs((_request, response) => sendPage(response, page));
    const started = performance.now();
    const { body } = await bad.stage.get('/web/', { 'cache-control': 'no-cache' });
    expect(performance.now() - started).toBeLessThan(2_500);
    expect(body.equals(Buffer.from(page))).toBe(true);
    bad.answerAsJellyfin();
    const next = await bad.stage.get('/web/', { 'cache-control': 'no-cache' });
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
    bad.stage.answerAs((_request, response) => void sendSlice(response).catch(() => response.destroy()));
    const grown = await growthWhile(async () => {
      let arrived = 0;
      const response = await fetch(`http://127.0.0.1:${bad.stage.port}/web/`, {
        headers: { 'cache-control': 'no-cache' },
      });
      for await (const chunk of response.body ?? []) arrived += chunk.length;
      expect(arrived).toBe(total);
    });
    // Sender and receiver live in this process too, with buffers of their own.
    expect(grown).toBeLessThan(192);
  });
});
