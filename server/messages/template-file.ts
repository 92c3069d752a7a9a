import { isTemplateKind, TEMPLATE_KINDS, type TemplateKind } from './kinds.ts';
import { checkWords, type Line, readTemplate, type Template, type TemplateFault } from './template.ts';

/** What every message of a language has. */
export interface SharedWords {
  /** The first paragraph of each. */
  readonly greeting: string;
  /** Below a button: what to do where it does not work. */
  readonly fallback: string;
}

/** What one file says. */
export interface TemplateFile {
  /** Those without a fault. */
  readonly templates: ReadonlyMap<TemplateKind, Template>;
  readonly shared: Partial<SharedWords>;
  readonly faults: readonly TemplateFault[];
}

/** The section for what all messages have. */
const SHARED = 'every-message';

const HEADING = /^##\s+(\S.*)$/;
const COMMENT = /^<!--[^<>]*-->$/;

interface Section {
  readonly name: string;
  readonly number: number;
  readonly lines: Line[];
}

/**
 * Reads a file of templates. What is wrong is told by line, and leaves out that kind alone.
 *
 * @param file Its name, for what is told.
 * @param isWhole Whether a kind that is not in it is a fault. @default false
 */
export function readTemplateFile(text: string, file: string, isWhole = false): TemplateFile {
  const faults: TemplateFault[] = [];
  const tell = (line: number, message: string) => void faults.push({ file, line, message });
  const sections = sectionsOf(text, tell);
  const templates = new Map<TemplateKind, Template>();
  let shared: Partial<SharedWords> = {};
  const seen = new Set<string>();
  for (const { name, number, lines } of sections) {
    if (seen.has(name)) tell(number, `${name} stands here a second time; only the first is used`);
    else if (name === SHARED) shared = readShared(number, lines, tell);
    else if (isTemplateKind(name)) {
      const template = readTemplate(name, number, lines, tell);
      if (template !== undefined) templates.set(name, template);
    } else {
      const known = [SHARED, ...Object.keys(TEMPLATE_KINDS)].join(', ');
      tell(number, `there is no kind "${name.slice(0, 40)}"; there are ${known}`);
    }
    seen.add(name);
  }
  if (isWhole)
    for (const name of [SHARED, ...Object.keys(TEMPLATE_KINDS)])
      if (!seen.has(name)) tell(1, `${name} is missing: a heading "## ${name}" with its words below`);
  return { templates, shared, faults };
}

function sectionsOf(text: string, tell: (line: number, message: string) => void): readonly Section[] {
  const sections: Section[] = [];
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  for (const [index, line] of lines.entries()) {
    const number = index + 1;
    const words = line.trim();
    const name = HEADING.exec(words)?.[1];
    const section = sections.at(-1);
    if (COMMENT.test(words)) continue;
    if (name !== undefined) sections.push({ name, number, lines: [] });
    else if (section !== undefined) section.lines.push({ number, text: line });
    else if (words !== '' && !/^#\s/.test(words))
      tell(number, 'stands before the first heading; each kind begins with a line such as "## reset-link"');
  }
  return sections;
}

const SHARED_FIELDS = { Greeting: 'greeting', Button: 'fallback' } as const;

function readShared(
  head: number,
  lines: readonly Line[],
  tell: (line: number, message: string) => void,
): Partial<SharedWords> {
  const found: { greeting?: string; fallback?: string } = {};
  for (const { number, text } of lines.filter((line) => line.text.trim() !== '')) {
    const [, name = '', words = ''] = /^(Greeting|Button):(.*)$/.exec(text.trim()) ?? [];
    const field = SHARED_FIELDS[name as keyof typeof SHARED_FIELDS] as 'greeting' | 'fallback' | undefined;
    let isGood = true;
    const refuse = (line: number, message: string) => {
      isGood = false;
      tell(line, message);
    };
    if (field === undefined || words.trim() === '') {
      refuse(number, `${SHARED} holds lines such as "Greeting: Hello {userName}," and "Button: …" only`);
      continue;
    }
    checkWords(words.trim(), number, field === 'greeting' ? ['serverName', 'userName'] : [], refuse);
    if (isGood) found[field] = words.trim();
  }
  if (Object.keys(found).length === 0 && lines.every((line) => line.text.trim() === ''))
    tell(head, `${SHARED} is empty`);
  return found;
}
