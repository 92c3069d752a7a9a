import { describe, expect, it } from 'vitest';
import {
  findByUserName,
  indexUserNames,
  isSameUserName,
  isSameUserNameIn,
  readUserName,
} from '../../../injector/jellyfin/user-names.ts';

describe('user names', () => {
  it.each([
    ['alice', 'ALICE'],
    ['josé', 'JOSÉ'],
    ['жанна', 'ЖАННА'],
    ['straße', 'STRAßE'],
    ['ÿves', 'Ÿves'],
  ])('%j and %j are the same to Jellyfin', (one, other) => {
    expect(isSameUserName(one, other)).toBe(true);
  });

  it.each([
    ['bill', 'bıll'],
    ['bill', 'BİLL'],
    ['sam', 'ſam'],
    ['kim', '\u212aim'],
    ['straße', 'STRASSE'],
    ['alice', 'alice '],
    ['alice', 'ａｌｉｃｅ'],
    ['jos\u00e9', 'jose\u0301'],
    ['', 'alice'],
  ])('%j and %j are not', (one, other) => {
    expect(isSameUserName(one, other)).toBe(false);
  });
});

describe('a name as somebody types it', () => {
  it.each([
    ['alice ', 'alice'],
    ['\t alice\r\n', 'alice'],
    ['\ufeffalice\u200b\u200e\u00a0', 'alice'],
    ['u\u0308nal', '\u00fcnal'],
    ['a  b', 'a  b'],
    ['\u212aim', '\u212aim'],
    ['', ''],
  ])('%j is read as %j', (typed, read) => {
    expect(readUserName(typed)).toBe(read);
  });

  it.each([
    [['alice', 'bob'], ' ALICE ', 'alice'],
    [['\u00dcnal'], 'u\u0308nal', '\u00dcnal'],
    [['u\u0308nal'], '\u00fcNAL', 'u\u0308nal'],
    [['u\u0308nal', '\u00fcnal'], 'u\u0308nal', 'u\u0308nal'],
    [['kim'], '\u212aim', undefined],
    [['al ice'], 'alice', undefined],
  ])('of %j, %j means %j', (names, typed, meant) => {
    expect(findByUserName(names, (name) => name, typed)).toBe(meant);
  });

  it('means the same among many, however it is written', () => {
    const names = [
      'alice',
      'Alice',
      'kim',
      '\u00dcnal',
      'u\u0308nal',
      '\u00fcnal',
      'stra\u00dfe',
      ' bob ',
      'Bob',
    ];
    const find = indexUserNames(names, (name) => name);
    const typed = [
      ...names,
      'ALICE',
      'aLICE',
      'KIM',
      '\u212aim',
      '\u00fcNAL',
      'U\u0308NAL',
      'STRASSE',
      'STRA\u00dfE',
    ];
    for (const one of [...typed, 'bob', ' BOB', 'bob\u200b', 'nobody', ''])
      expect([one, find(one)]).toEqual([one, findByUserName(names, (name) => name, one)]);
  });

  it('is read in a time in proportion to its length', () => {
    const took = (text: string) => {
      const begun = performance.now();
      findByUserName(['alice', 'bob'], (name) => name, text);
      return performance.now() - begun;
    };
    for (const text of [`${' '.repeat(2e5)}a`, `a${' '.repeat(2e5)}b`, `a${'\u0308'.repeat(2e5)}`])
      expect(took(text)).toBeLessThan(1_000);
  });
});

describe('of accounts whose names differ in letter case only', () => {
  it.each([
    [['ünal', 'Ünal'], 'Ünal', 'Ünal'],
    [['Ünal', 'ünal'], 'ünal', 'ünal'],
    [['ünal', 'Ünal'], 'ÜNAL', 'Ünal'],
    [['Ünal', 'ünal'], 'üNaL', 'ünal'],
    [['Ünal'], 'ünal', 'Ünal'],
    [['Ünal', 'alice'], 'ALICE', 'alice'],
    [['Ünal', 'alice'], 'unal', undefined],
  ])('%j %j means %j', (names, typed, meant) => {
    expect(findByUserName(names, (name) => name, typed)).toBe(meant);
  });

  it.each([
    ['10.8.13', true],
    ['10.10.7', true],
    ['10.11.0', false],
    ['10.11.9', false],
    ['10.11.10', true],
    ['12.0.0', true],
    ['no version', true],
  ])('%s takes Ünal and ünal for one: %s', (version, isSame) => {
    expect(isSameUserNameIn(version, 'Ünal', 'ünal')).toBe(isSame);
    expect(isSameUserNameIn(version, 'Ünal', 'ÜNAL')).toBe(true);
  });
});
