import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../../injector/kit/translations.ts';
import { TEMPLATE_KINDS } from '../../../server/messages/kinds.ts';
import { builtInTexts } from '../../../server/messages/message-texts.ts';
import { createMessages, findBrokenTemplates } from '../../../server/messages/messages.ts';
import { readTemplateFile } from '../../../server/messages/template-file.ts';

const link = 'https://media.example.org/gatehouse/reset#abc';
const reset = { serverName: 'Living Room', userName: 'anna', link, lifetimeMs: 30 * 60_000 };

/** All variables of a kind, each once. */
function variablesOf(kind: keyof typeof TEMPLATE_KINDS, language: (typeof LANGUAGES)[number]): string[] {
  const template = builtInTexts(language).templates.get(kind);
  return [...new Set(JSON.stringify(template).match(/\{\w+\}|"variable":"\w+"/g))].sort();
}

describe.each(LANGUAGES)('our words in %s', (language) => {
  test('have every kind, and no fault', () => {
    expect(builtInTexts(language).faults).toEqual([]);
    expect([...builtInTexts(language).templates.keys()]).toEqual(Object.keys(TEMPLATE_KINDS));
    expect(Object.keys(builtInTexts(language).shared)).toEqual(['greeting', 'fallback']);
  });

  test('have lost no variable, and have the same pieces in the same order', () => {
    for (const kind of Object.keys(TEMPLATE_KINDS) as (keyof typeof TEMPLATE_KINDS)[]) {
      expect.soft(variablesOf(kind, language), kind).toEqual(variablesOf(kind, 'en'));
      const pieces = (of: typeof language) =>
        builtInTexts(of)
          .templates.get(kind)
          ?.blocks.map((block) => block.kind);
      expect.soft(pieces(language), kind).toEqual(pieces('en'));
    }
  });

  if (language === 'en') return;
  test('leave no sentence in English', () => {
    for (const [kind, { subject, blocks }] of builtInTexts(language).templates) {
      const english = builtInTexts('en').templates.get(kind);
      expect.soft(subject, kind).not.toBe(english?.subject);
      for (const [index, block] of blocks.entries())
        if (block.kind === 'paragraph') expect.soft(block, kind).not.toEqual(english?.blocks[index]);
    }
  });
});

const GOOD = `<!-- Read by a native speaker: yes -->
## reset-link
Subject: New for {userName}

Take this,
{userName}, within {lifetime}:

[Take it]({link})
`;

test('a file may hold some kinds only, and is used for those', () => {
  const messages = createMessages([{ name: 'de.md', file: 'messages/de.md', text: GOOD }]);
  expect(messages.faults).toEqual([]);
  const { subject, text } = messages.write('reset-link', reset, 'de');
  expect(subject).toBe('New for anna');
  expect(text).toBe(`Hallo anna,\n\nTake this, anna, within 30 Minuten:\n\nTake it\n${link}\n`);
  expect(messages.write('reset-link', reset, 'en').subject).toBe('Choose a new password for Living Room');
  expect(messages.write('account-disabled', reset, 'de').subject).toContain('gesperrt');
});

test('greeting and the words below a button can be changed alone', () => {
  const text = '## every-message\nGreeting: Hi {userName}!\n';
  const messages = createMessages([{ name: 'en.md', file: 'messages/en.md', text }]);
  expect(messages.write('reset-link', reset, 'en').text).toMatch(/^Hi anna!\n\nSomebody/);
  expect(messages.write('reset-link', reset, 'en').html).toContain('If the button does not work');
});

describe('a fault is told by line, and our words are used', () => {
  test.each([
    [
      'an unknown variable',
      GOOD.replace('{lifetime}', '{lifespan}'),
      5,
      /\{lifespan\} is no variable; use \{serverName\}/,
    ],
    [
      'a variable in the wrong place',
      GOOD.replace('{userName},', '{link},'),
      5,
      /\{link\} cannot stand in this sentence/,
    ],
    ['a missing link', GOOD.replace('[Take it]({link})', ''), 2, /reset-link lacks its button/],
    ['two links', `${GOOD}\n[Again]({link})\n`, 2, /more than one button/],
    [
      'a wrong link',
      GOOD.replace('({link})', '({pin})'),
      8,
      /the button of reset-link is \{link\}, not \{pin\}/,
    ],
    [
      'an address of its own',
      GOOD.replace('({link})', '(https://evil.example)'),
      8,
      /HTML and other Markdown are not/,
    ],
    ['a code where there is none', `${GOOD}\n\`{pin}\`\n`, 10, /reset-link has no code/],
    ['HTML', GOOD.replace('Take this', '<b>Take</b> this'), 5, /HTML and other Markdown are not/],
    ['bold', GOOD.replace('Take this', '**Take** this'), 5, /HTML and other Markdown are not/],
    ['a brace alone', GOOD.replace('Take this', 'Take } this'), 5, /a brace stands alone/],
    ['no subject', GOOD.replace('Subject: New for {userName}', ''), 5, /begins with its subject/],
    ['a link in a subject', GOOD.replace('New for', '{lifetime}'), 3, /\{lifetime\} cannot stand/],
    ['nothing at all', '## reset-link\n', 1, /begins with its subject/],
    [
      'an unknown kind',
      GOOD.replace('reset-link', 'reset-lnk'),
      2,
      /there is no kind "reset-lnk"; there are every-message/,
    ],
    ['a kind twice', `${GOOD}${GOOD.slice(GOOD.indexOf('##'))}`, 9, /a second time/],
    ['words before all', `Hello\n${GOOD}`, 1, /stands before the first heading/],
    ['a wrong line for all', `## every-message\nGreting: x\n`, 2, /holds lines such as/],
  ] as [string, string, number, RegExp][])('%s', (_name, text, line, message) => {
    const own = [{ name: 'en.md', file: 'messages/en.md', text }];
    const { faults, write } = createMessages(own);
    expect(faults).toEqual([{ file: 'messages/en.md', line, message: expect.stringMatching(message) }]);
    if (!/twice|before all/.test(_name))
      expect(write('reset-link', reset, 'en').text).toContain('Somebody asked');
    expect(findBrokenTemplates({ files: own })).toEqual([
      expect.stringMatching(new RegExp(`^messages/en.md:${line}: .*; the built-in words are used$`)),
    ]);
  });

  test('a file named after no language', () => {
    const { faults } = createMessages([{ name: 'klingon.md', file: 'messages/klingon.md', text: GOOD }]);
    expect(faults).toEqual([
      { file: 'messages/klingon.md', line: 1, message: expect.stringContaining('named after no language') },
    ]);
  });

  test('a kind that is missing where all must be', () => {
    const { faults } = readTemplateFile(GOOD, 'en.md', true);
    expect(faults.map(({ message }) => message)).toContain(
      'invitation is missing: a heading "## invitation" with its words below',
    );
  });

  test('the other kinds of the file are used all the same', () => {
    const text = `${GOOD}\n## invitation\nSubject: Come\n\n{nobody}\n`;
    const { faults, write } = createMessages([{ name: 'en.md', file: 'messages/en.md', text }]);
    expect(faults).toHaveLength(1);
    expect(write('reset-link', reset, 'en').subject).toBe('New for anna');
    expect(write('invitation', reset, 'en').subject).toContain('Add a contact');
  });
});
