import { type NginxChoice, readOptions } from './nginx-choice.ts';
import { BEGIN, END } from './nginx-config.ts';

/** The part of a file that `gatehouse nginx` made. */
export interface MarkedPart {
  readonly choice: NginxChoice;
  readonly text: string;
}

/** Finds it by its marks; undefined where they are not, or say nothing that the command takes. */
export function findMarkedPart(file: string): MarkedPart | undefined {
  const lines = file.split('\n').map((line) => line.trim());
  const begin = lines.findIndex((line) => line.startsWith(BEGIN));
  const end = lines.indexOf(END, begin);
  const choice = readOptions((lines[begin] ?? '').slice(BEGIN.length + 1));
  if (end === -1 || choice === undefined) return undefined;
  return { choice, text: lines.slice(begin, end).join('\n') };
}

/**
 * Names what of a generated text a marked part lacks: the rules by which nginx decides, and the addresses of its upstreams. What an
 * admin added, and everything about the server itself, is theirs.
 */
export function findMissing(part: MarkedPart, generated: string): string[] {
  const there = new Set(rulesOf(part.text));
  return [...new Set(rulesOf(generated))].filter((line) => !there.has(line));
}

/** The lines that are one rule each; of a pattern among several, with what becomes of the paths that it is for. */
function rulesOf(text: string): string[] {
  const rules: string[] = [];
  let patterns: string[] | undefined;
  for (const line of text.split('\n').map((written) => written.trim())) {
    if (patterns !== undefined) {
      const then = /^\)"\) (\{.*\})$/.exec(line)?.[1];
      if (then === undefined) patterns.push(line.replace(/^\| /, ''));
      else {
        rules.push(...patterns.map((pattern) => `${pattern} ${then}`));
        patterns = undefined;
      }
    } else if (/^if \(.*\(\?:$/.test(line)) {
      rules.push(line);
      patterns = [];
    } else if (/^(?:set \$gatehouse_|if \(|server [^{]*;$)/.test(line)) rules.push(line);
  }
  return rules;
}
