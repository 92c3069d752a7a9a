import { EventEmitter } from 'node:events';
import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MOD_LIST } from '../../../injector/mods/index.ts';
import { CHANNELS } from '../../../server/channels/registry.ts';
import type { Config } from '../../../server/config/config.ts';
import { loadConfig } from '../../../server/config/load.ts';
import { watchConfig } from '../../../server/config/watch.ts';
import { until } from '../../support/clock/until.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { createLogLines } from '../../support/log/log-lines.ts';
import { startInFolder, startWatch, titleOf, withTitle } from '../../support/program/watched-config.ts';

describe('a changed configuration', () => {
  it('is in force when the file is written in place', async () => {
    const { file, applied, events } = await startInFolder();
    await writeFile(file, withTitle('second'));
    await until(() => titleOf(applied.at(-1)) === 'second');
    expect(events()).toEqual(['config-applied']);
  });

  it('is in force each time an editor puts a new file in its place', async () => {
    const { file, applied } = await startInFolder();
    for (const title of ['second', 'third', 'fourth']) {
      await writeFile(`${file}~`, withTitle(title));
      await rename(`${file}~`, file);
      await until(() => titleOf(applied.at(-1)) === title);
    }
  });

  it('is read again when another process writes the lock of its files beside it', async () => {
    const { folder, file, applied } = await startWithPicture();
    const entry = (digit: string) => `{ sha256: "${digit.repeat(64)}", bytes: 1, fetched: "2026-11-29" }`;
    for (const digit of ['1', '2']) {
      const lock = join(folder, 'mods.lock.yaml');
      await writeFile(`${lock}~`, `files: { "https://none.invalid/a.css": ${entry(digit)} }`);
      await rename(`${lock}~`, lock);
      await until(() => applied.at(-1)?.files.state.some((one) => one.includes(digit.repeat(64))) === true);
    }
    expect(applied.at(-1)?.file).toBe(file);
  });

  it('is in force each time Kubernetes swaps its links', async () => {
    const folder = await tempFolder();
    for (const [version, title] of [
      ['..1', 'first'],
      ['..2', 'second'],
      ['..3', 'third'],
    ] as const) {
      await mkdir(join(folder, version));
      await writeFile(join(folder, version, 'config.yaml'), withTitle(title));
    }
    await symlink('..1', join(folder, '..data'));
    await symlink('..data/config.yaml', join(folder, 'config.yaml'));
    const { applied } = await startWatch(join(folder, 'config.yaml'));
    for (const [version, title] of [
      ['..2', 'second'],
      ['..3', 'third'],
    ] as const) {
      await symlink(version, join(folder, '..data_tmp'));
      await rename(join(folder, '..data_tmp'), join(folder, '..data'));
      await until(() => titleOf(applied.at(-1)) === title);
    }
  });

  it('is seen behind a symbolic link into another folder', async () => {
    const [here, there] = [await tempFolder(), await tempFolder()];
    await writeFile(join(there, 'real.yaml'), withTitle('first'));
    await symlink(join(there, 'real.yaml'), join(here, 'config.yaml'));
    const { applied } = await startWatch(join(here, 'config.yaml'));
    await writeFile(join(there, 'new.yaml'), withTitle('second'));
    await rename(join(there, 'new.yaml'), join(there, 'real.yaml'));
    await until(() => titleOf(applied.at(-1)) === 'second');
  });

  it('is not read while it is half written', async () => {
    const { file, applied, events } = await startInFolder(undefined, 2_000);
    const text = `${withTitle('second')}log: { level: warn }\n`;
    for (let end = 0; end <= text.length; end += 15) {
      await writeFile(file, text.slice(0, end));
      await sleep(30);
    }
    await writeFile(file, text);
    await until(() => applied.length > 0);
    expect(applied.map((config) => [titleOf(config), config.log.level])).toEqual([['second', 'warn']]);
    expect(events()).toEqual(['config-applied']);
  });

  it('is not applied when only a comment changed', async () => {
    const { file, applied, events } = await startInFolder();
    await writeFile(file, `# hello\n${withTitle('first')}`);
    await sleep(500);
    expect([applied, events()]).toEqual([[], []]);
  });

  it('is named in a warning where it takes a restart', async () => {
    const { file, applied, text, events } = await startInFolder();
    await writeFile(file, `${withTitle('first')}listen: { port: 9000 }\nstorage: other.db\n`);
    await until(() => applied.length > 0);
    expect(events()).toEqual(['config-applied', 'config-needs-restart']);
    expect(text()).toContain('listen.port, storage: takes effect after a restart');
  });

  it('that came in before the watch began is applied too', async () => {
    const file = join(await tempFolder(), 'config.yaml');
    await writeFile(file, withTitle('second'));
    const load = () => loadConfig({ configPath: file, environment: {}, mods: MOD_LIST, channels: CHANNELS });
    const old = { ...(await load()), enabledMods: {} };
    const applied: Config[] = [];
    const watch = await watchConfig({
      config: old,
      load,
      apply: (config) => void applied.push(config),
      log: createLogLines().log,
      signals: new EventEmitter(),
    });
    onTestFinished(() => watch.close());
    await until(() => titleOf(applied[0]) === 'second');
  });
});

