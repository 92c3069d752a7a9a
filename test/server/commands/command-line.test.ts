import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MODS } from '../../../injector/mods/all.ts';
import { CHANNELS } from '../../../server/channels/registry.ts';
import { createJsonSchema } from '../../../server/config/schema.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';

const MAIN = join(import.meta.dirname, '../../../server/main.ts');
const GOOD = 'jellyfin: { url: http://127.0.0.1:8096 }\n';
const BAD = 'jellyfin: { url: http://127.0.0.1:8096 }\nlisten: { prot: 1, port: 99999 }\n';
const PROBLEMS = `config.yaml:2:11 listen.prot: is not a field; did you mean port?
config.yaml:2:26 listen.port: must be at most 65535
`;

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Really runs the program; the variables of this test run that are ours are left out. */
function gatehouse(
  args: readonly string[],
  folder: string,
  variables: Record<string, string> = {},
): Promise<Ended> {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('GATEHOUSE_'));
  const env = { ...Object.fromEntries(inherited), NO_COLOR: '1', ...variables };
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, ...args], { cwd: folder, env, timeout: 20_000 }, (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code), out, err });
    });
  });
}

describe('the help', () => {
  it.each([
    [['--help'], 'gatehouse'],
    [['contacts', '--help'], 'gatehouse contacts'],
    [['contacts', 'import', '--help'], 'gatehouse contacts import'],
  ] as const)('of %j names the command whole, and the program with it', async (args, name) => {
    const { code, out } = await gatehouse(args, await tempFolder());
    expect({ code, head: /\((.*) v[\d.]+\)\n/.exec(out)?.[1] }).toEqual({ code: 0, head: name });
    expect(out).toContain(`USAGE ${name} `);
  });
});

describe('gatehouse check', () => {
  it('says that a good file is fine', async () => {
    const folder = await tempFolder();
    await writeFile(join(folder, 'config.yaml'), GOOD);
    expect(await gatehouse(['check', '--offline'], folder)).toEqual({
      code: 0,
      out: 'config.yaml is fine\n',
      err: '',
    });
  });

  it('needs no file where everything is in the environment', async () => {
    const variables = { GATEHOUSE_JELLYFIN__URL: 'http://127.0.0.1:8096' };
    const { code, out, err } = await gatehouse(['check', '--offline'], await tempFolder(), variables);
    expect({ code, out, err }).toEqual({ code: 0, out: 'what the environment says is fine\n', err: '' });
  });

  it('warns of what is doubtful, and ends with 0', async () => {
    const folder = await tempFolder();
    await writeFile(join(folder, 'config.yaml'), `${GOOD}storage: ./films.db\n`);
    expect(await gatehouse(['check', '--offline'], folder)).toEqual({
      code: 0,
      out: 'config.yaml is fine\n',
      err: 'warning: config.yaml:2:1 storage: is for the password reset service, and there is none; add `reset: { method: link }`, or remove it\n',
    });
  });

  it('prints every problem and ends with 78', async () => {
    const folder = await tempFolder();
    await writeFile(join(folder, 'config.yaml'), BAD);
    expect(await gatehouse(['check', '--offline'], folder)).toEqual({ code: 78, out: '', err: PROBLEMS });
  });

  it('takes --config before GATEHOUSE_CONFIG before ./config.yaml', async () => {
    const folder = await tempFolder();
    await writeFile(join(folder, 'config.yaml'), BAD);
    await writeFile(join(folder, 'other.yaml'), GOOD);
    const fromVariable = await gatehouse(['check', '--offline'], folder, { GATEHOUSE_CONFIG: 'other.yaml' });
    expect(fromVariable).toEqual({ code: 0, out: 'other.yaml is fine\n', err: '' });
    const fromOption = await gatehouse(['check', '--offline', '--config', 'config.yaml'], folder, {
      GATEHOUSE_CONFIG: 'other.yaml',
    });
    expect(fromOption).toEqual({ code: 78, out: '', err: PROBLEMS });
  });

  it('names the four places when there is no file', async () => {
    const folder = await tempFolder();
    const { code, err } = await gatehouse(['check', '--offline'], folder);
    expect(code).toBe(78);
    expect(err).toBe(
      'config.yaml: not found. Looked for --config, GATEHOUSE_CONFIG, ./config.yaml and /config/config.yaml; run `gatehouse init`, which asks and writes one, copy config.example.yaml to one of them, let `gatehouse serve --setup` write one to fill in, or set at least GATEHOUSE_JELLYFIN__URL\n',
    );
  });

  it('does not pass over a misspelt option', async () => {
    const folder = await tempFolder();
    await writeFile(join(folder, 'config.yaml'), GOOD);
    expect(await gatehouse(['check', '--confg', 'other.yaml'], folder)).toEqual({
      code: 64,
      out: '',
      err: 'gatehouse: unknown option --confg; did you mean --config?\n',
    });
    expect((await gatehouse(['check', 'other.yaml'], folder)).code).toBe(64);
    expect((await gatehouse(['check', '--offline', '--config'], folder)).err).toBe(
      'gatehouse: --config needs a value, as in --config FILE\n',
    );
  });
});

