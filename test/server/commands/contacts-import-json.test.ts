import { execFile } from 'node:child_process';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createJsonImportReport } from '../../../server/commands/import-report-json.ts';
import { createCsvTextSource } from '../../../server/imports/csv/csv-source.ts';
import { createFakeJellyfin } from '../../jellyfin/fake-jellyfin.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { makeWizarrDatabase } from '../../support/imports/sample-sources.ts';
import { TEST_API_KEY } from '../../support/jellyfin/jellyfin-accounts.ts';
import { makeCommandFolder } from '../../support/program/command-folder.ts';

const MAIN = join(import.meta.dirname, '../../../server/main.ts');

describe('gatehouse contacts import', { timeout: 120_000 }, () => {
  test('--json says the same as one value, with shortened addresses', async () => {
    const jellyfin = await createFakeJellyfin({ version: '12.0', apiKeys: [TEST_API_KEY] });
    onTestFinished(() => jellyfin.close());
    const { folder, run } = await makeCommandFolder(`url: ${jellyfin.url}, apiKey: ${TEST_API_KEY}`);
    await writeFile(
      join(folder, 'people.csv'),
      'name;email\nalice;a@example.org\nbbo;b@example.org\ncarol;c@x\n',
    );
    const contactsImport = (...args: readonly string[]) => run('contacts', 'import', ...args);
    const { code, out } = await contactsImport('people.csv', '--json');
    expect({ code, ...JSON.parse(out) }).toEqual({
      ...{ code: 1, place: 'people.csv', isDry: true, isStopped: false, isBroken: false, left: 0 },
      counts: expect.objectContaining({ new: 1, changed: 0, unknown: 1, doubtful: 1 }),
      rows: [
        { kind: 'new', row: 2, userName: 'alice', channel: 'email', address: 'a…@example.org' },
        expect.objectContaining({
          kind: 'unknown',
          message: 'Jellyfin has no user "bbo"; did you mean bob?',
        }),
        expect.objectContaining({ kind: 'doubtful', row: 4, userName: 'carol' }),
      ],
    });
    const kept = JSON.parse((await contactsImport('people.csv', '--json', '--apply')).out);
    expect(kept).toMatchObject({ isDry: false, rows: [{ kind: 'unknown' }, { kind: 'doubtful' }] });
    await writeFile(join(folder, 'none.csv'), 'name,email\n');
    const none = JSON.parse((await contactsImport('none.csv', '--json')).out);
    expect(none).toMatchObject({ rows: [], counts: { new: 0 } });
  });

  test('alone it lists what this machine has to import from, without a configuration', async () => {
    const home = await tempFolder();
    const folder = join(home, 'docker/wizarr/database');
    await mkdir(folder, { recursive: true });
    await copyFile(await makeWizarrDatabase(), join(folder, 'database.db'));
    const look = (...args: readonly string[]) =>
      promisify(execFile)(process.execPath, [MAIN, 'contacts', 'import', ...args], {
        ...{ cwd: home, env: { PATH: process.env['PATH'], HOME: home } },
      });
    const command = `gatehouse contacts import wizarr ${join(folder, 'database.db')}`;
    const shown = await look();
    expect(shown.stdout).toContain(`Wizarr: ${command}\n`);
    expect(shown.stderr).toContain('each command shows what would be imported and writes nothing');
    const { found } = JSON.parse((await look('--json')).stdout);
    expect(found).toContainEqual(expect.objectContaining({ source: 'wizarr', command }));
  });

  test('--json stays one value where the import breaks off after some rows', async () => {
    let out = '';
    const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      out += String(text);
      return true;
    });
    onTestFinished(() => write.mockRestore());
    const source = createCsvTextSource('name,email\n');
    const report = createJsonImportReport(source, { isDry: true, isAll: false });
    const row = { kind: 'new', userName: 'anna', channel: 'email', address: 'anna@example.org' } as const;
    for (let n = 1; n <= 202; n++) report.row({ ...row, row: n });
    report.breakOff();
    const read = JSON.parse(out);
    expect(read).toMatchObject({ isBroken: true, counts: null, left: 2 });
    expect(read.rows).toHaveLength(200);
    expect(out).not.toContain('anna@example.org');
  });
});
