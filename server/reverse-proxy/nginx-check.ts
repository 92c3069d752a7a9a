import { BEGIN, END, type NginxChoice, type NginxMode } from './nginx-config.ts';

/** The part of a file that `gatehouse nginx` made. */
export interface MarkedPart {
  readonly choice: NginxChoice;
  readonly text: string;
}

/** Behind `BEGIN`. */
const CHOICE = /^ --mode (full|split)( --tls)? --server-name (\S+)$/;

/** Finds it by its marks; undefined where they are not, or say nothing that the command takes. */
export function findMarkedPart(file: string): MarkedPart | undefined {
  const lines = file.split('\n').map((line) => line.trim());
  const begin = lines.findIndex((line) => line.startsWith(BEGIN));
  const end = lines.indexOf(END, begin);
  const [, mode, tls, serverName] = CHOICE.exec((lines[begin] ?? '').slice(BEGIN.length)) ?? [];
  if (end === -1 || mode === undefined || serverName === undefined) return undefined;
  const choice = { mode: mode as NginxMode, isTls: tls !== undefined, serverName };
  return { choice, text: lines.slice(begin, end).join('\n') };
}

/**
 * Names what of a generated text a marked part lacks: lines of its maps and upstreams, each with the block it belongs into. What
 * an admin added, and everything about the server itself, is theirs.
 */
export function findMissing(part: MarkedPart, generated: string): string[] {
  const there = new Set(linesOfBlocks(part.text));
  return linesOfBlocks(generated).filter((line) => !there.has(line));
}

function linesOfBlocks(text: string): string[] {
  const found: string[] = [];
  let block: string | undefined;
  for (const written of text.split('\n')) {
    const line = written.trim();
    if (block === undefined && /^(?:map|upstream) .*\{$/.test(line)) block = line.slice(0, -1).trim();
    else if (line === '}') block = undefined;
    else if (block !== undefined && line !== '' && !line.startsWith('#')) found.push(`${block}: ${line}`);
  }
  return found;
}