describe('gatehouse serve', () => {
  it('starts nothing with a broken file: the problems on standard error, and 78', async () => {
    const folder = await tempFolder();
    await writeFile(join(folder, 'config.yaml'), BAD);
    expect(await gatehouse(['serve'], folder)).toEqual({ code: 78, out: '', err: PROBLEMS });
  });
});

describe('gatehouse schema', () => {
  it('prints the schema, or writes it to a file', async () => {
    const folder = await tempFolder();
    const printed = await gatehouse(['schema'], folder);
    expect(JSON.parse(printed.out)).toEqual(createJsonSchema(MODS, CHANNELS));
    expect(await gatehouse(['schema', '--out', 'schema.json'], folder)).toEqual({
      code: 0,
      out: '',
      err: '',
    });
    expect(await readFile(join(folder, 'schema.json'), 'utf8')).toBe(printed.out);
  });

  it('says in one line why it cannot write', async () => {
    const { code, err } = await gatehouse(['schema', '--out', 'no/such/folder.json'], await tempFolder());
    expect(code).toBe(1);
    expect(err).toMatch(/^gatehouse: ENOENT[^\n]*\n$/);
  });
});

describe('gatehouse mods', () => {
  it('lists each mod with title, versions and options', async () => {
    const { code, out } = await gatehouse(['mods'], await tempFolder());
    expect(code).toBe(0);
    for (const { name, title, jellyfin } of MODS)
      expect(out).toContain(`${name}  ${title}\n  Jellyfin ${jellyfin}\n`);
    expect(out).toContain('\n    icon (default "link"): Name of a Material icon.\n');
    expect(out).toMatch(/\n {2}show \(needed\): What the button does/);
  });
});

describe('gatehouse --help', () => {
  it('names every command', async () => {
    const { code, out } = await gatehouse(['--help'], await tempFolder());
    expect(code).toBe(0);
    const names =
      'serve audit backup check contacts completion doctor limits messages mods reset restore schema users'.split(
        ' ',
      );
    for (const name of names) expect(out).toMatch(new RegExp(`^ +${name} {2,}\\S`, 'm'));
  });

  it('loads no mod and no library of what the commands do', async () => {
    const tell = `import { registerHooks } from 'node:module';
      registerHooks({ load(url, context, next) { process.stderr.write(url + '\\n'); return next(url, context); } });`;
    const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(tell)}`;
    const { err } = await gatehouse(['--help'], await tempFolder(), { NODE_OPTIONS });
    const loaded = err.split('\n').filter((url) => url.startsWith('file:'));
    expect(loaded.filter((url) => url.includes('/server/')).length).toBeGreaterThan(3);
    expect(loaded.filter((url) => /\/injector\/|\/node_modules\/(?!citty\/)/.test(url))).toEqual([]);
  });

  it.each(['serve', 'check'])('explains --config of %s', async (name) => {
    const { code, out } = await gatehouse([name, '--help'], await tempFolder());
    expect(code).toBe(0);
    expect(out).toContain('--config=<file>');
    expect(out).toContain('GATEHOUSE_CONFIG, ./config.yaml, /config/config.yaml');
  });

  it.each([
    [['chek'], 'unknown command chek; did you mean check? gatehouse --help lists them all'],
    [['doctr', '--json'], 'unknown command doctr; did you mean doctor? gatehouse --help lists them all'],
    [
      ['contacts', 'lst'],
      'unknown command contacts lst; did you mean contacts list? gatehouse contacts --help lists them all',
    ],
    [['messages', 'xyz'], 'unknown command messages xyz; gatehouse messages --help lists them all'],
    [['toString'], 'unknown command toString; gatehouse --help lists them all'],
  ])('ends a command nobody knows in one line with the nearest: %j', async (args, line) => {
    expect(await gatehouse(args, await tempFolder())).toEqual({
      code: 64,
      out: '',
      err: `gatehouse: ${line}\n`,
    });
  });

  it('is printed where no command is named, as an error, and with --help whatever the command', async () => {
    const folder = await tempFolder();
    expect(await gatehouse([], folder)).toMatchObject({
      code: 64,
      out: '',
      err: expect.stringMatching(/^ +doctor {2,}\S/m),
    });
    expect(await gatehouse(['contacts'], folder)).toMatchObject({
      code: 64,
      err: expect.stringMatching(/^ +list {2,}\S/m),
    });
    expect((await gatehouse(['contacts', '--help'], folder)).out).toMatch(/^ +list {2,}\S/m);
    expect(await gatehouse(['chek', '--help'], folder)).toMatchObject({
      code: 0,
      out: expect.stringContaining('check'),
    });
  });
});
