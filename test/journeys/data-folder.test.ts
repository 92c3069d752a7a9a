import { describe, expect, it } from 'vitest';
import { JELLYFIN_VERSIONS } from '../jellyfin/fake-jellyfin.ts';
import { travel } from '../support/browser/method-journeys.ts';
import { useChromium } from '../support/browser/use-chromium.ts';
import { linesWithoutKey } from '../support/jellyfin/keyless-lines.ts';
import type { SubjectUser } from '../support/jellyfin/subject.ts';
import { createFakeSubject } from '../support/jellyfin/subject.ts';
import { useStage } from '../support/program/gatehouse.ts';

const browser = useChromium();

describe.each(JELLYFIN_VERSIONS)(
  'with nothing but the data folder of Jellyfin %s a password is chosen from outside the home network',
  { timeout: 120_000 },
  (version) => {
    const staged = useStage(() => createFakeSubject({ version }), linesWithoutKey);

    it('with the method link, and Jellyfin is asked for a PIN only when that happens', async () => {
      const { subject, stage } = staged();
      const user = subject.users[0] as SubjectUser;
      const reached = ['/Users/ForgotPassword', '/Users/ForgotPassword/Pin'];
      const about = { browser: browser(), stage, subject, user, reached, password: 'a new phrase' };
      await travel('link', { ...about, place: 'outside' });
      expect(stage.log.events()).not.toContain('request-failed');
      expect(stage.log.text()).not.toContain(subject.apiKey);
      expect(subject.fake?.journal.some(({ path }) => path === '/Users')).toBe(false);
    });
  },
);
