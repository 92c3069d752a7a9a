import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ADMIN_BODIES } from './admin-bodies.ts';

const ASSETS = join(import.meta.dirname, '../../../dist/ui/assets');

/** Pages of ours, below `/gatehouse`. */
export const OWN_PAGES = ['/reset', '/pin', '/account'];

/** Files of ours that are the same for everybody. */
export const OWN_FILES = [
  '/common-passwords.txt',
  ...readdirSync(ASSETS)
    .slice(0, 2)
    .map((name) => `/assets/${name}`),
];

/** Calls of ours, each with a body that is right and does nothing. `own-routes/list.test.ts` says what is missing. */
export const OWN_CALLS: Readonly<Record<string, object>> = {
  '/api/reset-requests': { enteredName: 'nobody' },
  '/api/links': { token: 'x'.repeat(43) },
  '/api/passwords': { token: 'x'.repeat(43), password: 'a phrase of my own' },
  '/api/pins': { pin: 'AAAA-AAAA-AAAA-AAAA' },
  ...Object.fromEntries(Object.entries(ADMIN_BODIES).map(([name, body]) => [`/api/admin/${name}`, body])),
};

/** What monitors ask. */
export const OWN_STATUS = ['/health', '/health/live', '/health/ready', '/metrics'];

/** All that answers GET. */
export const OWN_READABLE = [...OWN_PAGES, ...OWN_FILES, ...OWN_STATUS];
