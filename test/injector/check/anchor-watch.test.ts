import { describe, expect, it, onTestFinished } from 'vitest';
import { createAnchorWatch } from '../../../injector/check/anchor-watch.ts';
import { until } from '../../support/clock/until.ts';
import { createKeptLog } from '../../support/log/quiet-log.ts';

const HASH = 'a'.repeat(20);

/** An upstream with these files below /web/. */
function clientOf(files: Record<string, string>) {
  const asked: string[] = [];
  return {
    asked,
    basePath: '',
    async ask({ path }: { readonly path: string }) {
      const name = path.replace('/web/', '');
      asked.push(name);
      const body = Buffer.from(files[name] ?? '');
      return { status: name in files ? 200 : 404, headers: {}, rawHeaders: [], body };
    },
  };
}

const PAGE =
  '<script defer="defer" src="runtime.bundle.js?1234"></script><link href="main.css" rel="stylesheet">';
const plan = {
  hooks: [{ mod: 'bars', options: {}, hooks: { css: '.skinHeader { a: b } .MuiAppBar-root { a: b }' } }],
  leftOut: [],
  missingFiles: [],
};

function watchOver(files: Record<string, string>) {
  const log = createKeptLog();
  const upstream = clientOf(files);
  const watch = createAnchorWatch(upstream, async () => undefined, log, 0);
  onTestFinished(() => watch.stop());
  return { log, upstream, watch };
}

describe('the watch over what mods stand on', () => {
  it('is content as soon as a mod finds one of its places, and reads no further', async () => {
    const files = {
      'index.html': PAGE,
      'runtime.bundle.js': `{1:"home-html",2:"zzz"}{1:"${HASH}",2:"${HASH}"}`,
      [`home-html.${HASH}.chunk.js`]: '"skinHeader"',
      [`zzz.${HASH}.chunk.js`]: '',
    };
    const { upstream, watch } = watchOver(files);
    watch.look(plan, undefined);
    await until(() => upstream.asked.includes(`home-html.${HASH}.chunk.js`));
    expect(watch.lost('bars')).toBeUndefined();
  });

  it('names a mod that finds nothing, once, and forgets it when the client has it again', async () => {
    const files: Record<string, string> = {
      'index.html': PAGE,
      'runtime.bundle.js': '',
      'main.css': '.other{}',
    };
    const { log, watch } = watchOver(files);
    watch.look(plan, undefined);
    await until(() => watch.lost('bars') !== undefined);
    expect(watch.lost('bars')).toBe('.skinHeader; .MuiAppBar-root');
    watch.look(plan, undefined);
    files['main.css'] = '.skinHeader{}';
    await until(() => watch.lost('bars') === undefined);
    expect(log.lines.filter(({ event }) => event === 'mod-anchor-missing')).toHaveLength(1);
  });

  it('names a text that stands more often than it is to be replaced, or nowhere, once and not whole', async () => {
    const files: Record<string, string> = {
      'index.html': PAGE,
      'runtime.bundle.js': `{1:"de-json"}{1:"${HASH}"}[e]+".chunk.js"`,
      [`de-json.${HASH}.chunk.js`]: '"Next Up"',
      'main.css': '.card{}.card{}',
    };
    const { log, watch } = watchOver(files);
    const replacements = [
      { find: 'Next Up', replace: 'Go on', count: 1, in: 'script' as const },
      { find: '.card{', replace: '.card{x:y;', count: 1, in: 'style' as const },
      { find: `${'secret '.repeat(20)}`, replace: '', count: 1, in: 'script' as const },
    ];
    const replacing = {
      hooks: [{ mod: 'rewrite', options: {}, hooks: { replacements } }],
      leftOut: [],
      missingFiles: [],
    };
    watch.look(replacing, undefined);
    await until(() => watch.lost('rewrite') !== undefined);
    const shown = `“${'secret '.repeat(9).slice(0, 59)}…”`;
    expect(watch.lost('rewrite')).toBe(
      `“.card{” stands 2 times in main.css, count says 1; ${shown} stands in no script`,
    );
    watch.look(replacing, undefined);
    files['main.css'] = '.card{}';
    files['runtime.bundle.js'] += 'secret '.repeat(20);
    await until(() => watch.lost('rewrite') === undefined);
    expect(log.lines.filter(({ event }) => event === 'mod-anchor-missing')).toHaveLength(1);
  });

  it('reads no further when every text was replaced somewhere', async () => {
    const files = {
      'index.html': PAGE,
      'runtime.bundle.js': `"Next Up"{1:"home-html"}{1:"${HASH}"}`,
      'main.css': '',
      [`home-html.${HASH}.chunk.js`]: '',
    };
    const { upstream, watch } = watchOver(files);
    const replacements = [{ find: 'Next Up', replace: 'Go on', count: 1, in: 'script' as const }];
    watch.look(
      { hooks: [{ mod: 'rewrite', options: {}, hooks: { replacements } }], leftOut: [], missingFiles: [] },
      undefined,
    );
    await until(() => upstream.asked.includes('runtime.bundle.js'));
    await until(() => upstream.asked.length >= 2);
    expect(upstream.asked).not.toContain(`home-html.${HASH}.chunk.js`);
    expect(watch.lost('rewrite')).toBeUndefined();
  });
});
