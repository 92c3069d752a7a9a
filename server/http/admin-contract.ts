import { z } from 'zod';
import { MOST_CAMPAIGN_PER_HOUR } from '../ports/campaigns.ts';
import { CONTACT_STATES } from '../ports/contacts.ts';
import { UNLOCK_OUTCOMES } from '../ports/standings.ts';

/**
 * Bodies and answers of the admin API, below `/gatehouse/api/admin/`; `admin-calls.ts` says which call has which. Every
 * time is in ms since 1970. Answers are strict, so that a field that is not meant to go out fails a test.
 */

const at = z.int().min(0);
const count = z.int().min(0);
const userId = z.string().regex(/^[0-9a-f]{32}$/);
const channel = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/);
const user = z
  .string()
  .trim()
  .min(1)
  .max(256)
  .meta({ description: 'The id of a person (32 lower-case hex digits), or the name, letter case aside.' });
const shown = z.string().meta({ description: 'Shortened, as in a…@example.org.' });

/** Where a body says nothing. */
export const NoBody = z.strictObject({});

/** Answer of calls that have nothing to tell. */
export const Done = z.strictObject({});

/** One person, in most bodies. */
export const UserBody = z.strictObject({ user });

/** Answer of `whoami`. */
export const WhoAmI = z.strictObject({
  userId,
  userName: z.string(),
  serverName: z.string(),
  version: z.string().meta({ description: 'Of Gatehouse.' }),
  hasApiKey: z.boolean().meta({ description: 'Whether calls that need a key of Jellyfin can be made.' }),
});

/** Which people a list is to hold. */
export const PEOPLE_STATES = ['all', 'reachable', 'unreachable', 'unverified'] as const;

/** `people/list`. */
export const ListPeopleBody = z.strictObject({
  name: z
    .string()
    .trim()
    .max(256)
    .default('')
    .meta({ description: 'What the name contains, letter case aside.' }),
  contacts: z.enum(PEOPLE_STATES).default('all').meta({
    description:
      'reachable: has a contact that is not refused; unverified: has one that nobody proved; by the contacts Gatehouse has.',
  }),
  start: count.default(0).meta({ description: 'How many to leave out; `next` of the page before.' }),
  limit: z.int().min(1).max(100).default(50),
});

/** A contact as lists show it. */
export const ShownContact = z.strictObject({ channel, address: shown, state: z.enum(CONTACT_STATES) });

/** How a person stands with Jellyfin. */
export const Standing = z.strictObject({
  isAdministrator: z.boolean(),
  isHidden: z.boolean().meta({ description: 'Not on the login screen.' }),
  isDisabled: z.boolean().meta({ description: 'An administrator closed the account.' }),
  isLocked: z.boolean().meta({ description: 'Failed sign-ins closed the account, and nothing but them.' }),
  elsewhere: z
    .string()
    .optional()
    .meta({ description: 'The provider that keeps the password; absent: Jellyfin itself.' }),
  lastSignInAt: at.optional().meta({ description: 'Absent: never, or Jellyfin does not tell.' }),
  failures: count.meta({ description: 'Failed sign-ins since the last good one.' }),
  triesLeft: count.optional().meta({ description: 'How many more lock the account; absent: none do.' }),
});

/** A person of Jellyfin. */
export const ListedPerson = z.strictObject({
  userId,
  userName: z.string(),
  contacts: z.array(ShownContact),
  standing: Standing.optional().meta({ description: 'Absent without an API key.' }),
});

/** Answer of `people/list`. */
export const PeopleList = z.strictObject({
  people: z.array(ListedPerson).meta({ description: 'By name.' }),
  matching: count.meta({ description: 'How many there are of whom these are a part.' }),
  next: count.optional().meta({ description: '`start` of the next page; absent: this is the last.' }),
  isComplete: z
    .boolean()
    .meta({ description: 'False without an API key: Jellyfin then tells of its login screen only.' }),
});

/** Answer of `resets/send`. */
export const SentReset = z.strictObject({ userId, userName: z.string(), channel, address: shown });

/** Answer of `resets/link` and `invitations/make`: a secret, answered this once. */
export const MadeLink = z.strictObject({
  userId,
  userName: z.string(),
  url: z.string().meta({ description: 'The whole address with its secret. It is kept nowhere.' }),
  expiresAt: at.optional(),
});

/** `confirmations/start`. */
export const AskToConfirmBody = z.strictObject({
  user: user.optional().meta({ description: 'One person; absent: everybody with an unverified contact.' }),
  perHour: z.int().min(1).max(MOST_CAMPAIGN_PER_HOUR).optional().meta({
    description:
      'How many messages go out in an hour on each channel, also of those that wait; absent: as before, and 100 at first.',
  }),
});

const perHour = z.int().min(1);

/** Answer of `confirmations/start`. */
export const AskedToConfirm = z.strictObject({
  added: count.meta({ description: 'Messages that wait to be sent from now on.' }),
  already: count.meta({ description: 'Contacts whose message waits already, or whose link still works.' }),
  perHour,
});

/** Answer of `confirmations/state`: messages and answers of the last 30 days. */
export const Confirmations = z.strictObject({
  waiting: count,
  sent: count,
  open: count.meta({ description: 'Sent, not answered, and the link works.' }),
  settled: count.meta({
    description: 'Sent, and proved in another way, changed or removed before an answer.',
  }),
  confirmed: count,
  disowned: count.meta({ description: 'Answered: this is not me.' }),
  expired: count.meta({ description: 'Not answered in seven days.' }),
  failed: count.meta({ description: 'Could not be sent.' }),
  dropped: count.meta({ description: 'Stopped, or the contact changed before it was sent.' }),
  perHour,
});

/** Answer of `confirmations/stop`. */
export const StoppedConfirmations = z.strictObject({ stopped: count });

/** Answer of `accounts/unlock`. */
export const Unlocked = z.strictObject({ outcome: z.enum(UNLOCK_OUTCOMES).exclude(['gone']) });

/** A contact with its whole address. */
export const WholeContact = z.strictObject({
  channel,
  address: z.string().meta({ description: 'The whole address. Who asked for it is in the audit log.' }),
  state: z.enum(CONTACT_STATES),
});

/** Answer of `contacts/list`. */
export const ContactList = z.strictObject({ contacts: z.array(WholeContact) });

/** `contacts/set`. */
export const SetContactBody = z.strictObject({
  user,
  channel,
  address: z.string().trim().min(1).max(512),
});

/** Answer of `contacts/set` and `contacts/verify`. */
export const ChangedContact = z.strictObject({ userId, userName: z.string(), contact: ShownContact });

/** `contacts/verify`. */
export const VerifyContactBody = z.strictObject({ user, channel });

/** `contacts/remove`. */
export const RemoveContactsBody = z.strictObject({
  user,
  channel: channel.optional().meta({ description: 'Absent: all contacts of the person.' }),
});

/** Answer of `contacts/remove`. */
export const RemovedContacts = z.strictObject({ removed: count });

/** `contacts/import`. */
export const ImportBody = z.strictObject({
  csv: z
    .string()
    .min(1)
    .max(60_000)
    .meta({ description: 'With the headings name and email, or what programs call these.' }),
});

/** Answer of `contacts/import`. */
export const Imported = z.strictObject({
  added: count,
  changed: count,
  unchanged: count,
  blank: count.meta({ description: 'People whose address was left empty: what they had stays.' }),
  problems: z.array(z.strictObject({ line: z.int().min(1), message: z.string() })),
  isProved: z.boolean().meta({ description: 'False where names had to be believed: without an API key.' }),
});
