import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES, type Language } from '../../injector/kit/translations.ts';
import type { TemplateKind } from './kinds.ts';
import type { Template, TemplateFault } from './template.ts';
import { readTemplateFile, type SharedWords, type TemplateFile } from './template-file.ts';

/** A file of an admin's own templates, as it was read. */
export interface OwnTemplates {
  /** Its name in the folder, such as `de.md`. */
  readonly name: string;
  /** As it is told to people, such as `messages/de.md`. */
  readonly file: string;
  readonly text: string;
}

/** The words of messages: those of an admin's own where there are any without a fault, ours for all else. */
export interface MessageTexts {
  template(kind: TemplateKind, language: Language): Template;
  shared(language: Language): SharedWords;
  /** What is wrong with the admin's own; ours are used in its place. */
  readonly faults: readonly TemplateFault[];
}

const BUILT_IN = new Map<Language, TemplateFile>();

/** Our own words in a language, read at the first call. */
export function builtInTexts(language: Language): TemplateFile {
  const known = BUILT_IN.get(language);
  if (known !== undefined) return known;
  const file = `${language}.md`;
  const read = readTemplateFile(readFileSync(join(import.meta.dirname, 'texts', file), 'utf8'), file, true);
  BUILT_IN.set(language, read);
  return read;
}

/** Puts the words of messages together. Never throws for what an admin wrote. */
export function createMessageTexts(own: readonly OwnTemplates[] = []): MessageTexts {
  const ours = new Map<string, TemplateFile>();
  const faults: TemplateFault[] = [];
  for (const { name, file, text } of own) {
    const language = LANGUAGES.find((known) => `${known}.md` === name);
    if (language === undefined) {
      const message = `is named after no language of ours; there are ${LANGUAGES.join(', ')}`;
      faults.push({ file, line: 1, message });
      continue;
    }
    const read = readTemplateFile(text, file);
    ours.set(language, read);
    faults.push(...read.faults);
  }
  return {
    faults,
    template(kind, language) {
      const found = ours.get(language)?.templates.get(kind) ?? builtInTexts(language).templates.get(kind);
      if (found === undefined) throw new Error(`${language}.md has no words for ${kind}`);
      return found;
    },
    shared: (language) => ({ ...wholeOf(builtInTexts(language)), ...ours.get(language)?.shared }),
  };
}

/** Tests hold that each of our files has both. */
function wholeOf({ shared: { greeting = '{userName}', fallback = '' } }: TemplateFile): SharedWords {
  return { greeting, fallback };
}
