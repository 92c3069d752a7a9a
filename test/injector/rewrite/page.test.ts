import type { CheerioAPI } from 'cheerio';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineMod, type Hooks, type Tag } from '../../../injector/kit/define-mod.ts';
import { createPlan } from '../../../injector/kit/plan.ts';
import { type PageExtras, rewritePage } from '../../../injector/rewrite/page.ts';

const PAGE = '<html><head><title>t</title></head><body><p>b</p></body></html>';

function rewrite(mods: Record<string, Hooks>, extras: PageExtras = {}) {
  const failures: unknown[] = [];
  const plan = createPlan({
    mods: Object.entries(mods).map(([name, hooks]) => {
      const options = z.strictObject({});
      return defineMod({ name, title: name, jellyfin: '*', options, example: {}, hooks: () => hooks });
    }),
    enabled: mods,
    jellyfinVersion: undefined,
    onFailure: (failure) => failures.push(failure),
  });
  return { html: rewritePage(PAGE, plan, extras, (failure) => failures.push(failure)), failures };
}

const page = (head: string, body = '<p>b</p>') => `<html><head>${head}</head><body>${body}</body></html>`;

describe('a page', () => {
  it('stays the same without anything to put in', () => {
    expect(rewrite({}).html).toBe(PAGE);
  });

  it('has our script before everything and our stylesheet after everything of Jellyfin', () => {
    const { html } = rewrite({}, { scriptUrl: 's.js?a&b', styleUrl: 's.css' });
    expect(html).toBe(
      page('<script src="s.js?a&amp;b"></script><title>t</title><link rel="stylesheet" href="s.css">'),
    );
  });

  it('has tags of mods at their places, in order, behind our own', () => {
    const tags = (name: string): Tag[] => [
      { tag: 'meta', attributes: { name: `start-${name}` }, place: 'head-start' },
      { tag: 'meta', attributes: { name: `end-${name}` }, place: 'head-end' },
      { tag: 'i', attributes: { id: name }, text: 'x', place: 'body-end' },
    ];
    const { html } = rewrite(
      { a: { tags: tags('a') }, b: { tags: tags('b') } },
      { scriptUrl: 's', styleUrl: 't' },
    );
    expect(html).toBe(
      page(
        '<script src="s"></script><meta name="start-a"><meta name="start-b"><title>t</title>' +
          '<link rel="stylesheet" href="t"><meta name="end-a"><meta name="end-b">',
        '<p>b</p><i id="a">x</i><i id="b">x</i>',
      ),
    );
  });

  it('has attributes with their value, bare, or not at all', () => {
    const attributes = { src: '"><script>', async: true, defer: false };
    const { html } = rewrite({ a: { tags: [{ tag: 'script', attributes, place: 'head-end' }] } });
    expect(html).toBe(page('<title>t</title><script src="&quot;><script>" async=""></script>'));
  });

  it.each([
    ['p', '<b>&', '<p>&lt;b&gt;&amp;</p>'],
    ['script', 'a("</script></STYLE></b>")', '<script>a("<\\/script><\\/STYLE></b>")</script>'],
    ['style', 'a{}</style><p>', '<style>a{}<\\/style><p></style>'],
    ['x-own1', '', '<x-own1></x-own1>'],
  ])('has the text of a %s so that it cannot break out', (tag, text, expected) => {
    const { html } = rewrite({ a: { tags: [{ tag, text, place: 'body-end' }] } });
    expect(html).toBe(page('<title>t</title>', `<p>b</p>${expected}`));
  });

  it.each(['', 'p onload=x', '<p>', 'P', '1p', 'pé'])('takes no element named %j', (tag) => {
    expect(() => rewrite({ a: { tags: [{ tag, place: 'body-end' }] } })).toThrow(
      new TypeError(`"${tag}" is not an element name`),
    );
  });
});

describe('a hook of a page', () => {
  const tag = (id: string): Tag => ({ tag: 'i', attributes: { id }, place: 'body-end' });

  it('runs in the order of the mods', () => {
    const append = (text: string) => (made: CheerioAPI) => void made('title').append(text);
    expect(rewrite({ a: { html: append('a') }, b: { html: append('b') } }).html).toBe(
      page('<title>tab</title>'),
    );
  });

  it('that throws leaves nothing half-done, takes its tags along, and is reported once', () => {
    const error = new Error('broken');
    const { html, failures } = rewrite({
      a: { html: (made) => void made('title').append('a'), tags: [tag('a')] },
      b: {
        html: (made) => {
          made('title').append('half');
          throw error;
        },
        tags: [tag('b')],
      },
      c: { html: (made) => void made('title').append('c'), tags: [tag('c')] },
    });
    expect(html).toBe(page('<title>tac</title>', '<p>b</p><i id="a"></i><i id="c"></i>'));
    expect(failures).toEqual([{ mod: 'b', hook: 'html', error }]);
  });
});
