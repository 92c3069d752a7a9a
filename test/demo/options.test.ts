import { describe, expect, it } from 'vitest';
import { RESET_METHODS } from '../../server/config/methods.ts';
import { JELLYFIN_VERSIONS } from '../jellyfin/fake-jellyfin.ts';
import { HELP, readDemoOptions } from './options.ts';

describe('the options of the demo', () => {
  it('are the usual ones where nothing is said', () => {
    expect(readDemoOptions([])).toEqual({
      ports: { login: undefined, inbox: undefined, jellyfin: undefined },
      version: '10.11.11',
      method: 'link',
      isKeyless: false,
      isOutside: false,
      show: 'check-your-messages',
      mods: [],
    });
  });

  it('are read with a blank or an equals sign', () => {
    const argv = ['--port', '0', '--inbox-port=1025', '--method', 'account', '--outside', '--keyless'];
    expect(readDemoOptions(argv)).toMatchObject({
      ports: { login: 0, inbox: 1025, jellyfin: undefined },
      ...{ method: 'account', show: 'account', isOutside: true, isKeyless: true },
    });
  });

  it('are all in the help, which is shown whatever else is said', () => {
    for (const argv of [['--help'], ['-h'], ['--nonsense', '--help']])
      expect(readDemoOptions(argv)).toBe('help');
    const named = [...HELP.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, option]) => option);
    const wanted = [
      'method',
      'show',
      'outside',
      'keyless',
      'mod',
      'version',
      'port',
      'inbox-port',
      'jellyfin-port',
      'help',
    ];
    expect(named).toEqual(wanted.map((name) => `--${name}`));
    for (const value of [...RESET_METHODS, ...JELLYFIN_VERSIONS]) expect(HELP).toContain(value);
    for (const line of HELP.split('\n')) expect(line.length).toBeLessThanOrEqual(120);
  });

  it('name mods several times, each taken once', () => {
    const argv = ['--mod', 'login-logo', '--mod=seasons', '--mod', 'login-logo'];
    expect(readDemoOptions(argv)).toMatchObject({ mods: ['login-logo', 'seasons'] });
  });

  it('tell the mod that was meant by a misspelt one', () => {
    expect(() => readDemoOptions(['--mod', 'login-backgrund'])).toThrow(
      '--mod: there is no mod login-backgrund; did you mean login-background?',
    );
  });

  it.each([
    [['--nonsense'], '--nonsense'],
    [['-x'], '-x'],
    [['pin'], '-- --method pin'],
    [['--method'], '--method'],
    [['--method', 'carrier-pigeon'], '--method'],
    [['--version=11'], '--version'],
    [['--keyless=yes'], '--keyless'],
    [['--port='], '--port'],
    [['--inbox-port', '70000'], '--inbox-port'],
    [['--jellyfin-port', '80a'], '--jellyfin-port'],
    [['--show', 'hide'], '--show'],
    [['--mod'], '--mod'],
    [['--mod', 'carrier-pigeon'], '--mod'],
    [['--method', 'pin', '--show', 'account'], '--show'],
  ])('that are not understood (%j) are named in one sentence', (argv, option) => {
    expect(() => readDemoOptions(argv)).toThrow(/^[^\n]+\.$/);
    expect(() => readDemoOptions(argv)).toThrow(option);
  });
});
