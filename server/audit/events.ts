import { ADMIN_CALLS } from '../http/admin-calls.ts';

/** How often an event happened, for Prometheus: the counter's name and which fields of the event become labels. */
export interface CounterRule {
  readonly name: string;
  /** Fields with a few fixed values only: never a name, an address or an id. */
  readonly labels: readonly string[];
}

/** What becomes of an event besides its line in the log. */
export interface EventRule {
  /** The field that says how it ended; becomes the column `outcome`. */
  readonly outcome?: string;
  /** People can cause it at will, so that only so many rows of it are kept in a minute. */
  readonly isFloodable?: true;
  /** Those rows are counted for each account by itself: it takes a good link or PIN of the account to cause it. */
  readonly isOfAccount?: true;
  readonly counter?: CounterRule;
}

/** Counters and what they count, as Prometheus shows them. */
export const COUNTERS: Readonly<Record<string, string>> = {
  gatehouse_reset_requests_total: 'Resets asked for and taken down.',
  gatehouse_reset_requests_without_message_total: 'Requests nothing was sent for.',
  gatehouse_limited_total: 'What was over a limit.',
  gatehouse_proofs_asked_total: 'Requests that were asked for a proof of work.',
  gatehouse_messages_sent_total: 'Messages the mail server took.',
  gatehouse_messages_delayed_total: 'Tries to send that failed and are repeated.',
  gatehouse_messages_moved_total: 'Messages that went on to another contact of the person.',
  gatehouse_messages_dropped_total: 'Messages that were not sent after all.',
  gatehouse_messages_dead_total: 'Messages and requests given up.',
  gatehouse_redemptions_total: 'Tries to set a password with a good link.',
  gatehouse_links_refused_total: 'Links that were refused.',
  gatehouse_pins_refused_total: 'PINs that were refused.',
  gatehouse_pins_accepted_total: 'PINs that were exchanged for a link.',
  gatehouse_reset_codes_total: 'Codes for resets of administrators that were sent, or could not be.',
  gatehouse_reset_codes_refused_total: 'Such codes that were typed and refused.',
  gatehouse_logins_failed_total: 'Sign-ins that Jellyfin refused, of networks the throttle watches.',
  gatehouse_logins_held_total: 'Sign-ins held back after too many failures.',
  gatehouse_guard_refused_total: "Calls of Jellyfin's guarded routes that were refused.",
  gatehouse_contacts_changed_total: 'Contacts set, changed, removed, proved, refused or disowned.',
  gatehouse_account_sign_ins_total: 'Sign-ins to My Account.',
  gatehouse_config_refused_total: 'Configurations that could not be used.',
  gatehouse_audit_rows_lost_total: 'Events that could not be kept in the audit table.',
};

const count = (name: string, ...labels: string[]): { readonly counter: CounterRule } => ({
  counter: { name, labels },
});

/**
 * The events that are kept in the audit table, each once, besides their line in the log; an event that is not here is
 * in the log only. All of them stand in docs/events.md. Source: ASVS 5.0 16.3.1, 16.3.3; NIST SP 800-63B-4 on records.
 */
export const AUDITED_EVENTS: Readonly<Record<string, EventRule>> = {
  'reset-asked': { isFloodable: true, ...count('gatehouse_reset_requests_total', 'source') },
  'reset-limited': { outcome: 'limit', isFloodable: true, ...count('gatehouse_limited_total', 'limit') },
  'reset-unresolved': {
    outcome: 'reason',
    isFloodable: true,
    ...count('gatehouse_reset_requests_without_message_total', 'reason'),
  },
  'reset-lost': { isFloodable: true },
  'reset-proof-asked': { isFloodable: true, ...count('gatehouse_proofs_asked_total') },
  'reset-dead': { ...count('gatehouse_messages_dead_total', 'lane') },
  'message-sent': { ...count('gatehouse_messages_sent_total', 'channel', 'kind') },
  'message-delayed': { ...count('gatehouse_messages_delayed_total', 'lane') },
  'message-moved': { ...count('gatehouse_messages_moved_total', 'lane') },
  'message-dropped': { outcome: 'reason', ...count('gatehouse_messages_dropped_total', 'reason') },
  'message-resent': {},
  'channel-tested': { outcome: 'outcome' },
  'channel-missing': {},
  'message-dead': { ...count('gatehouse_messages_dead_total', 'lane') },
  'notice-lost': {},
  'link-refused': { outcome: 'state', isFloodable: true, ...count('gatehouse_links_refused_total', 'state') },
  'pin-refused': { outcome: 'state', isFloodable: true, ...count('gatehouse_pins_refused_total', 'state') },
  'pin-accepted': { isFloodable: true, isOfAccount: true, ...count('gatehouse_pins_accepted_total') },
  'reset-code-sent': {
    isFloodable: true,
    isOfAccount: true,
    ...count('gatehouse_reset_codes_total', 'event'),
  },
  'reset-code-not-sent': {
    outcome: 'outcome',
    isFloodable: true,
    isOfAccount: true,
    ...count('gatehouse_reset_codes_total', 'event'),
  },
  'reset-code-refused': {
    outcome: 'state',
    isFloodable: true,
    isOfAccount: true,
    ...count('gatehouse_reset_codes_refused_total', 'state'),
  },
  'link-made': {},
  'password-changed': { ...count('gatehouse_redemptions_total', 'event') },
  'password-not-changed': {
    outcome: 'outcome',
    isFloodable: true,
    isOfAccount: true,
    ...count('gatehouse_redemptions_total', 'event'),
  },
  'random-password-in-force': { outcome: 'outcome' },
  'account-unlocked': {},
  'account-disabled': {},
  'account-enabled': {},
  'account-signed-out': {},
  'reset-sent': {},
  'pin-file-shown': {},
  'limits-cleared': {},
  'sessions-left': {},
  'contact-changed': { ...count('gatehouse_contacts_changed_total') },
  'contact-removed': { ...count('gatehouse_contacts_changed_total') },
  'contact-verified': { ...count('gatehouse_contacts_changed_total') },
  'contact-refused': { ...count('gatehouse_contacts_changed_total') },
  'contact-adopted': {},
  'contact-added': { ...count('gatehouse_contacts_changed_total') },
  'contact-disowned': { ...count('gatehouse_contacts_changed_total') },
  'campaign-started': {},
  'campaign-stopped': {},
  'contact-undone': { ...count('gatehouse_contacts_changed_total') },
  'invitation-made': {},
  'account-signed-in': {
    isFloodable: true,
    isOfAccount: true,
    ...count('gatehouse_account_sign_ins_total', 'by'),
  },
  'devices-signed-out': { isFloodable: true, isOfAccount: true },
  'login-failed': { isFloodable: true, ...count('gatehouse_logins_failed_total') },
  'login-held': { isFloodable: true, ...count('gatehouse_logins_held_total') },
  'guard-refused': {
    outcome: 'route',
    isFloodable: true,
    ...count('gatehouse_guard_refused_total', 'route'),
  },
  'reset-door-refused': { isFloodable: true },
  'config-applied': {},
  'config-refused': { ...count('gatehouse_config_refused_total') },
  'config-not-applied': { ...count('gatehouse_config_refused_total') },
  'certificate-refused': {},
  'known-proxies-missing': {},
  'admin-refused': { isFloodable: true },
  ...Object.fromEntries(Object.values(ADMIN_CALLS).map(({ event }) => [event, { outcome: 'outcome' }])),
  'data-folder-missing': {},
};
