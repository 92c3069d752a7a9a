import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { JELLYFIN_VERSIONS } from '../jellyfin/fake-jellyfin.ts';
import { launchChromium } from '../support/chromium.ts';
import { createFakeSubject } from '../support/fake-subject.ts';
import { createStage, type Stage } from '../support/gatehouse.ts';
import { makeLikeJellyfin } from '../support/like-jellyfin.ts';
import { travel } from '../support/method-journeys.ts';
import type { Subject, SubjectUser } from '../support/subject.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

describe.each(JELLYFIN_VERSIONS)(
  'with nothing but the data folder of Jellyfin %s a password is chosen from outside the home network',
  { timeout: 120_000 },
  (version) => {
    let subject: Subject;
    let stage: Stage;

    beforeAll(async () => {
      subject = await createFakeSubject({ version });
      const dataFolder = subject.fake?.dataFolder ?? '';
      await makeLikeJellyfin(dataFolder);
      const jellyfin = `dataFolder: '${dataFolder}'`;
      stage = await createStage(subject, { jellyfin, trustedProxies: '127.0.0.1' });
    });
    afterAll(async () => {
      await stage?.close();
      await subject?.close();
    });

    it('with the method link, and Jellyfin is asked for a PIN only when that happens', async () => {
      const user = subject.users[0] as SubjectUser;
      const reached = ['/Users/ForgotPassword', '/Users/ForgotPassword/Pin'];
      const about = { browser, stage, subject, user, reached, password: 'a new phrase' };
      await travel('link', { ...about, place: 'outside' });
      expect(stage.log.events()).not.toContain('request-failed');
      expect(stage.log.text()).not.toContain(subject.apiKey);
      expect(subject.fake?.journal.some(({ path }) => path === '/Users')).toBe(false);
    });
  },
);
