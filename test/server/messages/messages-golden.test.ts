import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LANGUAGES, type Language } from '../../../injector/kit/translations.ts';
import type { MessageText } from '../../../server/messages/layout.ts';
import {
  writeAccountDisabled,
  writeAccountElsewhere,
  writePasswordChanged,
  writeResetLink,
  writeResetPin,
  writeResetPinLink,
} from '../../../server/messages/messages.ts';
import { LOGO_PLACE } from '../../../server/ports/channel.ts';

const GOLDEN = join(import.meta.dirname, 'golden');

const names = { serverName: 'Living Room', userName: 'anna' };
const lifetimeMs = 30 * 60_000;
const pin = '4F7K-9QXM-02TB-RW8D';
const site = 'https://media.example.org/gatehouse';
const link = `${site}/reset#${'a-_B'.repeat(10)}abc`;
const pinLink = `${site}/pin#4F7K9QXM02TBRW8D`;
const when = { changedAt: Date.UTC(2026, 0, 2, 15, 4), timeZone: 'UTC' };

const WRITERS: Readonly<Record<string, (language: Language) => MessageText>> = {
  'reset-link': (language) => writeResetLink({ ...names, link, lifetimeMs }, language),
  'reset-pin': (language) => writeResetPin({ ...names, pin, pinPage: `${site}/pin`, lifetimeMs }, language),
  'reset-pin-link': (language) => writeResetPinLink({ ...names, pin, link: pinLink, lifetimeMs }, language),
  'account-elsewhere': (language) =>
    writeAccountElsewhere({ ...names, url: 'https://login.example.org/' }, language),
  'account-disabled': (language) => writeAccountDisabled(names, language),
  'password-changed': (language) => writePasswordChanged({ ...names, ...when }, language),
};

describe('the messages are, word for word, as they were agreed', () => {
  test.each(LANGUAGES)('in %s', async (language) => {
    const all = Object.entries(WRITERS).map(([kind, write]) => {
      const { subject, text } = write(language);
      return `=== ${kind} ===\nSubject: ${subject}\n\n${text}`;
    });
    await expect(all.join('\n')).toMatchFileSnapshot(join(GOLDEN, `${language}.txt`));
  });

  test.each(Object.keys(WRITERS))('%s as HTML', async (kind) => {
    const message = WRITERS[kind]?.('en');
    // As it is without a logo.
    await expect(message?.html.replace(LOGO_PLACE, '')).toMatchFileSnapshot(join(GOLDEN, `${kind}.html`));
  });
});

describe.each(LANGUAGES)('in %s', (language) => {
  test('every word of the text stands in the HTML too', () => {
    for (const write of Object.values(WRITERS)) {
      const { text, html } = write(language);
      const shown = html.replace(/<[^>]*>/g, '').replaceAll('&#39;', "'");
      for (const line of text.split('\n').filter((one) => one !== '')) {
        expect(shown).toContain(line.trim().replace(/:$/, ''));
      }
    }
  });

  test('no subject holds a PIN, and the PIN page in a message holds none either', () => {
    for (const write of Object.values(WRITERS)) expect(write(language).subject).not.toMatch(/4F7K/);
    const { text, html } = writeResetPin({ ...names, pin, pinPage: `${site}/pin`, lifetimeMs }, language);
    expect(text.match(/https:\S+/g)).toEqual([`${site}/pin`]);
    expect([...html.matchAll(/href="([^"]*)"/g)].map((match) => match[1])).toEqual([`${site}/pin`]);
  });

  test('the link of the PIN is the same in both parts', () => {
    const { text, html } = writeResetPinLink({ ...names, pin, link: pinLink, lifetimeMs }, language);
    expect(text.match(/https:\S+/g)).toEqual([pinLink]);
    expect([...html.matchAll(/href="([^"]*)"/g)].map((match) => match[1])).toEqual([pinLink, pinLink]);
  });

  test('who cannot be helped here gets no link of ours', () => {
    expect(writeAccountDisabled(names, language).text).not.toMatch(/https?:/);
    expect(writeAccountElsewhere(names, language).html).not.toMatch(/https?:/);
  });
});

test('names cannot become markup, lines or headers in any message', () => {
  const hostile = '<img src=x onerror=alert(1)>"\'&\r\nBcc: eve@evil.example\u2028\u202e';
  const bad = { serverName: hostile, userName: hostile };
  const messages = [
    writeResetPin({ ...bad, pin, pinPage: `${site}/pin`, lifetimeMs }, 'en'),
    writeResetPinLink({ ...bad, pin, link: pinLink, lifetimeMs }, 'en'),
    writeAccountElsewhere({ ...bad, url: 'https://login.example.org/?a=1&b="><b>' }, 'en'),
    writeAccountDisabled(bad, 'en'),
  ];
  for (const { subject, text, html } of messages) {
    expect(subject).not.toMatch(/[\r\n\u2028\u202e]/);
    expect(text).not.toContain('\nBcc');
    expect(html).not.toMatch(/<img|<b>/);
  }
});
