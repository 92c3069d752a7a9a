import { expect, it } from 'vitest';
import { createAsker } from '../support/measure/timing.ts';
import { startAskingStage } from '../support/program/asking-stage.ts';

it('a mail address typed into Jellyfin’s form brings the message, and says no more than a name nobody has', async () => {
  const stage = await startAskingStage('accept', 3);
  const asker = createAsker(stage.url, 'form', '10.77');
  const typed = ['nobody@example.org', 'PERSON0001@Example.org ', 'person0002'];
  const seen = [];
  for (const name of typed) seen.push((await asker.ask(name)).seen);
  asker.close();
  expect(new Set(seen).size).toBe(1);
  const mails = await stage.inbox.waitFor(2, 20_000);
  expect(mails.map((mail) => mail.to).toSorted()).toEqual([
    'person0001@example.org',
    'person0002@example.org',
  ]);
}, 60_000);
