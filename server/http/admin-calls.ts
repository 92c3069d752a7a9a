import type { z } from 'zod';
import * as people from './admin-contract.ts';
import type { AdminErrorCode } from './admin-errors.ts';
import * as upkeep from './admin-upkeep-contract.ts';

/** A call of the admin API. */
export interface AdminCall {
  /** What the audit log calls it. */
  readonly event: `admin-${string}`;
  /** One sentence for people. */
  readonly summary: string;
  readonly body: z.ZodObject;
  readonly answer: z.ZodObject;
  /** What it may fail with besides the codes of every call. */
  readonly errors: readonly AdminErrorCode[];
  /** It brings a message, a link or an invitation into the world; of those there may be fewer. */
  readonly isSending?: true;
}

const JELLYFIN = ['jellyfin-unreachable', 'api-key-refused'] as const satisfies readonly AdminErrorCode[];
const PERSON = ['user-unknown', ...JELLYFIN] as const satisfies readonly AdminErrorCode[];

/**
 * Every call of the admin API, by its path below `/gatehouse/api/admin/`. Router, OpenAPI document, audit log and the tests
 * of all calls are made from this table.
 */
export const ADMIN_CALLS = {
  whoami: {
    event: 'admin-asked-who',
    summary: 'Tells who is signed in, and what can be done here.',
    body: people.NoBody,
    answer: people.WhoAmI,
    errors: [],
  },
  'people/list': {
    event: 'admin-listed-people',
    summary: 'Lists people with their contacts, shortened, and how they stand with Jellyfin.',
    body: people.ListPeopleBody,
    answer: people.PeopleList,
    errors: JELLYFIN,
  },
  'resets/send': {
    event: 'admin-sent-reset',
    summary: 'Sends a person the message with which a new password is chosen.',
    body: people.UserBody,
    answer: people.SentReset,
    errors: [...PERSON, 'account-unavailable', 'no-contact', 'too-many-links'],
    isSending: true,
  },
  'resets/link': {
    event: 'admin-made-link',
    summary: 'Makes a link with which a new password is chosen, to be handed over; answered this once.',
    body: people.UserBody,
    answer: people.MadeLink,
    errors: [...PERSON, 'account-unavailable'],
    isSending: true,
  },
  'accounts/unlock': {
    event: 'admin-unlocked',
    summary: 'Opens an account that failed sign-ins locked, never one that an administrator disabled.',
    body: people.UserBody,
    answer: people.Unlocked,
    errors: [...PERSON, 'needs-api-key'],
  },
  'contacts/list': {
    event: 'admin-read-contacts',
    summary: 'Shows the contacts of a person with their whole addresses.',
    body: people.UserBody,
    answer: people.ContactList,
    errors: PERSON,
  },
  'contacts/set': {
    event: 'admin-set-contact',
    summary: 'Sets or replaces the address of a person on a channel; it is unverified.',
    body: people.SetContactBody,
    answer: people.ChangedContact,
    errors: [...PERSON, 'channel-unknown', 'address-refused', 'address-undone', 'address-disowned'],
  },
  'contacts/verify': {
    event: 'admin-verified-contact',
    summary: 'Marks a contact as verified, where the administrator knows that it is the person’s.',
    body: people.VerifyContactBody,
    answer: people.ChangedContact,
    errors: [...PERSON, 'contact-unknown'],
  },
  'contacts/remove': {
    event: 'admin-removed-contacts',
    summary: 'Removes one contact of a person, or all; also of an account that is gone from Jellyfin.',
    body: people.RemoveContactsBody,
    answer: people.RemovedContacts,
    errors: PERSON,
  },
  'contacts/import': {
    event: 'admin-imported-contacts',
    summary: 'Imports mail addresses from CSV; good lines are imported even when others are not.',
    body: people.ImportBody,
    answer: people.Imported,
    errors: JELLYFIN,
  },
  'invitations/make': {
    event: 'admin-made-invitation',
    summary: 'Makes a link with which a person adds a contact without signing in; answered this once.',
    body: people.UserBody,
    answer: people.MadeLink,
    errors: [...PERSON, 'account-unavailable'],
    isSending: true,
  },
  'confirmations/start': {
    event: 'admin-asked-to-confirm',
    summary: 'Asks people whether unverified addresses are theirs, some in an hour; nobody is asked twice.',
    body: people.AskToConfirmBody,
    answer: people.AskedToConfirm,
    errors: [...PERSON, 'account-unavailable', 'nothing-to-confirm'],
    isSending: true,
  },
  'confirmations/state': {
    event: 'admin-read-confirmations',
    summary: 'Tells how many were asked whether an address is theirs, and what they answered.',
    body: people.NoBody,
    answer: people.Confirmations,
    errors: [],
  },
  'confirmations/stop': {
    event: 'admin-stopped-confirmations',
    summary: 'Asks nobody more of those who wait; links that were sent stay good.',
    body: people.NoBody,
    answer: people.StoppedConfirmations,
    errors: [],
  },
  'outbox/count': {
    event: 'admin-counted-outbox',
    summary: 'Tells how much waits to be sent, and how much was given up.',
    body: people.NoBody,
    answer: upkeep.OutboxCounts,
    errors: [],
  },
  'outbox/dead': {
    event: 'admin-listed-dead',
    summary: 'Lists messages and requests that were given up.',
    body: upkeep.ListDeadBody,
    answer: upkeep.DeadLetters,
    errors: [],
  },
  'outbox/resend': {
    event: 'admin-resent',
    summary: 'Sends a message again that was given up, as if it had just been asked for.',
    body: upkeep.DeadLetterBody,
    answer: people.Done,
    errors: ['message-unknown', 'message-is-request'],
    isSending: true,
  },
  'outbox/resend-all': {
    event: 'admin-resent-all',
    summary: 'Sends every message again that was given up, requests aside.',
    body: people.NoBody,
    answer: upkeep.ResentAll,
    errors: [],
    isSending: true,
  },
  'outbox/drop': {
    event: 'admin-dropped',
    summary: 'Puts a message or request away that was given up; it is listed no more.',
    body: upkeep.DeadLetterBody,
    answer: people.Done,
    errors: ['message-unknown'],
  },
  'audit/list': {
    event: 'admin-read-audit',
    summary: 'Lists what happened to accounts and to the service, page by page.',
    body: upkeep.ListAuditBody,
    answer: upkeep.AuditPage,
    errors: PERSON,
  },
  'limits/show': {
    event: 'admin-read-limits',
    summary: 'Shows how much a person has used of what they may.',
    body: people.UserBody,
    answer: upkeep.PersonLimits,
    errors: PERSON,
  },
  'limits/clear': {
    event: 'admin-cleared-limits',
    summary: 'Counts messages to a person, and failed sign-ins, from 0 again; live links stay as they are.',
    body: people.UserBody,
    answer: upkeep.PersonLimits,
    errors: PERSON,
  },
  'channels/check': {
    event: 'admin-checked-channels',
    summary: 'Tries the connection of every channel that is set up; nothing is sent.',
    body: people.NoBody,
    answer: upkeep.ChannelHealths,
    errors: [],
  },
  'channels/test': {
    event: 'admin-tested-channel',
    summary: 'Sends a test message over a channel.',
    body: upkeep.TestChannelBody,
    answer: upkeep.TestedChannel,
    errors: ['channel-unknown', 'address-refused', 'no-contact'],
    isSending: true,
  },
  'mods/list': {
    event: 'admin-listed-mods',
    summary: 'Lists the mods: which are on, and how.',
    body: people.NoBody,
    answer: upkeep.ModsList,
    errors: [],
  },
} as const satisfies Readonly<Record<string, AdminCall>>;

