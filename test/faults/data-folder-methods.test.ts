import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RESET_METHODS } from '../../server/config/sections/reset.ts';
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

/** In the normal run, `test/journeys/data-folder.test.ts` goes the way of the method link. */
describe.each(JELLYFIN_VERSIONS)(
  'with nothing but the data folder of Jellyfin %s a password is chosen from outside',
  { timeout: 120_000 },
  (version) => {
    let subject: Subject;
    let stage: Stage;
    let jellyfin: string;

    beforeAll(async () => {
      subject = await createFakeSubject({ version });
      const dataFolder = subject.fake?.dataFolder ?? '';
      await makeLikeJellyfin(dataFolder);
      jellyfin = `dataFolder: '${dataFolder}'`;
      stage = await createStage(subject, { jellyfin });
    });
    afterAll(async () => {
      await stage?.close();
      await subject?.close();
    });

    it.each(RESET_METHODS.map((method, index) => ({ method, index })))(
      'with the method $method',
      async (way) => {
        const { method, index } = way;
        await stage.reload({ method, jellyfin, trustedProxies: '127.0.0.1' });
        const user = subject.users[index % 2] as SubjectUser;
        const reached = ['/Users/ForgotPassword', '/Users/ForgotPassword/Pin'];
        const about = { browser, stage, subject, user, reached, place: 'outside' } as const;
        await travel(method, { ...about, password: `a new phrase ${index}` });
        expect(stage.log.events()).not.toContain('request-failed');
      },
    );
  },
);
