import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { COMMAND_NOTES } from '../../../server/commands/command-notes.ts';
import { listRunnable, readCommandTree } from '../../../server/commands/command-tree.ts';
import { SHELLS, writeCompletion } from '../../../server/commands/completion-scripts.ts';
import { gatehouse } from '../../../server/commands/gatehouse.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { runProgram } from '../../support/program/program.ts';

const run = promisify(execFile);

const tree = await readCommandTree(gatehouse);

describe('gatehouse completion', { timeout: 120_000 }, () => {
  let script: string;
  beforeAll(async () => {
    const printed = await runProgram(tmpdir(), 'completion', 'bash');
    expect(printed).toMatchObject({ code: 0, err: '' });
    script = printed.out;
  }, 60_000);

  /** What a real bash offers for the last of these words. */
  async function offered(...typed: string[]): Promise<string[]> {
    const file = join(await tempFolder(), 'gatehouse.bash');
    const words = ['gatehouse', ...typed].map((word) => `'${word}'`).join(' ');
    await writeFile(
      file,
      `${script}
COMP_WORDS=(${words}); COMP_CWORD=${typed.length}
_gatehouse
printf '%s\\n' "\${COMPREPLY[@]}"
`,
    );
    const { stdout, stderr } = await run('bash', ['--norc', '-eu', file]);
    expect(stderr).toBe('');
    return stdout.split('\n').filter((line) => line !== '');
  }

  test('offers commands, those below them, and their options, in a real bash', async () => {
    expect(await offered('us')).toEqual(['users']);
    expect(await offered('users', '')).toEqual(
      expect.arrayContaining(['list', 'show', 'unlock', 'enable', 'disable', 'sign-out', '--help']),
    );
    expect(await offered('users', 'unlock', '--a')).toEqual(['--all-locked']);
    // A name that is also a command further up changes nothing.
    expect(await offered('users', 'unlock', 'audit', '--a')).toEqual(['--all-locked']);
    expect(await offered('mods', 'su')).toEqual(['suggest']);
  });

  test('leaves files to bash, and old spellings away', async () => {
    expect(await offered('audit', '--config', '')).toEqual([]);
    expect(await offered('lin')).toEqual([]);
  });

  test('has every command in each shell, and names the nearest shell', async () => {
    for (const shell of SHELLS) {
      const written = writeCompletion(shell, tree);
      for (const { words } of listRunnable(tree)) expect(written, shell).toContain(words.join(' '));
    }
    const refused = await runProgram(await tempFolder(), 'completion', 'bas');
    expect(refused).toMatchObject({ code: 64, out: '', err: expect.stringContaining('did you mean bash?') });
  });
});

describe('the page of commands', () => {
  const commands = listRunnable(tree);

  test('has examples of every command, and notes of none that there is not', () => {
    expect(commands.map(({ words }) => words.join(' ')).toSorted()).toEqual(
      Object.keys(COMMAND_NOTES).toSorted(),
    );
  });

  test('has no command without --json, but for those that ask, or print for another program', () => {
    const others = 'serve,init,completion,nginx,reverse-proxy,schema,contacts import,mods new,mods add'.split(
      ',',
    );
    const lacking = commands.filter(({ options }) => !options.some(({ name }) => name === 'json'));
    expect(others).toEqual(expect.arrayContaining(lacking.map(({ words }) => words.join(' '))));
  });

  test('has only examples whose options there are, each with what it is for', () => {
    for (const { words, options } of commands) {
      const name = words.join(' ');
      const known = options.map((option) => `--${option.name}`);
      for (const example of COMMAND_NOTES[name]?.examples ?? []) {
        // `mods` alone is `mods list`.
        expect(`${name} `.startsWith(`${example} `) || `${example} `.startsWith(`${name} `), example).toBe(
          true,
        );
        const named = example.split(' ').filter((word) => word.startsWith('--'));
        expect(known, example).toEqual(expect.arrayContaining(named));
      }
      for (const option of options) expect(option.description, `${name} --${option.name}`).not.toBe('');
    }
  });
});
