import { writeFile } from 'node:fs/promises';
import { type ArgsDef, defineCommand } from 'citty';
import { LANGUAGES, type Language } from '../../injector/kit/translations.ts';
import { createMessages, type Messages } from '../messages/messages.ts';
import { sampleData } from '../messages/samples.ts';
import { MESSAGE_KINDS, type MessageKind } from '../ports/message-kinds.ts';
import { isConfigured, readConfiguration } from '../program/configuration.ts';
import { configOption, jsonOption, printJson, takeWord } from './options.ts';
import { UsageError, withPlainErrors } from './plain-errors.ts';

const options = {
  language: {
    type: 'string',
    valueHint: 'tag',
    description: `Its language: ${LANGUAGES.join(', ')}. Default: en.`,
  },
  html: { type: 'string', valueHint: 'file', description: 'Write the message as HTML to this file too.' },
  png: {
    type: 'string',
    valueHint: 'file',
    description:
      'Draw the message as a picture to this file too, by a Chromium, Chrome or Edge of this machine.',
  },
  browser: {
    type: 'string',
    valueHint: 'path',
    description: 'The browser that --png draws with. Default: the first on the PATH.',
  },
  ...jsonOption,
  ...configOption,
} as const satisfies ArgsDef;

const ELSEWHERE = 'https://media.example.org';

/**
 * `gatehouse messages preview KIND`: shows a message with made-up values, in the admin's own words where the configuration
 * has any. Sends nothing, opens no database and asks nobody.
 */
export const messagesPreviewCommand = defineCommand({
  meta: { name: 'preview', description: 'Show a message with made-up values, in any language.' },
  args: {
    kind: {
      type: 'positional',
      required: false,
      valueHint: 'KIND',
      description: `Which message: ${MESSAGE_KINDS.join(', ')}.`,
    },
    ...options,
  },
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      if (args.browser !== undefined && args.png === undefined)
        throw new UsageError('--browser draws for --png FILE, which is not there');
      const kind = readKind(takeWord(rawArgs, options, 'KIND'));
      const language = readLanguage(args.language ?? 'en');
      const config = isConfigured(args.config) ? (await readConfiguration(args.config)).config : undefined;
      const messages = createMessages(config?.reset?.messages.files);
      for (const { file, line, message } of messages.faults)
        process.stderr.write(`warning: ${file}:${line}: ${message}; the built-in words are used\n`);
      const site = config?.publicUrl ?? ELSEWHERE;
      const { subject, text, html } = preview(messages, kind, language, site);
      if (args.json === true) printJson({ kind, language, subject, text, html });
      else process.stdout.write(`Subject: ${subject}\n\n${text}`);
      if (args.html !== undefined) await writeFile(args.html, html);
      if (args.png !== undefined) {
        const { drawPicture } = await import('../messages/picture.ts');
        await drawPicture(html, args.png, { browser: args.browser, path: process.env['PATH'] });
      }
    }),
});

function preview(messages: Messages, kind: MessageKind, language: Language, site: string) {
  return messages.write(kind, sampleData({ site, at: Date.now() })[kind], language);
}

function readKind(text: string): MessageKind {
  const kind = MESSAGE_KINDS.find((known) => known === text);
  if (kind === undefined)
    throw new UsageError(`"${text}" is no kind of message; there are ${MESSAGE_KINDS.join(', ')}`);
  return kind;
}

function readLanguage(text: string): Language {
  const language = LANGUAGES.find((known) => known.toLowerCase() === text.toLowerCase());
  if (language === undefined)
    throw new UsageError(`there is no language "${text}"; there are ${LANGUAGES.join(', ')}`);
  return language;
}
