import { describe, expect, it, vi } from 'vitest';
import { LANGUAGES } from '../../../injector/kit/translations.ts';
import { sayToPerson } from '../../../server/account/bot-words.ts';
import { startFakeMatrix } from '../../support/channels/fake-matrix.ts';
import { SOON, startJourney } from '../../support/channels/journey-stage.ts';

const WHAT = ['done', 'hello', 'unknown', 'unreadable'] as const;

describe.each(LANGUAGES)('what a bot says in %s', (language) => {
  it('names the server where it speaks of it, and is in that language', () => {
    for (const what of WHAT) {
      const said = sayToPerson(what, language, 'Films $& Co');
      expect(said.includes('Films $& Co'), what).toBe(what === 'done' || what === 'hello');
      if (language !== 'en') expect(said).not.toBe(sayToPerson(what, 'en', 'Films $& Co'));
      expect(said).not.toMatch(/[{}]/);
    }
  });
});

it('whoever invites the bot to an encrypted room sees it leave with the reason, and is told why in a plain one', async () => {
  const anna = '@anna:home.example';
  const matrix = await startFakeMatrix([anna]);
  await startJourney([
    `matrix: { accessToken: '${matrix.token}', homeserver: '${matrix.url}' }`,
    'language: de',
  ]);
  await vi.waitFor(() => expect(matrix.isAsked()).toBe(true), SOON);
  const theirs = matrix.makeRoom(anna, { isEncrypted: true });
  matrix.enter(theirs, matrix.bot, 'invite', anna);
  await vi.waitFor(() => expect(matrix.sent()).toHaveLength(1), SOON);
  expect(theirs.members.get(matrix.bot)).toBe('leave');
  const left = matrix.heard.find(({ path }) => path.endsWith('/leave'));
  expect(left?.body).toEqual({ reason: expect.stringContaining('cannot read encrypted rooms') });
  const [answer] = matrix.sent();
  expect(answer?.room).not.toBe(theirs);
  expect(answer?.content['body']).toMatch(/^Verschlüsselte Räume kann ich nicht lesen\..*\n\nHallo\. /s);
});
