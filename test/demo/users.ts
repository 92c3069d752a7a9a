import type { FakeUser } from '../jellyfin/fake-jellyfin.ts';

/** The people of the demo; each has the address NAME@example.org and their own name as password. */
export const DEMO_USERS: readonly FakeUser[] = [
  { name: 'admin', password: 'admin', isAdministrator: true },
  { name: 'alice', password: 'alice' },
  { name: 'bob', password: 'bob' },
  { name: 'carol', password: 'carol' },
];
