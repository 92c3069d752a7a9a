import { describe, expect, it } from 'vitest';
import { ClientPartMissingError } from '../../../injector/client-script.ts';
import { ModConflictError } from '../../../injector/kit/conflicts.ts';
import { createModFailures } from '../../../injector/kit/mod-failures.ts';
import { ModVersionError } from '../../../injector/kit/plan.ts';
import { createKeptLog } from '../../support/log/quiet-log.ts';

describe('failures of mods', () => {
  function start() {
    const log = createKeptLog();
    return { log, failures: createModFailures(log) };
  }

  it('are told once each, with the mod, its part and the error', () => {
    const { log, failures } = start();
    const failure = { mod: 'a', hook: 'html', error: new TypeError('no such thing') };
    failures.note(failure);
    failures.note({ ...failure });
    expect(log.lines).toMatchObject([
      { level: 'error', event: 'mod-left-out', mod: 'a', hook: 'html', error: 'TypeError: no such thing' },
    ]);
    expect(log.lines).toHaveLength(1);
    failures.note({ ...failure, mod: 'b' });
    failures.note({ ...failure, hook: 'css' });
    failures.note({ ...failure, error: 'another' });
    expect(log.lines).toHaveLength(4);
  });

  it('say in one line why a mod is left out, the last one of each', () => {
    const { failures } = start();
    expect(failures.leftOut('a')).toBeUndefined();
    failures.note({ mod: 'a', hook: 'html', error: new Error('no such thing\nat line 1') });
    failures.note({ mod: 'b', hook: 'hooks', error: 'just text\nand more' });
    expect(failures.leftOut('a')).toBe('html: no such thing');
    expect(failures.leftOut('b')).toBe('hooks: just text');
    failures.note({ mod: 'a', hook: 'json title', error: new Error('') });
    expect(failures.leftOut('a')).toBe('json title: ');
    expect(failures.leftOut('c')).toBeUndefined();
  });

  it('are forgotten for another configuration, and then told again', () => {
    const { log, failures } = start();
    failures.note({ mod: 'a', hook: 'html', error: 'x' });
    failures.forget();
    expect(failures.leftOut('a')).toBeUndefined();
    failures.note({ mod: 'a', hook: 'html', error: 'x' });
    expect(log.lines).toHaveLength(2);
  });
});

describe('an error of mods', () => {
  it('has a name and a code to be told by, and says what to do', () => {
    expect(new ModConflictError([{ thing: 'x', mods: ['a', 'b'] }])).toMatchObject({
      ...{ name: 'ModConflictError', code: 'MOD_CONFLICT', conflicts: [{ thing: 'x', mods: ['a', 'b'] }] },
      message: 'mods "a" and "b" both change x; turn one of them off',
    });
    expect(new ModVersionError('a', '<10.9', '12.0.0')).toMatchObject({
      ...{ name: 'ModVersionError', code: 'MOD_VERSION' },
      message: 'mod "a" was proved on Jellyfin <10.9, and this one is 12.0.0; it is left out',
    });
    const cause = new Error('ENOENT');
    expect(new ClientPartMissingError('a.js', cause)).toMatchObject({
      ...{ name: 'ClientPartMissingError', code: 'CLIENT_PART_MISSING', cause },
      message: 'a.js cannot be read; run "npm run build:web" to build what runs in the browser',
    });
  });
});
