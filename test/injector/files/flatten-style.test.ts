import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { closeCss } from '../../../injector/files/close-css.ts';
import { FILE_LIMITS } from '../../../injector/files/limits.ts';
import { nothing, sourcesOf } from '../../../injector/files/mod-files.ts';
import { serveFiles } from '../../../injector/files/serve-files.ts';
import { sampleFile } from '../../support/files/sample-files.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';

type Files = Readonly<Record<string, Buffer | string>>;

/** `a.css` with all it names as one text; served names are written as `<KIND>`. */
async function flatten(files: Files): Promise<{ text: string; problem: string; count: number }> {
  const folder = await tempFolder();
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  const read = await serveFiles([{ kind: 'style', from: 'a.css' }], sourcesOf(folder, nothing));
  const text = [...read.served.values()][0]?.text ?? '';
  return {
    text: text.replace(/\.\.\/gatehouse\/mods\/[\w-]{22}\.(\w+)/g, '<$1>').trim(),
    problem: read.problems[0]?.message ?? '',
    count: read.assets.length,
  };
}

describe('a style becomes one text', () => {
  it('with what it imports, relative to the file that says so, where the conditions hold', async () => {
    const { text } = await flatten({
      'a.css': [
        '@charset "utf-8";',
        '@layer first, second;',
        '@import "parts/plain.css";',
        "@import url('parts/dark.css') layer(second) supports(display: grid) (prefers-color-scheme: dark), print;",
        '@import url(parts/layer.css) layer;',
        'a { color: red }',
      ].join('\n'),
      'parts/plain.css': '@import "../more/deep.css"; b { color: blue }',
      'more/deep.css': 'i { background: url(../parts/x.png) }',
      'parts/x.png': sampleFile('png'),
      'parts/dark.css': 'u { color: black }',
      'parts/layer.css': 's { color: grey }',
    });
    expect(text.replace(/\s+/g, ' ')).toBe(
      [
        '@layer first, second; i { background: url("<png>") } b { color: blue }',
        '@layer second { @supports (display: grid) { @media (prefers-color-scheme: dark), print { u { color: black } } } }',
        '@layer { s { color: grey } } a { color: red }',
      ].join(' '),
    );
  });

  it.each([
    ['a{b:url(x.png)}', 'a{b:url("<png>")}'],
    ['a{b:url( "x.png" )}', 'a{b:url( "<png>" )}'],
    ["a{b:url('./p/../x.png?v=1#part')}", "a{b:url('<png>#part')}"],
    ['a{b:url(\\78.png)}', 'a{b:url("<png>")}'],
    ['a{b:url(x%2epng)}', 'a{b:url("<png>")}'],
    ['a{b:image-set("x.png" 1x, url(y.svg) 2x)}', 'a{b:image-set("<png>" 1x, url("<svg>") 2x)}'],
    ['@font-face{src:url(f.woff2)format("woff2")}', '@font-face{src:url("<woff2>")format("woff2")}'],
    ['a{b:url(data:image/png;base64,AA==)}', 'a{b:url(data:image/png;base64,AA==)}'],
    ['a{mask:url(#m)}', 'a{mask:url(#m)}'],
    ['a{b:url(/web/assets/img/banner.png)}', 'a{b:url(/web/assets/img/banner.png)}'],
    ['a{b:url(ftp://example.org/x.png)}', 'a{b:url("data:,")}'],
    [
      '@namespace svg url(http://www.w3.org/2000/svg); a{}',
      '@namespace svg url(http://www.w3.org/2000/svg); a{}',
    ],
    ['@import "/web/themes/dark/theme.css"; a{}', '@import "/web/themes/dark/theme.css";\na{}'],
    [
      '/* url(gone.png) */ a::before{content:"url(gone.png)"}',
      '/* url(gone.png) */ a::before{content:"url(gone.png)"}',
    ],
  ])('%s becomes %s', async (css, flat) => {
    const { text, problem } = await flatten({
      'a.css': css,
      'x.png': sampleFile('png'),
      'y.svg': '<svg/>',
      'f.woff2': sampleFile('woff2'),
    });
    expect(problem).toBe('');
    expect(text).toBe(flat);
  });

  it('with a file that is named often served once, and a circle of imports ended', async () => {
    const { text, count } = await flatten({
      'a.css': '@import "b.css"; a{b:url(x.png)}',
      'b.css': '@import "a.css"; b{b:url(x.png)}',
      'x.png': sampleFile('png'),
    });
    expect(text.replace(/\s+/g, '')).toBe('b{b:url("<png>")}a{b:url("<png>")}');
    // The picture, and the style itself.
    expect(count).toBe(2);
  });
});

