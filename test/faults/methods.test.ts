import { describe, expect, it } from 'vitest';
import { RESET_METHODS } from '../../server/config/methods.ts';
import { PLACES, type Place, travel } from '../support/browser/method-journeys.ts';
import { useChromium } from '../support/browser/use-chromium.ts';
import type { SubjectUser } from '../support/jellyfin/subject.ts';
import { findSubjects } from '../support/jellyfin/subjects.ts';
import { useStage } from '../support/program/gatehouse.ts';

const browser = useChromium();

/** Every method from every place; `test/journeys/methods.test.ts` goes through half of them in the normal run. */
const ALL = RESET_METHODS.flatMap((method) =>
  (Object.keys(PLACES) as Place[]).map((place) => ({ method, place })),
).map((pair, index) => ({ ...pair, index }));

describe.each(findSubjects())('on $title a password is chosen', { timeout: 120_000 }, ({ open }) => {
  const staged = useStage(open);

  it.each(ALL)('with the method $method, from $place', async ({ method, place, index }) => {
    const { subject, stage } = staged();
    const reset = 'limits: { messagesPerAccountPerHour: 60 }';
    await stage.reload({ method, reset, trustedProxies: '127.0.0.1' });
    const user = subject.users[index % 2] as SubjectUser;
    const journey = { browser: browser(), stage, subject, user, place };
    await travel(method, { ...journey, password: `a new phrase ${index}` });
    expect(stage.log.events()).not.toContain('request-failed');
  });
});
