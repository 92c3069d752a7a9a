import { readFile } from 'node:fs/promises';
import { MOD_LIST } from '../../injector/mods/index.ts';
import type { Config } from '../config/config.ts';
import { findLacking } from '../reverse-proxy/nginx-check.ts';
import { optionsOf } from '../reverse-proxy/nginx-choice.ts';
import { type Finding, failed, fine, messageOf, warning } from './finding.ts';

const NAME = 'nginx-file';

/** Most lines that are named. */
const MOST_LINES = 5;

/** Looks whether a file in place has what `gatehouse nginx` would write for the configuration in force. Never rejects. */
export async function checkNginxFile(file: string, config: Config): Promise<Finding> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    return failed(
      NAME,
      messageOf(error),
      'Name the file of nginx that is in force, and let whoever runs doctor read it.',
    );
  }
  const found = await findLacking(text, config, MOD_LIST);
  if (found === undefined)
    return warning(
      NAME,
      `${file} has no part that gatehouse nginx made, so what it lacks cannot be told.`,
      'Make it with gatehouse nginx (--snippet for a server block that is there), and reload nginx.',
    );
  const { missing, choice } = found;
  if (missing.length === 0) return fine(NAME, `${file} has all that it needs.`);
  const more = missing.length > MOST_LINES ? [`and ${missing.length - MOST_LINES} more`] : [];
  const lines = [...missing.slice(0, MOST_LINES), ...more].map((line) => `\n  ${line}`).join('');
  return failed(
    NAME,
    `${file} lacks, for the configuration in force, so that people get past what Gatehouse answers or guards:${lines}`,
    `Make it anew: gatehouse nginx ${optionsOf(choice)}; then nginx -t && nginx -s reload.`,
  );
}
