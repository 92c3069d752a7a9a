import type { ModList } from '../../injector/kit/define-mod.ts';
import type { Config } from '../config/config.ts';
import { type NginxChoice, readOptions } from './nginx-choice.ts';
import { BEGIN, END, writeNginxConfig } from './nginx-config.ts';
import { type NginxSetup, readNginxSetup } from './nginx-setup.ts';

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

/**
 * Says what a file in place lacks for the configuration in force, by the options it was made with; undefined where
 * `findMarkedPart` finds nothing, or they name no address of a server.
 */
export async function findLacking(
  file: string,
  config: Config,
  mods: ModList,
): Promise<
  | { readonly choice: NginxChoice; readonly setup: NginxSetup; readonly missing: readonly string[] }
  | undefined
> {
  const part = findMarkedPart(file);
  if (part === undefined) return undefined;
  const { choice } = part;
  const named = [choice.gatehouse, choice.jellyfin].filter((address) => address !== undefined);
  if (!named.every((address) => URL.canParse(address))) return undefined;
  const setup = await readNginxSetup(config, mods, {
    gatehouse: choice.gatehouse === undefined ? undefined : new URL(choice.gatehouse),
    jellyfin: choice.jellyfin === undefined ? undefined : new URL(choice.jellyfin),
  });
  return { choice, setup, missing: findMissing(part, writeNginxConfig(setup, choice)) };
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
