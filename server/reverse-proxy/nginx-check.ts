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
  return rulesOf(generated).filter((line) => !there.has(line));
}

function rulesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /^(?:set \$gatehouse_|if \(|server [^{]*;$)/.test(line));
}
