import { expect, it } from 'vitest';
import { failed, fine } from '../../../server/doctor/finding.ts';
import { withinLimit } from '../../../server/doctor/time-limit.ts';

it('gives what a check found, as a list', async () => {
  const one = fine('port', 'Free.');
  expect(await withinLimit('port', () => one)).toEqual([one]);
  expect(await withinLimit('port', async () => undefined)).toEqual([]);
  expect(await withinLimit('port', async () => [one, undefined, one])).toEqual([one, one]);
});

it('warns of a check that takes too long, and waits for it no more', async () => {
  const [finding] = await withinLimit('mail', () => new Promise<undefined>(() => undefined), 10);
  expect(finding).toMatchObject({ name: 'mail', state: 'warning', says: expect.stringContaining('0.01 s') });
});

it('makes a finding of what a check throws', async () => {
  const check = (): never => {
    throw new Error('a mistake of ours');
  };
  expect(await withinLimit('mail', check)).toEqual([
    failed(
      'mail',
      'The check itself failed: a mistake of ours',
      'Report it, with gatehouse doctor --bundle FILE.',
    ),
  ]);
});
