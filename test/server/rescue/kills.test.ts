import { expect, test } from 'vitest';
import { giveTo, makeDatabase } from '../../support/rescue/jellyfin-database.ts';
import { killRescues, killRescuesOverApi } from '../../support/rescue/killed-rescue.ts';
import { NEW_PASSWORD } from '../../support/rescue/run-rescue.ts';
import { startJellyfin } from '../../support/rescue/running-jellyfin.ts';

test('a rescue that is killed leaves the old state or the new one, and no file of root’s', async () => {
  const database = await makeDatabase('10.11.11');
  const isRoot = process.getuid?.() === 0;
  const uid = isRoot ? 4242 : (process.getuid?.() ?? 0);
  if (isRoot) giveTo(database, uid);
  const left = await killRescues(database, { kills: 4, seed: 5, password: 'forgotten' });

  expect(left.filter(({ state, isSound }) => state === 'mixed' || !isSound)).toEqual([]);
  expect(left.flatMap(({ owners }) => owners.filter((owner) => owner !== uid))).toEqual([]);
});

test('a rescue over the API that is killed leaves no key behind', async () => {
  const running = await startJellyfin('10.11.11');
  const left = await killRescuesOverApi(running, { kills: 2, seed: 3 });
  expect(left).toEqual(left.map(() => ({ keys: ['Seerr'], password: NEW_PASSWORD })));
});
