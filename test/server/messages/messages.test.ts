import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../../injector/kit/translations.ts';
import { createMessages } from '../../../server/messages/messages.ts';

const { write } = createMessages();
const link = `https://media.example.org/gatehouse/reset#${'a-_B'.repeat(10)}abc`;
const reset = { serverName: 'Living Room', userName: 'anna', link, lifetimeMs: 30 * 60_000 };
const changed = {
  serverName: 'Living Room',
  userName: 'anna',
  at: Date.UTC(2026, 0, 2, 15, 4),
  timeZone: 'UTC',
};

describe.each(LANGUAGES)('in %s', (language) => {
  test('the message with the link names server, user and lifetime in both parts, with the same link', () => {
    const message = write('reset-link', reset, language);
    const thirty = new Intl.NumberFormat(language).format(30);
    for (const part of [message.text, message.html]) {
      expect(part).toContain('Living Room');
      expect(part).toContain('anna');
      expect(part).toContain(thirty);
    }
    expect(message.text.match(/https:\S+/g)).toEqual([link]);
    const hrefs = [...message.html.matchAll(/href="([^"]*)"/g)].map((match) => match[1]);
    expect(hrefs).toEqual([link, link]);
    expect(message.html).toContain(`>${link}</a>`);
    expect(message.html).toContain(`<html lang="${language}"`);
  });

  test('the notice says when, and holds no link', () => {
    const message = write('password-changed', changed, language);
    for (const part of [message.text, message.html]) {
      expect(part).toContain('Living Room');
      expect(part).toContain(new Intl.NumberFormat(language, { useGrouping: false }).format(2026));
      expect(part).toContain('UTC');
      expect(part).not.toMatch(/https?:/);
    }
  });
});

test('the languages do not share a sentence', () => {
  const subjects = LANGUAGES.flatMap((language) => [
    write('reset-link', reset, language).subject,
    write('password-changed', changed, language).subject,
  ]);
  expect(new Set(subjects).size).toBe(LANGUAGES.length * 2);
});

test('the English message, whole', () => {
  expect(write('reset-link', reset, 'en')).toMatchObject({
    subject: 'Choose a new password for Living Room',
    text: `Hello anna,

Somebody asked for a new password for the user “anna” on Living Room. If that was you, choose one here:

Choose a new password
${link}

The link works once, for 30 minutes.

If you did not ask for this, you can ignore this message. Your password stays as it is, and nobody can change it without this link.
`,
    chat: {
      before: [
        'Hello anna,',
        'Somebody asked for a new password for the user “anna” on Living Room. If that was you, choose one here:',
      ],
      link: { label: 'Choose a new password', url: link },
      after: [
        'The link works once, for 30 minutes.',
        'If you did not ask for this, you can ignore this message. Your password stays as it is, and nobody can change it without this link.',
      ],
    },
  });
});

test('a lifetime is said in hours and minutes', () => {
  const text = (lifetimeMs: number) => write('reset-link', { ...reset, lifetimeMs }, 'en').text;
  expect(text(90 * 60_000)).toContain('for 1 hour and 30 minutes.');
  expect(text(2 * 60 * 60_000)).toContain('for 2 hours.');
});

test('names cannot become markup, lines or headers', () => {
  const hostile = '<img src=x onerror=alert(1)>"\'&\r\nBcc: eve@evil.example\u2028\u202e';
  const message = write('reset-link', { ...reset, serverName: hostile, userName: hostile }, 'en');
  expect(message.subject).not.toMatch(/[\r\n\u2028\u202e]/);
  expect(message.html).not.toContain('<img');
  expect(message.html).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp; Bcc: eve@evil.example');
  expect(message.text).not.toContain('\nBcc');
  const long = write('reset-link', { ...reset, serverName: 'x'.repeat(5000) }, 'en');
  expect(long.subject.length).toBeLessThan(150);
});

test('a name that looks like a variable or like Markdown stays a name', () => {
  const userName = '{link} [x](https://evil.example) `{serverName}`';
  const { text, html } = write('reset-link', { ...reset, userName }, 'en');
  expect(text).toContain(`the user “${userName}” on Living Room`);
  expect([...html.matchAll(/href="([^"]*)"/g)].map((match) => match[1])).toEqual([link, link]);
});
