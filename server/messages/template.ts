import { type KindRules, rulesOf, type TemplateKind, VARIABLES, type Variable } from './kinds.ts';

/** One piece of a template; sentences hold variables in braces. */
export type TemplateBlock =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'button'; readonly label: string; readonly variable: Variable }
  | { readonly kind: 'code'; readonly variable: Variable }
  | { readonly kind: 'address'; readonly text: string; readonly variable: Variable };

/** The words of one kind in one language. */
export interface Template {
  readonly subject: string;
  readonly blocks: readonly TemplateBlock[];
}

/** What is wrong with a file of templates, and where. */
export interface TemplateFault {
  readonly file: string;
  readonly line: number;
  /** A sentence for people, with the fix. */
  readonly message: string;
}

/** A line of a file, counted from 1. */
export interface Line {
  readonly number: number;
  readonly text: string;
}

/** Says that something is wrong in a line. */
export type TellFault = (line: number, message: string) => void;

const SUBJECT = /^Subject:(.*)$/;
const BUTTON = /^\[([^[\]]+)\]\(\{(\w+)\}\)$/;
const CODE = /^`\{(\w+)\}`$/;
const ADDRESS = /^([^<>]*[^<>\s])\s*<\{(\w+)\}>$/;
const PLACE = /\{(\w*)\}/g;

/** Longest subject as it is written, in characters: names are put into it. */
const MAX_SUBJECT = 200;

/** Everything that Markdown or HTML would read as more than plain words. */
const MARKUP = /[<>`]|\*\*|__|\]\(|!\[|^(?:[-*+>#]|\d+[.)])\s|^(?:-{3,}|={3,}|\*{3,})$/;

/**
 * Reads the lines of one kind: a subject, and below it paragraphs, one button and one code as the kind has them.
 *
 * @param head Where the kind begins, for what is missing.
 * @returns undefined when anything is wrong; what, `tell` has heard.
 */
export function readTemplate(
  kind: TemplateKind,
  head: number,
  lines: readonly Line[],
  tell: TellFault,
): Template | undefined {
  const rules = rulesOf(kind);
  let isGood = true;
  const refuse: TellFault = (line, message) => {
    isGood = false;
    tell(line, message);
  };
  const [first, ...rest] = paragraphsOf(lines);
  const subject = SUBJECT.exec(first?.text ?? '')?.[1]?.trim() ?? '';
  if (first === undefined || subject === '') {
    refuse(
      first?.number ?? head,
      `${kind} begins with its subject: a line such as "Subject: Hello {userName}"`,
    );
    return undefined;
  }
  if (subject.length > MAX_SUBJECT)
    refuse(first.number, `the subject is longer than ${MAX_SUBJECT} characters`);
  checkWords(subject, first.number, ['serverName', 'userName'], refuse);
  const blocks = rest.flatMap(({ text, number }) => readBlock(text, number, kind, rules, refuse) ?? []);
  if (blocks.length === 0) refuse(first.number, `${kind} says nothing below its subject`);
  // What was refused above may be the very part that would now be missing.
  if (isGood) checkParts(kind, head, rules, blocks, refuse);
  return isGood ? { subject, blocks } : undefined;
}

/** Joins lines that belong together: an empty one ends a paragraph. */
function paragraphsOf(lines: readonly Line[]): readonly Line[] {
  const found: Line[] = [];
  let isOpen = false;
  for (const { number, text } of lines) {
    const words = text.trim();
    const last = found.at(-1);
    if (words !== '' && isOpen && last !== undefined)
      found.splice(-1, 1, { number: last.number, text: `${last.text} ${words}` });
    else if (words !== '') found.push({ number, text: words });
    isOpen = words !== '' && !SUBJECT.test(words);
  }
  return found;
}

function readBlock(
  text: string,
  line: number,
  kind: TemplateKind,
  rules: KindRules,
  tell: TellFault,
): TemplateBlock | undefined {
  const inSentences: readonly Variable[] = ['serverName', 'userName', ...rules.words];
  const isOf = (wanted: Variable | undefined, name: string | undefined, what: string): boolean => {
    if (wanted === name) return true;
    tell(
      line,
      wanted === undefined
        ? `${kind} has no ${what}`
        : `the ${what} of ${kind} is {${wanted}}, not {${name}}`,
    );
    return false;
  };
  const button = BUTTON.exec(text);
  if (button !== null) {
    const [, label = '', name] = button;
    checkWords(label, line, [], tell);
    return isOf(rules.button, name, 'button') && rules.button
      ? { kind: 'button', label: label.trim(), variable: rules.button }
      : undefined;
  }
  const code = CODE.exec(text);
  if (code !== null)
    return isOf(rules.code, code[1], 'code') && rules.code
      ? { kind: 'code', variable: rules.code }
      : undefined;
  const address = ADDRESS.exec(text);
  if (address !== null) {
    const [, words = '', name] = address;
    checkWords(words, line, inSentences, tell);
    return isOf(rules.address, name, 'address') && rules.address
      ? { kind: 'address', text: words, variable: rules.address }
      : undefined;
  }
  checkWords(text, line, inSentences, tell);
  return { kind: 'paragraph', text };
}

/** Refuses what is no plain sentence, and variables that are not known there. */
export function checkWords(text: string, line: number, known: readonly Variable[], tell: TellFault): void {
  if (MARKUP.test(text))
    tell(
      line,
      'only plain sentences, [words]({link}) or `{code}` alone in a paragraph, and <{pinPage}> at the end of one are known here; HTML and other Markdown are not',
    );
  for (const [place, name = ''] of text.matchAll(PLACE)) {
    if (known.some((one) => one === name)) continue;
    const may =
      known.length === 0 ? 'no variable may stand here' : `use ${known.map((one) => `{${one}}`).join(', ')}`;
    const isOther = VARIABLES.some((one) => one === name);
    tell(line, `${place} ${isOther ? 'cannot stand in this sentence' : 'is no variable'}; ${may}`);
  }
  if (/[{}]/.test(text.replace(PLACE, '')))
    tell(line, 'a brace stands alone; variables are written as {serverName}');
}

/** A kind without its link or code would lead nowhere, and with two nobody would know which. */
function checkParts(
  kind: TemplateKind,
  head: number,
  rules: KindRules,
  blocks: readonly TemplateBlock[],
  tell: TellFault,
): void {
  const spelt = { button: `[words]({${rules.button}})`, code: `\`{${rules.code}}\`` };
  for (const part of ['button', 'code'] as const) {
    const count = blocks.filter((block) => block.kind === part).length;
    if (count > 1) tell(head, `${kind} has more than one ${part}`);
    if (count === 0 && rules[part] !== undefined && rules.isNeeded !== false)
      tell(head, `${kind} lacks its ${part}: a paragraph of its own with ${spelt[part]}`);
  }
}
