import type { YamlEdit } from '../config/edit-yaml.ts';
import { STARTER } from '../config/starter.ts';

/** In place of what the starter says of itself. */
const HEADER = `# Written by \`gatehouse init\`, or the same in the browser. Running it again changes only what you answer otherwise, and
# leaves the rest and all comments as they are. Every option, with comments: config.example.yaml.
#
# A variable in the environment comes before what stands here: GATEHOUSE_JELLYFIN__URL is jellyfin.url, and
# GATEHOUSE_JELLYFIN__API_KEY_FILE names a file with jellyfin.apiKey in it.`;

/**
 * The commented file that edits are made to where there is none yet: of the starter, the sections and fields that get a value;
 * what a placeholder stands for otherwise is left out.
 */
export function beginConfig(edits: readonly YamlEdit[]): string {
  const given = edits.filter(({ value }) => value !== undefined).map(({ path }) => path.join('.'));
  const hasReset = given.some((field) => field.startsWith('reset.'));
  const [, ...sections] = STARTER.trimEnd().split('\n\n');
  const kept = sections.flatMap((section) => {
    const name = /^(\w+):/m.exec(section)?.[1];
    // What is switched off by a # costs nothing, and shows how it is written.
    if (name === undefined) return [section];
    const isWanted = name === 'storage' ? hasReset : given.some((field) => field.startsWith(`${name}.`));
    return isWanted ? [withoutPlaceholders(section, name, given)] : [];
  });
  return `${[HEADER, ...kept].join('\n\n')}\n`;
}

/** Takes out the fields that get no value, with the comments right above them. */
function withoutPlaceholders(section: string, name: string, given: readonly string[]): string {
  const kept: string[] = [];
  let comments: string[] = [];
  for (const line of section.split('\n')) {
    const field = /^ {2}(\w+):/.exec(line)?.[1];
    if (/^ {2}#/.test(line)) comments.push(line);
    else {
      if (field === undefined || given.includes(`${name}.${field}`)) kept.push(...comments, line);
      comments = [];
    }
  }
  return [...kept, ...comments].join('\n');
}
