import { describe, expect, it } from 'vitest';
import { RESET_METHODS } from '../../server/config/methods.ts';
import { type Place, travel } from '../support/browser/method-journeys.ts';
import { useChromium } from '../support/browser/use-chromium.ts';
import type { SubjectUser } from '../support/jellyfin/subject.ts';
import { findSubjects } from '../support/jellyfin/subjects.ts';
import { useStage } from '../support/program/gatehouse.ts';

const browser = useChromium();

/** Every version meets every method, and both places; every method meets both places. All pairs: `npm run test:faults`. */
function placeOf(version: number, method: number): Place {
  return (version + method) % 2 === 0 ? 'home' : 'outside';
}

describe.each(findSubjects().map((kind, version) => ({ ...kind, version })))(
  'on $title a password is chosen',
  { timeout: 120_000 },
  ({ open, version }) => {
    const staged = useStage(open);

    it.each(RESET_METHODS.map((method, index) => ({ method, place: placeOf(version, index), index })))(
      'with the method $method, from $place',
      async ({ method, place, index }) => {
        const { subject, stage } = staged();
        await stage.reload({ method, trustedProxies: '127.0.0.1' });
        const user = subject.users[index % 2] as SubjectUser;
        const journey = { browser: browser(), stage, subject, user, place };
        await travel(method, { ...journey, password: `a new phrase ${index}` });
        expect(stage.log.events()).not.toContain('request-failed');
      },
    );
  },
);
