import http from 'node:http';
import { describe, expect, it } from 'vitest';
import { useBadMods } from './use-bad-mods.ts';

const bad = useBadMods();

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
    // A try takes over a second.
    (name, error) => bad.expectLeftOutOnce(name, error, 2_000),
  );

  it('C17: one that loops in a JSON document is left out of it, and stays in others', async () => {
    await bad.switchOn('loops-in-json');
    const { body } = await bad.stage.get('/web/config.json');
    expect(JSON.parse(body.toString())).toEqual({ multiserver: false });
    expect(bad.leftOut().map((line) => [line['mod'], line['hook']])).toEqual([
      ['loops-in-json', 'json multiserver'],
    ]);
  });

  it('one whose hooks cannot be had where mods run is named once, and the page has the others', async () => {
    await bad.switchOn('withdraws');
    for (let load = 0; load < 2; load += 1) {
      const page = (await bad.stage.get('/web/')).body.toString();
      expect(page).toContain('data-marked="yes"');
      expect(page).not.toContain('never');
    }
    expect(bad.leftOut()).toMatchObject([
      { mod: 'withdraws', hook: 'hooks', error: 'Error: not in this process' },
    ]);
  });

  it('C17: what is passed through does not notice one that loops', async () => {
    await bad.switchOn('loops');
    const agent = new http.Agent({ keepAlive: true });
    const passThrough = (): Promise<void> =>
      new Promise((resolve, reject) => {
        http
          .get({ port: bad.stage.port, path: '/film', agent }, (response) => {
            response.resume().on('end', () => resolve());
          })
          .on('error', reject);
      });
    await passThrough();
    let isPending = true;
    const page = bad.stage.get('/web/').finally(() => {
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
