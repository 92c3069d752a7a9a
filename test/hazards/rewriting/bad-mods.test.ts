import http from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openRewritingStage, PAGE, type RewritingStage, sendPage, withoutStyle } from './stage.ts';

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

describe('mods that misbehave', () => {
  it.each([
    ['loops', 'took over 1 s and was stopped'],
    ['leaves', 'ended its process, as too much memory does'],
    ['swells', 'RangeError: the hook made the file too large'],
    ['promises', 'TypeError: a hook must be done when it returns; this one gave a promise'],
    ['rejects', 'TypeError: a hook must be done when it returns; this one gave a promise'],
    ['broken', 'Error: broken on purpose'],
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
      // A try takes over a second.
      expect(performance.now() - started).toBeLessThan(2_000);
      expect(leftOut()).toEqual([{ level: 'error', event: 'mod-left-out', mod: name, hook: 'html', error }]);
    },
  );

  it('C17: one that loops in a JSON document is left out of it, and stays in others', async () => {
    await switchOnBad('loops-in-json');
    const { body } = await stage.get('/web/config.json');
    expect(JSON.parse(body.toString())).toEqual({ multiserver: false });
    expect(leftOut().map((line) => [line['mod'], line['hook']])).toEqual([
      ['loops-in-json', 'json multiserver'],
    ]);
  });

  it('C17: what is passed through does not notice one that loops', async () => {
    await switchOnBad('loops');
    const agent = new http.Agent({ keepAlive: true });
    const passThrough = (): Promise<void> =>
      new Promise((resolve, reject) => {
        http
          .get({ port: stage.port, path: '/film', agent }, (response) => {
            response.resume().on('end', () => resolve());
          })
          .on('error', reject);
      });
    await passThrough();
    let isPending = true;
    const page = stage.get('/web/').finally(() => {
      isPending = false;
    });
    let during = 0;
    for (; isPending; during += 1) await passThrough();
    await page;
    agent.destroy();
    // On the event loop, the first answer would have waited for the whole second that a mod may take.
    expect(during).toBeGreaterThan(3);
  });
});
