import { expect, test } from 'vitest';
import { giveTo, makeDatabase } from '../../support/rescue/jellyfin-database.ts';
import { killRescues } from '../../support/rescue/killed-rescue.ts';

test('a rescue that is killed leaves the old state or the new one, and no file of root’s', async () => {
  const database = await makeDatabase('10.11.11');
  const isRoot = process.getuid?.() === 0;
  const uid = isRoot ? 4242 : (process.getuid?.() ?? 0);
  if (isRoot) giveTo(database, uid);
  const left = await killRescues(database, { kills: 6, seed: 5, password: 'forgotten' });

  expect(left.filter(({ state, isSound }) => state === 'mixed' || !isSound)).toEqual([]);
  expect(left.flatMap(({ owners }) => owners.filter((owner) => owner !== uid))).toEqual([]);
});
