import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ensureSystemd } from '../support/deploy/systemd.ts';
import { ROOT } from '../support/runner/projects.ts';

const UNIT = join(ROOT, 'deploy/systemd/gatehouse.service');
let analyze = '';

beforeAll(() => {
  analyze = ensureSystemd();
});

describe('deploy/systemd/gatehouse.service', () => {
  it('is exposed by at most 2.0 of 10', () => {
    // The threshold is in tenths; above it, it ends with 1.
    const words = ['security', '--offline=true', '--no-pager', '--threshold=20', UNIT];
    const { status, stdout } = spawnSync(analyze, words, { encoding: 'utf8' });
    expect({ status, last: stdout.trim().split('\n').at(-1) }).toMatchObject({ status: 0 });
    expect(stdout).toMatch(/Overall exposure level for gatehouse\.service: \d/);
    const stricter = spawnSync(analyze, ['security', '--offline=true', '--threshold=5', UNIT]);
    expect(stricter.status).toBe(1);
  });

  it('is understood whole by systemd', () => {
    const { stderr } = spawnSync(analyze, ['verify', '--man=no', UNIT], { encoding: 'utf8' });
    // The program is where it is installed, not here.
    const others = stderr.split('\n').filter((line) => line !== '' && !/is not executable/.test(line));
    expect(others).toEqual([]);
  });

  it('reloads by SIGHUP, takes secrets as credentials, and does not try again what no trying mends', () => {
    const unit = readFileSync(UNIT, 'utf8');
    expect(unit).toMatch(/^ExecReload=.*kill -HUP/m);
    expect(unit).toContain('LoadCredential=secrets:/etc/gatehouse/secrets');
    expect(unit).toContain('RestartPreventExitStatus=78');
  });
});
