import type { AdminCallName } from '../../../server/http/admin-calls.ts';

/** A right body of every call, about alice where it is about somebody; a new call needs its line. */
export const ADMIN_BODIES: Readonly<Record<AdminCallName, object>> = {
  whoami: {},
  'people/list': {},
  'resets/send': { user: 'alice' },
  'resets/link': { user: 'alice' },
  'accounts/unlock': { user: 'alice' },
  'contacts/list': { user: 'alice' },
  'contacts/set': { user: 'alice', channel: 'pager', address: '+4912345' },
  'contacts/verify': { user: 'alice', channel: 'pager' },
  'contacts/remove': { user: 'alice' },
  'contacts/import': { csv: 'name,email\nalice,alice@example.org\n' },
  'invitations/make': { user: 'alice' },
  'outbox/count': {},
  'outbox/dead': {},
  'outbox/resend': { id: 1 },
  'outbox/resend-all': {},
  'outbox/drop': { id: 1 },
  'audit/list': {},
  'limits/show': { user: 'alice' },
  'limits/clear': { user: 'alice' },
  'channels/check': {},
  'channels/test': { channel: 'pager', address: '+4912345' },
  'mods/list': {},
};
