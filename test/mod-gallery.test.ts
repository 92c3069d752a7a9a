import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import {
  EXAMPLE_OF_WHEN,
  findStalePages,
  modsInBrowser,
  visualMods,
  writeIndexPage,
  writeModPage,
} from '../build/mod-gallery.ts';
import { whenOption } from '../injector/kit/conditions.ts';
import { defineMod } from '../injector/kit/define-mod.ts';
import { writtenText } from '../injector/kit/written-text.ts';
import { MODS } from '../injector/mods/all.ts';
import { tempFolder } from './support/files/temp-folder.ts';

const film = defineMod({
  name: 'film-night',
  title: 'Say *when* film night is',
  jellyfin: '>=10.9 <13',
  options: z.strictObject({
    day: z.enum(['fri', 'sat']).default('fri').meta({ description: 'The day, as a|b or `c`.' }),
    hour: z.int().min(0).max(23).default(20).meta({ description: 'The hour.' }),
    films: z
      .array(
        z.strictObject({
          name: writtenText(60).meta({ description: 'What it is called.' }),
          place: z.strictObject({ room: z.string().optional().meta({ description: 'The [room].' }) }),
        }),
      )
      .meta({ description: 'The films.' }),
    tags: z.array(z.string()).default([]).meta({ description: 'Words.' }),
  }),
  example: { day: 'sat', hour: 21, films: [{ name: 'Meadow', place: {} }], tags: [] },
  hooks: () => ({}),
});

/** Rows of a table by what stands in their first cell. */
function rowsOf(markdown: string): Map<string, string[]> {
  const lines = markdown.split('\n').filter((line) => line.startsWith('| `') || line.startsWith('| [`'));
  const cells = lines.map((line) => line.slice(2, -2).split(/(?<!\\) \| /));
  return new Map(cells.map(([first = '', ...others]) => [first, others]));
}

const yamlIn = (markdown: string): unknown => parse(/```yaml\n(.*?)```/s.exec(markdown)?.[1] ?? '');

describe('the page of a mod', () => {
  const page = writeModPage(film, true);

  it('has every option with what may be written, its default and what it is for, lists and groups too', () => {
    expect(Object.fromEntries(rowsOf(page))).toEqual({
      '`day`': ['`fri`, `sat`', '`fri`', 'The day, as a\\|b or \\`c\\`.'],
      '`hour`': ['0 to 23', '`20`', 'The hour.'],
      '`films`': ['list of groups', 'needed', 'The films.'],
      '`films[].name`': ['text; or one text for each language', 'needed', 'What it is called.'],
      '`films[].place`': ['group', 'needed', ''],
      '`films[].place.room`': ['text', '', 'The \\[room\\].'],
      '`tags`': ['list of texts', '`[]`', 'Words.'],
    });
  });

  it('has the title as text, the versions, the picture if there is one, and says how it is switched on', () => {
    expect(page).toContain('\n# Say \\*when\\* film night is\n');
    expect(page).toContain('for Jellyfin 10.9 and newer, below 13');
    expect(page).toContain('](pictures/film-night.webp)');
    expect(writeModPage(film, false)).not.toContain('pictures/');
    expect(page).toContain('It is off until `config.yaml` names it.\n');
  });

  it.each(MODS)('of $name has an example that can be copied', (mod) => {
    const copied = yamlIn(writeModPage(mod, false));
    expect(copied).toEqual({ mods: { [mod.name]: mod.example } });
  });
});

describe('the page of all mods', () => {
  const page = writeIndexPage([film, ...MODS], new Set(['film-night']), ['film-night']);

  it('leads to the page of each, with its picture if there is one', () => {
    const rows = rowsOf(page);
    for (const { name } of MODS) expect(rows.get(`[\`${name}\`](${name}.md)`)?.[1], name).toBe('');
    expect(rows.get('[`film-night`](film-night.md)')?.[1]).toMatch(
      /^\[!\[.+\]\(pictures\/film-night\.webp\)\]\(film-night\.md\)$/,
    );
  });

  it('has every part of `when` with a sentence', () => {
    const rows = rowsOf(page);
    for (const part of Object.keys(whenOption.shape))
      expect(rows.get(`\`${part}\``)?.at(-1), part).toMatch(/^[A-Z].*\.$/);
    expect(rows.get('`client`')?.[0]).toBe('`browser`, `android`, `ios`, `tv`; or a list of them');
  });

  it('shows one mod twice, with options and conditions that it takes', () => {
    expect(yamlIn(page)).toEqual({ mods: parse(EXAMPLE_OF_WHEN.join('\n')) });
    const [[name, entries = []] = ['']] = Object.entries(
      parse(EXAMPLE_OF_WHEN.join('\n')) as Record<string, { when: unknown }[]>,
    );
    const mod = MODS.find((one) => one.name === name);
    expect(entries).toHaveLength(2);
    for (const { when, ...options } of entries) {
      expect(whenOption.safeParse(when).error).toBeUndefined();
      expect(mod?.options.safeParse(options).error).toBeUndefined();
    }
  });

  it('names the mods of which browsers load more, and how much that may be', () => {
    expect(page).toMatch(/at most\n4 kB compressed, and at most 3 kB more .*\n`film-night`\. /);
    expect(modsInBrowser(join(import.meta.dirname, '..'), [film, ...MODS])).toContain('featured');
  });

  it('says what the words behind the address do', () => {
    for (const words of ['?gatehouse=off', '?gatehouse=preview']) expect(page).toContain(words);
  });
});

describe('the folder of the pages', () => {
  it('has what mods left behind that are gone: pages and pictures', async () => {
    const root = await tempFolder();
    const files = ['README.md', 'film-night.md', 'gone.md', 'pictures/film-night.webp', 'pictures/gone.webp'];
    for (const file of files) {
      await mkdir(dirname(join(root, 'docs/mods', file)), { recursive: true });
      await writeFile(join(root, 'docs/mods', file), '');
    }
    expect(findStalePages(root, [film])).toEqual(['docs/mods/gone.md', 'docs/mods/pictures/gone.webp']);
    expect(findStalePages(join(root, 'nowhere'), [film])).toEqual([]);
    expect(visualMods(root, [film])).toEqual([]);
    await mkdir(join(root, 'injector/mods/film-night'), { recursive: true });
    await writeFile(join(root, 'injector/mods/film-night/picture.json'), '{}');
    expect(visualMods(root, [film])).toEqual(['film-night']);
  });
});
