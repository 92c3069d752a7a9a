import { describe, expect, it } from 'vitest';
import { RESET_METHODS } from '../../server/config/methods.ts';
import { JELLYFIN_VERSIONS } from '../jellyfin/fake-jellyfin.ts';
import { travel } from '../support/browser/method-journeys.ts';
import { useChromium } from '../support/browser/use-chromium.ts';
import { linesWithoutKey } from '../support/jellyfin/keyless-lines.ts';
import type { SubjectUser } from '../support/jellyfin/subject.ts';
import { createFakeSubject } from '../support/jellyfin/subject.ts';
import { useStage } from '../support/program/gatehouse.ts';

const browser = useChromium();

/** In the normal run, `test/journeys/data-folder.test.ts` goes the way of the method link. */
describe.each(JELLYFIN_VERSIONS)(
  'with nothing but the data folder of Jellyfin %s a password is chosen from outside',
  { timeout: 120_000 },
  (version) => {
    const staged = useStage(() => createFakeSubject({ version }), linesWithoutKey);

    it.each(RESET_METHODS.map((method, index) => ({ method, index })))(
      'with the method $method',
      async (way) => {
        const { method, index } = way;
        const { subject, stage } = staged();
        await stage.reload({ ...(await linesWithoutKey(subject)), method });
        const user = subject.users[index % 2] as SubjectUser;
        const reached = ['/Users/ForgotPassword', '/Users/ForgotPassword/Pin'];
        const about = { browser: browser(), stage, subject, user, reached, place: 'outside' } as const;
        await travel(method, { ...about, password: `a new phrase ${index}` });
        expect(stage.log.events()).not.toContain('request-failed');
      },
    );
  },
);
