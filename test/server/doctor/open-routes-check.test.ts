import { expect, it, onTestFinished } from 'vitest';
import { checkOpenRoutes } from '../../../server/doctor/open-routes-check.ts';
import { createFakeJellyfin } from '../../jellyfin/fake-jellyfin.ts';

const GUARD = { lanRoutes: true, wizard: true, homeOnly: true };

/** A Jellyfin that answers these paths, and 404 to all else. */
const jellyfinWith = (answers: Record<string, string>) => async (path: string) => {
  const text = answers[path];
  return text === undefined ? { status: 404, text: '' } : { status: 200, text };
};

it('is fine where only ordinary people are on the sign-in page', async () => {
  const jellyfin = await createFakeJellyfin({ version: '10.11.11' });
  onTestFinished(() => jellyfin.close());
  const look = async (path: string) => {
    const answer = await fetch(`${jellyfin.url}${path}`);
    return { status: answer.status, text: await answer.text() };
  };
  expect(await checkOpenRoutes(GUARD, look)).toMatchObject([{ name: 'open-routes', state: 'fine' }]);
});

it('names the part of the guard that is off, and what that opens', async () => {
  const look = jellyfinWith({});
  expect(await checkOpenRoutes({ ...GUARD, wizard: false, homeOnly: false }, look)).toMatchObject([
    { state: 'warning', says: expect.stringContaining('wizard: guard.wizard is off') },
    { state: 'warning', fix: expect.stringContaining('guard.homeOnly') },
  ]);
});

it('warns of figures that everybody may read', async () => {
  const look = jellyfinWith({ '/metrics': '# HELP process_cpu_seconds_total x\n' });
  expect(await checkOpenRoutes(GUARD, look)).toMatchObject([
    {
      state: 'warning',
      says: expect.stringContaining('/metrics'),
      fix: expect.stringContaining('EnableMetrics'),
    },
  ]);
});

it('names administrators whom the sign-in page shows, a few of them', async () => {
  const user = (Name: string, IsAdministrator: boolean) => ({ Name, Policy: { IsAdministrator } });
  const admins = ['ann', 'bob', 'cy', 'dan', 'eve'].map((name) => user(name, true));
  const look = jellyfinWith({ '/Users/Public': JSON.stringify([user('zoe', false), ...admins]) });
  const [finding] = await checkOpenRoutes(GUARD, look);
  expect(finding).toMatchObject({ state: 'warning', fix: expect.stringContaining('Hide this user') });
  expect(finding?.says).toContain('(ann, bob, cy and 2 more)');
  expect(finding?.says).not.toContain('zoe');
});

it('stays silent about what cannot be asked, or is no list of users', async () => {
  const broken = jellyfinWith({ '/Users/Public': '<html>', '/metrics': '<html>' });
  for (const look of [broken, () => Promise.reject(new Error('away'))])
    expect(await checkOpenRoutes(GUARD, look)).toMatchObject([{ state: 'fine' }]);
});
