import { stringify } from 'yaml';
import type { Finding } from './finding.ts';
import type { Entry, Suggestion } from './suggest-mods.ts';

/** What was looked at, besides what was found. */
export interface LookedAt {
  /** For people, e.g. `Jellyfin at http://127.0.0.1:8096`. */
  readonly places: readonly string[];
  /** What could not be looked at, each with the reason. */
  readonly notRead: readonly string[];
}

const WIDTH = 110;

/** Writes a suggestion as lines for `config.yaml`, with comments that say where each comes from. Ends with a line break. */
export function writeSuggestion({ entries, leftOver }: Suggestion, { places, notRead }: LookedAt): string {
  const head = [`Looked at ${places.join(' and ')}; nothing was changed.`];
  if (entries.length === 0 && leftOver.length === 0) head.push('Nothing was found that was changed by hand.');
  else if (entries.length === 0) head.push('Nothing was found that a mod does.');
  const byMod = Map.groupBy(entries, ({ mod }) => mod);
  return [
    ...head.map((sentence) => comment(sentence, '')),
    ...(entries.length === 0 ? [] : ['mods:', ...[...byMod].map(([mod, same]) => writeMod(mod, same))]),
    ...writeList('Not proposed:', leftOver.map(sentenceOf)),
    ...writeList('Not read:', notRead),
  ]
    .map((part) => `${part}\n`)
    .join('');
}

function writeMod(mod: string, entries: readonly Entry[]): string {
  const findings = entries.flatMap((entry) => entry.findings);
  const said = unique([
    ...findings.map(({ where, what }) => `${where}: ${what}`),
    ...findings.flatMap(({ advice }) => advice ?? []),
  ]);
  const values = entries.map(({ options }) => (Object.keys(options).length === 0 ? true : options));
  const value = values.length === 1 ? values[0] : values.map((one) => (one === true ? {} : one));
  const lines = stringify({ [mod]: value }, { lineWidth: 0 }).trimEnd();
  return [...said.map((one) => comment(one, '  ')), indent(lines)].join('\n');
}

function sentenceOf({ where, what, advice }: Finding): string {
  return `${where}: ${what}.${advice === undefined ? '' : ` ${advice}`}`;
}

function writeList(title: string, sentences: readonly string[]): string[] {
  if (sentences.length === 0) return [];
  return ['', comment(title, ''), ...unique(sentences).map((one) => comment(one, '', '- '))];
}

const unique = (texts: readonly string[]): string[] => [...new Set(texts)];
const indent = (text: string): string => text.replace(/^(?=.)/gm, '  ');

/** A comment in lines that fit; what a page or a stranger wrote cannot end it. */
function comment(text: string, before: string, mark = ''): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text
    .replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
    .split(' ')) {
    if (line !== '' && line.length + word.length + 1 > WIDTH) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  lines.push(line);
  return lines
    .map((one, index) => `${before}# ${index === 0 ? mark : mark.replace(/./g, ' ')}${one}`)
    .join('\n');
}
