import { expect, it } from 'vitest';
import { countMessages, FORM, flood, PAGE, startFlooded } from '../support/program/flood.ts';

it('1,000 requests for one person from 250 networks bring three messages, and every answer is the same (O10)', async () => {
  const { stage } = await startFlooded('127.0.0.1');
  const from = (at: number): string => `198.51.${at % 2}.${at % 125}`;
  expect(await flood(stage, FORM, 1_000, from)).toEqual(['200 {"Action":"ContactAdmin","PinFile":""}']);
  expect(await countMessages(stage)).toBe(3);
});

it('1,000 made-up addresses count as the one they come from (O10)', async () => {
  const { stage } = await startFlooded('', ', proofOfWork: { when: never }');
  const forged = (at: number): string => `203.0.${at % 250}.${at % 113}, 10.0.0.${at % 200}`;
  expect(await flood(stage, PAGE, 1_000, forged)).toEqual(['202 {}']);
  expect(stage.log.events().filter((event) => event === 'reset-asked')).toHaveLength(30);
  expect(await countMessages(stage)).toBe(3);
});

it('beyond 1,000 in an hour from everywhere, the form sends people to where work can be done', async () => {
  const { stage } = await startFlooded('127.0.0.1');
  const from = (at: number): string => `198.51.${at % 200}.${Math.floor(at / 200)}`;
  await flood(stage, FORM, 1_000, from);
  const elsewhere = ['200 {"Action":"InNetworkRequired","PinFile":""}'];
  expect(await flood(stage, FORM, 50, (at) => `203.0.113.${at}`)).toEqual(elsewhere);
});
