import { describe, expect, it } from 'vitest';
import { htmlElement } from '../../../injector/kit/html-element.ts';

function messagesOf(element: unknown, knowsAssets = false): string[] {
  const { error } = htmlElement(knowsAssets).safeParse(element);
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);
}

describe('an element as data', () => {
  it('comes to its place by itself', () => {
    expect(htmlElement().parse({ tag: 'meta', attributes: { name: 'robots' } }).place).toBe('head-end');
    expect(htmlElement().parse({ tag: 'p', text: 'Hello' })).toEqual({
      tag: 'p',
      text: 'Hello',
      place: 'body-end',
    });
  });

  it('that opens another tab gives that page no way back', () => {
    const { attributes } = htmlElement().parse({ tag: 'a', attributes: { target: '_blank', href: '/x' } });
    expect(attributes).toEqual({ rel: 'noopener noreferrer', target: '_blank', href: '/x' });
  });

  it.each([
    [{ tag: 'script' }, /^tag: runs code/],
    [{ tag: 'iframe' }, /^tag: can bring a page/],
    [{ tag: 'svg' }, /^tag: can bring a page/],
    [{ tag: 'input' }, /^tag: asks people to type/],
    [{ tag: 'base' }, /^tag: would lead every address/],
    [{ tag: 'img', attributes: { onerror: 'alert(1)' } }, /^attributes\.onerror: runs code/],
    [{ tag: 'p', attributes: { ONCLICK: 'alert(1)' } }, /^attributes\.ONCLICK: runs code/],
    [{ tag: 'p', attributes: { style: 'color: red' } }, /^attributes\.style: is not taken/],
    [{ tag: 'p', attributes: { srcdoc: 'x' } }, /^attributes\.srcdoc: is not an attribute that p may have/],
    [
      { tag: 'meta', attributes: { 'http-equiv': 'refresh' } },
      /^attributes\.http-equiv: speaks for the server/,
    ],
    [{ tag: 'a', attributes: { href: 'javascript:alert(1)' } }, /^attributes\.href: must be an address/],
    [{ tag: 'a', attributes: { href: ' JavaScript:alert(1)' } }, /^attributes\.href: must be an address/],
    [{ tag: 'a', attributes: { href: 'java\nscript:alert(1)' } }, /^attributes\.href: must be an address/],
    [{ tag: 'a', attributes: { href: 'data:text/html,x' } }, /^attributes\.href: must be an address/],
    [{ tag: 'img', attributes: { src: 'mailto:a@example.org' } }, /^attributes\.src: must be an address/],
    [{ tag: 'img', attributes: { src: 'asset:logo' } }, /^attributes\.src: must be an address/],
    [
      { tag: 'link', attributes: { rel: 'modulepreload', href: '/x.js' } },
      /^attributes\.rel: must be author/,
    ],
    [{ tag: 'link', attributes: { rel: true } }, /^attributes\.rel: must be author/],
    [{ tag: 'meta', place: 'body-end' }, /^place: must be head-start or head-end for meta$/],
    [{ tag: 'div', place: 'head-end' }, /^place: must be body-end for div$/],
    [{ tag: 'img', text: 'x' }, /^text: has no place in img/],
  ])('%j is refused with a sentence', (element, sentence) => {
    expect(messagesOf(element)).toEqual([expect.stringMatching(sentence)]);
  });

  it('may show a file of its mod, where it is one of a mod', () => {
    const picture = { tag: 'img', attributes: { src: 'asset:logo', alt: '' } };
    expect(messagesOf(picture, true)).toEqual([]);
    expect(messagesOf({ tag: 'a', attributes: { href: 'asset:logo' } }, true)).toHaveLength(1);
  });
});