/** Name of a call: its path below `/gatehouse/api/admin/`. */
export type AdminCallName = keyof typeof ADMIN_CALLS;

/** All of them, in the order of the table. */
export const ADMIN_CALL_NAMES = Object.keys(ADMIN_CALLS) as readonly AdminCallName[];

/** The body of a call, read. */
export type AdminBody<Name extends AdminCallName> = z.output<(typeof ADMIN_CALLS)[Name]['body']>;

/** The answer of a call. */
export type AdminAnswer<Name extends AdminCallName> = z.input<(typeof ADMIN_CALLS)[Name]['answer']>;

/** Who asks, and what the audit log shall say of it besides. */
export interface Asker {
  readonly userId: string;
  readonly userName: string;
  readonly clientAddress: string;
  /** Who does it, as log lines of what comes of it name it. */
  readonly by: string;
  /** Notes whom the call is about, and what to know of it: no secret, no whole address. */
  note(about: AdminNote): void;
}

/** What a call may say of itself in the audit log. */
export interface AdminNote {
  readonly userId?: string;
  readonly userName?: string;
  readonly [detail: string]: string | number | boolean | undefined;
}

/** The use cases behind the calls. They throw `AdminFailure`, a `StorageError`, or what the router is told to translate. */
export type AdminHandlers = {
  readonly [Name in AdminCallName]: (body: AdminBody<Name>, asker: Asker) => Promise<AdminAnswer<Name>>;
};
