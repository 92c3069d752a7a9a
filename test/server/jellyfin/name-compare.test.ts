import { describe, expect, it } from 'vitest';
import { isSameUserName } from '../../../server/jellyfin/name-compare.ts';

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
