import { describe, expect, it } from 'vitest';
import { findByUserName, isSameUserName, isSameUserNameIn } from '../../../injector/jellyfin/user-names.ts';

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
