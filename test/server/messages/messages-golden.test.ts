import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LANGUAGES, type Language } from '../../../injector/kit/translations.ts';
import { createMessages } from '../../../server/messages/messages.ts';
import { sampleData } from '../../../server/messages/samples.ts';
import { LOGO_PLACE } from '../../../server/ports/channel.ts';
import { MESSAGE_KINDS, type MessageKind } from '../../../server/ports/message-kinds.ts';
import type { MyAccountWords } from '../../../ui/strings/my-account/en.ts';

const GOLDEN = join(import.meta.dirname, 'golden');

const { write } = createMessages();
const site = 'https://media.example.org';
const data = sampleData({ site, at: Date.UTC(2026, 0, 2, 15, 4) });
const KINDS = MESSAGE_KINDS.filter((kind) => kind !== 'password-changed-former');

/** The zone of the machine must not stand in what was agreed. */
function writeSample(kind: MessageKind, language: Language) {
  return write(kind, { timeZone: 'UTC', ...data[kind] } as never, language);
}

/** Those whose words are kept here to be read; of the others, tests see to the pieces. */
const AGREED = ['en', 'de', 'fr', 'es', 'ar'] as const;

describe('the messages are, word for word, as they were agreed', () => {
  test.each(AGREED)('in %s', async (language) => {
    const all = KINDS.map((kind) => {
      const { subject, text } = writeSample(kind, language);
      return `=== ${kind} ===\nSubject: ${subject}\n\n${text}`;
    });
    await expect(all.join('\n')).toMatchFileSnapshot(join(GOLDEN, `${language}.txt`));
  });

  test.each(KINDS)('%s as HTML', async (kind) => {
    const { html } = writeSample(kind, 'en');
    // As it is without a logo.
    await expect(html.replace(LOGO_PLACE, '')).toMatchFileSnapshot(join(GOLDEN, `${kind}.html`));
  });
});

describe.each(LANGUAGES)('in %s', (language) => {
  test('every word of the text stands in the HTML too', () => {
    for (const kind of KINDS) {
      const { text, html } = writeSample(kind, language);
      const shown = html
        .replace(/<[^>]*>/g, '')
        .replaceAll('&#39;', "'")
        .replaceAll('&quot;', '"');
      for (const line of text.split('\n').filter((one) => one !== '')) {
        expect(shown).toContain(line.trim().replace(/:$/, ''));
      }
    }
  });

  test('no subject holds a secret, and the PIN page in a message holds none either', () => {
    for (const kind of KINDS) expect(writeSample(kind, language).subject).not.toMatch(/4F7K|483/);
    const { text, html } = writeSample('reset-pin', language);
    expect(text.match(/https:\S+/g)).toEqual([`${site}/gatehouse/pin`]);
    expect([...html.matchAll(/href="([^"]*)"/g)].map((match) => match[1])).toEqual([`${site}/gatehouse/pin`]);
  });

  test('the link of the PIN is the same in both parts', () => {
    const { link } = data['reset-pin-link'];
    const { text, html } = writeSample('reset-pin-link', language);
    expect(text.match(/https:\S+/g)).toEqual([link]);
    expect([...html.matchAll(/href="([^"]*)"/g)].map((match) => match[1])).toEqual([link, link]);
  });

  test('who cannot be helped here gets no link of ours', () => {
    const { link: _, ...names } = data['account-elsewhere'];
    expect(writeSample('account-disabled', language).text).not.toMatch(/https?:/);
    expect(write('account-elsewhere', names, language).html).not.toMatch(/https?:/);
  });

  test('who is asked "is this you?" and is not is told what to press, in the words of the page', async () => {
    const tag = language.toLowerCase();
    const { myAccount } = (await import(`../../../ui/strings/my-account/${tag}.ts`)) as {
      readonly myAccount: MyAccountWords;
    };
    expect(writeSample('contact-confirm', language).text.replace(/\s+/g, ' ')).toContain(
      myAccount.confirmation.no,
    );
  });

  test('a code is told in all three forms, and no link stands beside it', () => {
    for (const kind of ['contact-code', 'reset-code'] as const) {
      const { text, html, chat } = writeSample(kind, language);
      expect(text).toContain('\n    483 920\n');
      expect(html).toContain('>483 920<');
      expect(chat).toMatchObject({ code: '483 920' });
      expect(html).not.toMatch(/https?:/);
    }
  });
});

test('names cannot become markup, lines or headers in any message', () => {
  const hostile = '<img src=x onerror=alert(1)>"\'&\r\nBcc: eve@evil.example\u2028\u202e';
  for (const kind of KINDS) {
    const bad = { ...data[kind], serverName: hostile, userName: hostile };
    const { subject, text, html } = write(kind, bad as never, 'en');
    expect(subject).not.toMatch(/[\r\n\u2028\u202e]/);
    expect(text).not.toContain('\nBcc');
    expect(html).not.toMatch(/<img|<b>/);
  }
  const link = 'https://login.example.org/?a=1&b="><b>';
  expect(write('account-elsewhere', { ...data['account-elsewhere'], link }, 'en').html).not.toMatch(/<b>/);
});

test.each([
  ['ar', 'rtl', 'right'],
  ['he', 'rtl', 'right'],
  ['en', 'ltr', 'left'],
] as const)('a mail in %s goes from %s, and codes and addresses from the left', (language, dir, side) => {
  const { html, text, subject } = writeSample('reset-pin-link', language);
  expect(html).toContain(`<html lang="${language}" dir="${dir}">`);
  expect(html).toContain(`dir="${dir}" style="max-width:520px;text-align:${side};"`);
  expect(html).toMatch(/<p dir="ltr" [^>]*>4F7K-9QXM-02TB-RW8D</);
  expect(html).toMatch(/<a href="[^"]*" dir="ltr"/);
  // A name keeps together in a sentence that is written the other way.
  expect(text.includes('\u2068Living Room\u2069')).toBe(dir === 'rtl');
  expect(subject).not.toMatch(/[\u2066-\u2069]/);
});
