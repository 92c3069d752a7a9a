import { existsSync, globSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { CommandDef, SubCommandsDef } from 'citty';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { filesIn } from '../injector/kit/file-option.ts';
import { MODS } from '../injector/mods/all.ts';
import { MOD_LIST } from '../injector/mods/index.ts';
import { CHANNELS } from '../server/channels/registry.ts';
import { gatehouse } from '../server/commands/gatehouse.ts';
import { resolved } from '../server/commands/lazy-commands.ts';
import { fieldsOf } from '../server/config/json-schema.ts';
import { loadConfig } from '../server/config/load.ts';
import { createJsonSchema } from '../server/config/schema.ts';
import { writeNamedFiles } from './support/files/sample-files.ts';
import { tempFolder } from './support/files/temp-folder.ts';
import { RSA } from './support/mail/load-mail.ts';

/** Everything that people read, from the root of the repository. */
const PAGES = globSync('{*,docs/**/*,deploy/**/*,injector/**/*,test/*,examples/**/*}.md', {
  exclude: ['**/node_modules/**'],
}).sort();
const textOf = new Map(PAGES.map((page) => [page, readFileSync(page, 'utf8')]));

/**
 * What is for admins: commands and configurations in it are to be copied. The page of a mod has the mod's own example
 * (mod-gallery.test.ts), which stands in `config.example.yaml`, too.
 */
const FOR_ADMINS = PAGES.filter((page) => /^(?:README|docs\/[^/]+|docs\/mods\/README)\.md$/.test(page));

const withoutCode = (markdown: string) =>
  markdown.replaceAll(/^ *```.*?^ *```/gms, '').replaceAll(/`[^`\n]*`/g, '');

/** What the links of a page lead to, as written. */
const targetsIn = (page: string): string[] =>
  [...withoutCode(textOf.get(page) ?? '').matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);

/** Code blocks of a language, without the indentation that they have as part of a list. */
const blocksOf = (markdown: string, language: string): string[] =>
  [...markdown.matchAll(new RegExp(`^( *)\`\`\`${language}\\n(.*?)^ *\`\`\``, 'gms'))].map(
    ([, indent = '', text = '']) => text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  );