describe('the folder of mods beside the configuration', () => {
  it('is in force when a mod in it changes, and when the folder comes only later', async () => {
    const folder = await tempFolder();
    const file = join(folder, 'config.yaml');
    await writeFile(file, withTitle('first'));
    const { applied, events } = await startWatch(file);
    await mkdir(join(folder, 'mods/red'), { recursive: true });
    const modYaml = (css: string) => `name: red\ntitle: Red\ncss: "h1 { color: ${css} }"\n`;
    await writeFile(join(folder, 'mods/red/mod.yaml'), modYaml('red'));
    await writeFile(file, withTitle('first').replace('mods: {', 'mods: { red: true,'));
    const cssOf = (config: Config | undefined) =>
      (config?.enabledMods['red'] as { definition: { css: string } } | undefined)?.definition.css;
    await until(() => cssOf(applied.at(-1)) === 'h1 { color: red }');
    await writeFile(join(folder, 'mods/red/mod.yaml'), modYaml('crimson'));
    await until(() => cssOf(applied.at(-1)) === 'h1 { color: crimson }');
    await writeFile(join(folder, 'mods/red/mod.yaml'), 'name: red\n');
    await until(() => events().includes('config-refused'));
    expect(cssOf(applied.at(-1))).toBe('h1 { color: crimson }');
  });
});

describe('a broken configuration', () => {
  it('leaves the last good one in force and is told once, with every problem', async () => {
    const { file, applied, text, events } = await startInFolder();
    const broken = `${withTitle('second')}lisetn: {}\nlog: { level: loud }\n`;
    await writeFile(file, broken);
    await until(() => events().length > 0);
    await writeFile(file, `${broken}\n# still broken in the same way\n`);
    await sleep(400);
    expect(events()).toEqual(['config-refused']);
    expect(text()).toContain('lisetn: is not a field; did you mean listen?');
    expect(text()).toContain('log.level: must be');
    expect(applied).toEqual([]);
    await writeFile(file, withTitle('first'));
    await until(() => events().includes('config-unchanged'));
    await writeFile(file, withTitle('third'));
    await until(() => titleOf(applied[0]) === 'third');
  });

  it('is told when the file is gone, and forgiven when it is back', async () => {
    const { file, applied, text, events } = await startInFolder();
    await rm(file);
    await until(() => events().includes('config-refused'));
    expect(text()).toContain('does not exist');
    await writeFile(file, withTitle('second'));
    await until(() => titleOf(applied[0]) === 'second');
  });

  it('that cannot be put in force leaves the last good one in force', async () => {
    const { file, applied, text, events } = await startInFolder((config) => {
      if (titleOf(config) === 'second') throw new Error('no room for it');
    });
    await writeFile(file, withTitle('second'));
    await until(() => events().includes('config-not-applied'));
    expect(text()).toContain('no room for it');
    await writeFile(file, withTitle('third'));
    await until(() => titleOf(applied.at(-1)) === 'third');
    expect(applied).toHaveLength(1);
  });

  it('never gets in force in 200 mutations, and the good one after them does', async () => {
    const { file, applied, signals, events } = await startInFolder();
    const good = withTitle('second');
    const breakages = [
      (at: number) => `${good.slice(0, at)}\t: [${good.slice(at)}`,
      (at: number) => `${good}unknown-${'x'.repeat(at)}: 1\n`,
      (at: number) => `${good.slice(0, at)}"{${good.slice(at)}`,
      (at: number) => `- ${good.slice(at)}`,
      () => '',
    ];
    for (let index = 0; index < 200; index++) {
      const text = breakages[index % breakages.length]?.(index % good.length) ?? '';
      await writeFile(file, text);
      signals.emit('SIGHUP');
      await sleep(5);
    }
    await sleep(300);
    expect(applied).toEqual([]);
    expect(new Set(events())).toEqual(new Set(['config-refused']));
    await writeFile(file, good);
    await until(() => titleOf(applied[0]) === 'second');
  });
});

async function startWithPicture() {
  const folder = await tempFolder();
  const file = join(folder, 'config.yaml');
  const mods = 'mods: { custom-css: { url: "https://none.invalid/a.css" } }';
  await writeFile(file, `jellyfin: { url: http://127.0.0.1:8096 }\n${mods}\n`);
  return { folder, file, ...(await startWatch(file)) };
}
