import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PAGE_NAMES } from '../../../server/http/contract.ts';
import { ADMIN_BODIES } from './admin-bodies.ts';

const ASSETS = join(import.meta.dirname, '../../../dist/ui/assets');

/** Pages of ours, below `/gatehouse`. */
export const OWN_PAGES = PAGE_NAMES.map((name) => `/${name}`);

/** Files of ours that are the same for everybody. */
export const OWN_FILES = [
  '/common-passwords.txt',
  ...readdirSync(ASSETS)
    .slice(0, 2)
    .map((name) => `/assets/${name}`),
  '/account.svg',
];

/** Calls of ours, each with a body that is right and does nothing. `own-routes/list.test.ts` says what is missing. */
export const OWN_CALLS: Readonly<Record<string, object>> = {
  '/api/reset-requests': { enteredName: 'nobody' },
  '/api/links': { token: 'x'.repeat(43) },
  '/api/codes': { token: 'x'.repeat(43) },
  '/api/passwords': { token: 'x'.repeat(43), password: 'a phrase of my own' },
  '/api/pins': { pin: 'AAAA-AAAA-AAAA-AAAA' },
  ...Object.fromEntries(Object.entries(ADMIN_BODIES).map(([name, body]) => [`/api/admin/${name}`, body])),
};

const token = 'x'.repeat(43);
const typed = { channel: 'email', password: 'a phrase of my own' };

/**
 * Calls of My Account, below `/api/account/`, each with a body that is right and does nothing. They answer pages of ours only, so
 * they stand apart from {@link OWN_CALLS}.
 */
export const ACCOUNT_CALLS: Readonly<
  Record<string, { readonly body: object; readonly needsSession: boolean }>
> = {
  channels: { body: {}, needsSession: false },
  reminder: { body: { token: 'x'.repeat(32) }, needsSession: false },
  'sign-in': { body: { name: 'nobody', password: 'a phrase of my own' }, needsSession: false },
  token: { body: { token: 'x'.repeat(32) }, needsSession: false },
  'quick-connect/begin': { body: {}, needsSession: false },
  'quick-connect/end': { body: { attempt: 'x' }, needsSession: false },
  'sign-out': { body: {}, needsSession: false },
  view: { body: {}, needsSession: true },
  'contacts/begin': { body: typed, needsSession: true },
  'contacts/confirm': { body: { channel: 'email', code: '00000000' }, needsSession: true },
  'contacts/connect': { body: { code: 'x', state: 'x' }, needsSession: true },
  'contacts/remove': { body: typed, needsSession: true },
  'contacts/order': { body: { channels: [] }, needsSession: true },
  language: { body: { language: 'de' }, needsSession: true },
  password: { body: { current: 'x', next: 'a phrase of my own' }, needsSession: true },
  'devices/sign-out': { body: {}, needsSession: true },
  'undo/look': { body: { token }, needsSession: false },
  undo: { body: { token }, needsSession: false },
  'confirm/look': { body: { token }, needsSession: false },
  confirm: { body: { token, isMine: false }, needsSession: false },
  'invitation/look': { body: { token }, needsSession: false },
  'invitation/begin': { body: { token, channel: 'email' }, needsSession: false },
  'invitation/confirm': { body: { token, channel: 'email' }, needsSession: false },
};

/** What monitors ask. */
export const OWN_STATUS = ['/health', '/health/live', '/health/ready', '/metrics'];

/** All that answers GET. */
export const OWN_READABLE = [...OWN_PAGES, ...OWN_FILES, ...OWN_STATUS];