/** Names by which headings can be linked to, as GitHub makes them. */
function anchorsOf(markdown: string): string[] {
  const headings = [...markdown.replaceAll(/^ *```.*?^ *```/gms, '').matchAll(/^#+ (.+)$/gm)];
  return headings.map(([, heading = '']) =>
    heading
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

describe('the pages about Gatehouse', () => {
  it('lead to files and headings that there are', () => {
    const broken = PAGES.flatMap((page) =>
      targetsIn(page)
        .filter((target) => !/^[a-z]+:/.test(target))
        .filter((target) => {
          const [path = '', anchor] = target.split('#');
          const file = path === '' ? page : join(dirname(page), path);
          if (!existsSync(file)) return true;
          return anchor !== undefined && !anchorsOf(readFileSync(file, 'utf8')).includes(anchor);
        })
        .map((target) => `${page}: ${target}`),
    );
    expect(broken).toEqual([]);
  });

  it('name files of this repository that there are', () => {
    const named = FOR_ADMINS.flatMap((page) =>
      [...(textOf.get(page) ?? '').matchAll(/(?<![\w/.-])(?:deploy|test|examples)\/[\w./-]+\.\w+/g)].map(
        ([file]) => `${page}: ${file}`,
      ),
    );
    // NAME stands for one of many.
    const missing = named.filter((line) => !line.includes('NAME') && !existsSync(line.split(': ')[1] ?? ''));
    expect(missing).toEqual([]);
    expect(named.length).toBeGreaterThan(5);
  });

  it('are reached from the front page, those of the decisions aside', () => {
    const reached = new Set<string>(['README.md']);
    for (const page of reached) {
      for (const target of targetsIn(page)) {
        const file = join(dirname(page), target.replace(/#.*/, ''));
        for (const found of [file, join(file, 'README.md')]) if (textOf.has(found)) reached.add(found);
      }
    }
    const lost = PAGES.filter((page) => page.startsWith('docs/') && !page.startsWith('docs/decisions/'));
    expect(lost.filter((page) => !reached.has(page))).toEqual([]);
  });

  it('begin with a front page of at most 150 lines', () => {
    expect(textOf.get('README.md')?.trimEnd().split('\n').length).toBeLessThanOrEqual(150);
  });

  it('name scripts that package.json has', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: object };
    const named = [...textOf].flatMap(([page, text]) =>
      [...text.matchAll(/npm run (?:-s |--silent )?([a-z][\w:-]*)/g)].map(
        ([, name = '']) => `${page}: ${name}`,
      ),
    );
    expect(named.filter((line) => !Object.hasOwn(scripts, line.split(': ')[1] ?? ''))).toEqual([]);
    expect(named.length).toBeGreaterThan(10);
  });
});

describe('commands that admins are told', () => {
  const calls = FOR_ADMINS.flatMap((page) =>
    callsIn(textOf.get(page) ?? '').map((call) => [page, call] as const),
  );
  /** What is wrong with a call, or nothing. */
  async function findFault(call: readonly string[]): Promise<string | undefined> {
    let command: CommandDef = gatehouse;
    for (const word of call) {
      const commands: SubCommandsDef | undefined = await resolved(command.subCommands);
      if (word.startsWith('-') || commands === undefined) break;
      const next = commands[word];
      if (next === undefined) return `${word} is no command`;
      command = await resolved(next);
    }
    const known = Object.keys((await resolved(command.args)) ?? {});
    const options = call
      .filter((word) => word.startsWith('--'))
      .map((word) => word.slice(2).replace(/=.*/, ''));
    return options.find((option) => option !== 'help' && !known.includes(option));
  }

  it('are commands and options that there are', async () => {
    const faults: string[] = [];
    for (const [page, call] of calls) {
      const fault = await findFault(call);
      if (fault !== undefined) faults.push(`${page}: gatehouse ${call.join(' ')}: ${fault}`);
    }
    expect(faults).toEqual([]);
    expect(calls.length).toBeGreaterThan(30);
  });
});

/** Calls of `gatehouse` in code, as their words; placeholders such as NAME stay. */
function callsIn(markdown: string): string[][] {
  const code = [
    ...blocksOf(markdown, '(?:sh|console|bash)'),
    ...[...markdown.matchAll(/`([^`\n]+)`/g)].map(([, text = '']) => text),
  ];
  const call = /^(?:[^#\n]*[ /])?(?:jellyfin-)?gatehouse(?: --)? ((?:--)?[a-z][^#|>&;:…\\\n]*)/gm;
  return code.flatMap((text) => [...text.matchAll(call)].map(([, words = '']) => words.trim().split(/\s+/)));
}

describe('configurations that admins may copy', () => {
  const schema = createJsonSchema(MODS, CHANNELS);
  const sections = [...fieldsOf(schema)].map(([name]) => name);
  const blocks = FOR_ADMINS.flatMap((page) =>
    blocksOf(textOf.get(page) ?? '', 'yaml').map((text, index) => [`${page} (${index + 1})`, text] as const),
  );
  const isConfig = (text: string) => {
    const value: unknown = parseDocument(text).toJS();
    return Object.keys(Object(value)).every((key) => sections.includes(key));
  };
  it.each(blocks)('%s is YAML', (_, text) => {
    expect(parseDocument(text).errors).toEqual([]);
  });

  it.each(blocks.filter(([, text]) => isConfig(text)))('%s is taken', async (_, text) => {
    const value = Object(parseDocument(text).toJS()) as Record<string, unknown>;
    const folder = await tempFolder();
    const configPath = join(folder, 'config.yaml');
    const own = text
      .replaceAll(/paste-[a-z0-9-]+-here/g, '0a1b2c3d'.repeat(4))
      .replaceAll('user:password@', 'ada:0a1b2c@');
    const jellyfin = 'jellyfin' in value ? '' : 'jellyfin: { url: http://127.0.0.1:8096 }\n';
    await writeFile(configPath, `${jellyfin}${own}`);
    await mkdir(join(folder, 'mods/film-night'), { recursive: true });
    await writeFile(
      join(folder, 'mods/film-night/mod.yaml'),
      'name: film-night\ntitle: Film night\ncss: "a { color: red }"\n',
    );
    await writeFile(join(folder, 'dkim.pem'), RSA.privateKey);
    await writeNamedFiles(folder, filesIn(MODS.map(({ options, example }) => options.parse(example))));
    await expect(
      loadConfig({ configPath, environment: {}, mods: MOD_LIST, channels: CHANNELS }),
    ).resolves.toBeDefined();
  });
});
