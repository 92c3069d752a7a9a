import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RESET_METHODS } from '../../server/config/sections/reset.ts';
import { launchChromium } from '../support/chromium.ts';
import { createStage, type Stage } from '../support/gatehouse.ts';
import { PLACES, type Place, travel } from '../support/method-journeys.ts';
import type { Subject, SubjectUser } from '../support/subject.ts';
import { findSubjects } from '../support/subjects.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

/** Every method from every place; `test/journeys/methods.test.ts` goes through half of them in the normal run. */
const ALL = RESET_METHODS.flatMap((method) =>
  (Object.keys(PLACES) as Place[]).map((place) => ({ method, place })),
).map((pair, index) => ({ ...pair, index }));

describe.each(findSubjects())('on $title a password is chosen', { timeout: 120_000 }, ({ open }) => {
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

  it.each(ALL)('with the method $method, from $place', async ({ method, place, index }) => {
    const reset = 'limits: { messagesPerAccountPerHour: 60 }';
    await stage.reload({ method, reset, trustedProxies: '127.0.0.1' });
    const user = subject.users[index % 2] as SubjectUser;
    await travel(method, { browser, stage, subject, user, place, password: `a new phrase ${index}` });
    expect(stage.log.events()).not.toContain('request-failed');
  });
});
