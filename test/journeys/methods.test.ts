import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RESET_METHODS } from '../../server/config/sections/reset.ts';
import { launchChromium } from '../support/chromium.ts';
import { createStage, type Stage } from '../support/gatehouse.ts';
import { type Place, travel } from '../support/method-journeys.ts';
import type { Subject, SubjectUser } from '../support/subject.ts';
import { findSubjects } from '../support/subjects.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

/** Every version meets every method, and both places; every method meets both places. All pairs: `npm run test:faults`. */
function placeOf(version: number, method: number): Place {
  return (version + method) % 2 === 0 ? 'home' : 'outside';
}

describe.each(findSubjects().map((kind, version) => ({ ...kind, version })))(
  'on $title a password is chosen',
  { timeout: 120_000 },
  ({ open, version }) => {
    let subject: Subject;
    let stage: Stage;

    beforeAll(async () => {
      subject = await open();
      stage = await createStage(subject);
    });
    afterAll(async () => {
      await stage?.close();
      await subject?.close();
    });

    it.each(RESET_METHODS.map((method, index) => ({ method, place: placeOf(version, index), index })))(
      'with the method $method, from $place',
      async ({ method, place, index }) => {
        await stage.reload({ method, trustedProxies: '127.0.0.1' });
        const user = subject.users[index % 2] as SubjectUser;
        await travel(method, { browser, stage, subject, user, place, password: `a new phrase ${index}` });
        expect(stage.log.events()).not.toContain('request-failed');
      },
    );
  },
);
