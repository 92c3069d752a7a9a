import { describe, expect, it } from 'vitest';
import { MODS } from '../../../injector/mods/all.ts';
import { PROPOSE, type Row, SAID_BESIDES } from '../../../server/suggest/proposals.ts';

const rows = Object.entries(PROPOSE).map(([name, row]) => {
  const propose = row as Row<unknown>;
  return { name, ...propose(propose.example) };
});

describe('every line that may be proposed', () => {
  it.each(rows)('$name is taken by the mod $mod as it is', ({ mod, options }) => {
    const found = MODS.find(({ name }) => name === mod);
    expect(found?.options.safeParse({ ...SAID_BESIDES[mod], ...options })).toMatchObject({ success: true });
  });
});

it('what is said besides is for mods that are proposed', () => {
  expect(Object.keys(SAID_BESIDES).filter((mod) => !rows.some((row) => row.mod === mod))).toEqual([]);
});
