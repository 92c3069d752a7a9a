import { describe, expect, it } from 'vitest';
import type { ClientData } from '../../../injector/client/client-data.ts';
import { createErrorBoundary } from '../../../injector/client/error-boundary.ts';
import { overrideTexts } from '../../../injector/client/texts.ts';

/** A place in a template where the client puts a text. */
const place = (key: string) => `$\{${key}}`;

/** The client's own object, as far as it matters: what it was asked is in the answer. */
function overridden(strings: ClientData['strings'], pick?: () => string | undefined, isPlain?: boolean) {
  const warnings: string[] = [];
  const globalize = {
    translate: (key: string, ...values: unknown[]) => `theirs ${[key, ...values].join()}`,
    translateHtml: (html: unknown, ...rest: unknown[]) =>
      `theirs ${typeof html === 'object' ? JSON.stringify(html) : html} ${rest.join()}`,
    getCurrentLocale: () => 'en',
  };
  overrideTexts(
    globalize,
    strings,
    pick ?? (({ translations }) => translations.en),
    createErrorBoundary('texts', (message) => warnings.push(message)),
    { isPlain: isPlain === true, gatehouseUrl: (page) => `https://a.example/gatehouse/${page}?a="b` },
  );
  return { globalize, warnings };
}

const strings: ClientData['strings'] = {
  Plain: { isHtml: false, translations: { en: `A <b> & "c" ${place('Other')}` } },
  Html: { isHtml: true, translations: { en: 'A <b> & AT&T;\n\n"c"' } },
  Filled: { isHtml: false, translations: { en: '{0} and {1} and {0}' } },
};

describe('translate', () => {
  it('gives texts of ours as they are, and escaped where the client shows them as HTML', () => {
    const { globalize } = overridden(strings);
    expect(globalize.translate('Plain')).toBe(`A <b> & "c" ${place('Other')}`);
    expect(globalize.translate('Html')).toBe('A &lt;b> & AT&amp;T;<br/><br/>&quot;c&quot;');
  });

  it('leaves a text to the client, in templates too, where its own is as true and we have none in the language', () => {
    const { globalize } = overridden(strings, () => undefined);
    expect(globalize.translate('Plain', 1)).toBe('theirs Plain,1');
    expect(globalize.translateHtml(`<p>${place('Plain')}</p>`)).toContain(place('Plain'));
  });

  it('fills in values as the client does', () => {
    expect(overridden(strings).globalize.translate('Filled', 1, 'b')).toBe('1 and b and 1');
  });

  it('links to pages of ours where the client shows links, and says the whole address elsewhere', () => {
    const asking = { en: 'Ask <on> [My "page"](gatehouse/account), [not](https://b.example) that.' };
    const linking: ClientData['strings'] = {
      Html: { isHtml: true, translations: asking },
      Plain: { isHtml: false, translations: asking },
    };
    const whole = '(https://a.example/gatehouse/account?a="b)';
    expect(overridden(linking).globalize.translate('Html')).toBe(
      'Ask &lt;on> <a href="https://a.example/gatehouse/account?a=&quot;b" style="color:inherit;text-decoration:underline">' +
        'My &quot;page&quot;</a>, [not](https://b.example) that.',
    );
    expect(overridden(linking).globalize.translate('Plain')).toBe(
      `Ask <on> My "page" ${whole}, [not](https://b.example) that.`,
    );
    expect(overridden(linking, undefined, true).globalize.translate('Html')).toBe(
      `Ask &lt;on> My &quot;page&quot; ${whole.replace('"', '&quot;')}, [not](https://b.example) that.`,
    );
  });

  it('hides what the client adds behind an opening, except where markup would be read out', () => {
    const opening: ClientData['strings'] = {
      Opening: { isHtml: true, isOpening: true, translations: { en: 'A <b>' } },
    };
    expect(overridden(opening).globalize.translate('Opening')).toBe('A &lt;b><div hidden>');
    expect(overridden(opening, undefined, true).globalize.translate('Opening')).toBe('A &lt;b>');
  });

  it.each(['Other', 'constructor', '__proto__', ''])('leaves %j to the client', (key) => {
    expect(overridden(strings).globalize.translate(key, 1)).toBe(`theirs ${key},1`);
  });

  it('leaves everything to the client when something of ours throws, and says so once', () => {
    const { globalize, warnings } = overridden(strings, () => {
      throw new Error('broken');
    });
    expect(globalize.translate('Plain')).toBe('theirs Plain');
    expect(globalize.translateHtml(place('Plain'), 'core')).toBe(`theirs ${place('Plain')} core`);
    expect(warnings).toEqual(['[Gatehouse] mod "texts" failed; the rest goes on']);
  });
});

describe('translateHtml', () => {
  it('puts texts of ours in as text, and lets the client do the rest', () => {
    const { globalize } = overridden(strings);
    expect(globalize.translateHtml(`<p title="${place('Plain')}">${place('Other')}</p>`, 'core')).toBe(
      `theirs <p title="A &lt;b> & &quot;c&quot; &#36;{Other}">${place('Other')}</p> core`,
    );
  });

  it('unwraps a module object', () => {
    const { globalize } = overridden(strings);
    expect(globalize.translateHtml({ default: `<p>${place('Html')}</p>` }, 'core')).toBe(
      'theirs <p>A &lt;b> & AT&amp;T;<br/><br/>&quot;c&quot;</p> core',
    );
  });

  it.each([undefined, null, 3, {}])('hands %j on as it came', (html) => {
    const { globalize } = overridden(strings);
    const theirs = typeof html === 'object' ? JSON.stringify(html) : html;
    expect(globalize.translateHtml(html, 'core')).toBe(`theirs ${theirs} core`);
  });
});