describe('what cannot be flattened says which part and why', () => {
  const GONE = 'does not exist; its path begins at the folder of config.yaml';
  const OUT =
    'leads out of the folder of config.yaml; copy the file into it, or begin what Jellyfin itself has with /, as in /web/';
  const deep = (length: number): Files =>
    Object.fromEntries(
      Array.from({ length }, (_, n) => [n === 0 ? 'a.css' : `${n}.css`, `@import "${n + 1}.css";`]),
    );
  it.each([
    [{ 'a.css': '@import "b.css";' }, `names b.css, which ${GONE}`],
    [
      { 'a.css': '@import "b.css";', 'b.css': 'a{b:url(c.png)}' },
      `names b.css, which names c.png, which ${GONE}`,
    ],
    [{ 'a.css': 'a{b:url(../Branding/Splashscreen)}' }, `names ../Branding/Splashscreen, which ${OUT}`],
    [{ 'a.css': 'a{b:url(..%2f..%2fetc/passwd)}' }, `names ..%2f..%2fetc/passwd, which ${OUT}`],
    [
      { 'a.css': 'a{b:url(config.yaml)}', 'config.yaml': 'apiKey: x' },
      'names config.yaml, which is neither a picture nor a font that browsers know; and @import works only before all rules',
    ],
    [
      { 'a.css': '@import "config.yaml";', 'config.yaml': 'apiKey: x' },
      'names config.yaml, which does not end in .css; a style that everybody may read does',
    ],
    [
      { 'a.css': 'a{b:u\\72l(https://example.org/x.png)}' },
      'writes url( or @import with escapes; write them plainly',
    ],
    [
      { 'a.css': '@\\69mport "https://example.org/x.css";' },
      'writes url( or @import with escapes; write them plainly',
    ],
    [
      { 'a.css': `/*${'x'.repeat(FILE_LIMITS.styleBytes)}*/` },
      'is larger than 2 MB with all it imports; leave parts of it out',
    ],
  ] as [Files, string][])('%#', async (files, sentence) => {
    expect((await flatten(files)).problem).toBe(sentence);
  });

  it('imports that go too deep', async () => {
    const { problem } = await flatten(deep(20));
    expect(problem).toMatch(/^names 1\.css, .*which stands 9 imports deep, and 8 are most$/);
  });

  it('escapes in names of classes harm nobody', async () => {
    const css = '.md\\:w-\\[url\\(x\\)\\]:hover { color: red }';
    expect(await flatten({ 'a.css': css })).toMatchObject({ text: css, problem: '' });
  });
});

it.each([
  ['a{b:c', 'a{b:c}'],
  ['@media x{a{b:c(1', '@media x{a{b:c(1)}}'],
  ['a{}}b{}', 'a{}b{}'],
  ['a{}/* open', 'a{}/* open*/'],
  ['a{}/*/', 'a{}/*/*/'],
  ['a{b:"open', 'a{b:"open"}'],
  ['a{b:"open\\"', 'a{b:"open\\""}'],
  ["a{b:'}'}", "a{b:'}'}"],
  ['a{b:"line\n}', 'a{b:"line\n}'],
  ['a{/*}*/}', 'a{/*}*/}'],
  ['.a\\}{}', '.a\\}{}'],
  ['a{b:(}', 'a{b:(})}'],
  ['a{}\\', 'a{}\\\n'],
])('%s is closed as %s', (css, closed) => {
  expect(closeCss(css)).toBe(closed);
});
