import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { OWN_HEADERS } from '../../../injector/http/own-headers.ts';
import { drawPlainPage, type PlainPage } from '../../../injector/http/plain-page.ts';

const PAGE: PlainPage = { language: 'en', title: '{name} is away', name: 'Attic', sentences: ['Wait.'] };

const inside = (html: string, tag: string) =>
  new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(html)?.[1] ?? '';
const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

describe('a plain page', () => {
  it('shows a name as text, whatever it looks like, and no longer than 80 signs', () => {
    const name = `<img src=x onerror=alert(1)>&"'{name}$&${'😀'.repeat(100)}`;
    const { html } = drawPlainPage({ ...PAGE, title: 'a {name} b', name, sentences: ['<b>'] });
    expect(html).not.toMatch(/<img|<b>/);
    expect(inside(html, 'h1')).toMatch(
      /^a <bdi>&#60;img src=x onerror=alert\(1\)&#62;&#38;&#34;&#39;\{name\}\$&#38;(?:😀)+<\/bdi> b$/u,
    );
    expect([...inside(html, 'bdi').replace(/&#\d+;/g, '.')]).toHaveLength(80);
    expect(inside(html, 'title')).not.toContain('bdi');
  });

  it('is allowed its own style and script by their hashes, and nothing else', () => {
    const script = 'later()';
    const { html, policy } = drawPlainPage({ ...PAGE, waiting: { script, seconds: 3 } });
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `script-src ${hashOf(script)}`,
      `style-src ${hashOf(inside(html, 'style'))}`,
      "connect-src 'self'",
      'img-src data:',
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]);
    expect(inside(html, 'script')).toBe(script);
    expect(drawPlainPage(PAGE).policy).not.toContain('script-src');
    expect(OWN_HEADERS['Content-Security-Policy']).toContain(
      `style-src 'self' ${hashOf(inside(html, 'style'))};`,
    );
  });
});
