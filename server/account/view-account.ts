import { roughNetwork } from '../../injector/addresses/client-network.ts';
import {
  type AccountContact,
  type AccountEvent,
  type AccountView,
  SHOWN_EVENTS,
} from '../http/account-contract.ts';
import type { PasswordRules } from '../http/contract.ts';
import { shortAddress } from '../log/log.ts';
import type { AccountAccess } from '../ports/account-access.ts';
import type { Accounts } from '../ports/accounts.ts';
import type { Audit, KeptAuditEntry } from '../ports/audit.ts';
import type { Clock } from '../ports/clock.ts';
import type { ContactChanges } from '../ports/contact-changes.ts';
import type { Contacts } from '../ports/contacts.ts';
import type { Preferences } from '../ports/preferences.ts';
import type { ServerChannels } from './server-channels.ts';
import type { OpenSession } from './sessions.ts';

/** Most events that are shown, and how many rows they are looked for in. */
const MOST_EVENTS = 50;
const MOST_ROWS = 300;

const SHOWN: ReadonlySet<string> = new Set(SHOWN_EVENTS);

/** Events that only an administrator brings about, and whose words say so. */
const SAYS_WHO: ReadonlySet<string> = new Set(['link-made', 'invitation-made']);

/** Whether `by` of an event names an administrator, as commands and the admin API do. */
function isByAdministrator(by: unknown): boolean {
  return (
    by === 'command-line' || by === 'admin-api' || (typeof by === 'string' && by.startsWith('administrator '))
  );
}

/** What showing an account needs of the world. */
export interface ViewAccountParts {
  readonly contacts: Pick<Contacts, 'ofUser'>;
  readonly changes: Pick<ContactChanges, 'openOf'>;
  readonly preferences: Pick<Preferences, 'get'>;
  readonly audit: Pick<Audit, 'list'>;
  readonly accounts: Pick<Accounts, 'findById' | 'serverName'>;
  readonly access: Pick<AccountAccess, 'devices'>;
  readonly channels: ServerChannels;
  readonly rules: PasswordRules;
  /** Whether an address is on the home network. */
  readonly isHome: (address: string) => boolean;
  readonly clock: Clock;
}

/** Makes what My Account shows of an account. While Jellyfin is away, what only it can say is left out. */
export function createViewAccount(parts: ViewAccountParts): (session: OpenSession) => Promise<AccountView> {
  const { contacts, changes, preferences, audit, accounts, access, channels, rules, isHome, clock } = parts;

  function toEvent({ at, event, clientAddress, details }: KeptAuditEntry): AccountEvent {
    const { channel, by, from: before } = details ?? {};
    const isNew = event === 'contact-changed' && before === undefined;
    return {
      at,
      event: isNew ? 'contact-added' : event,
      from: clientAddress === undefined ? undefined : placeOf(clientAddress, isHome),
      ...(typeof channel === 'string' ? { channel } : {}),
      ...(isByAdministrator(by) && !SAYS_WHO.has(event) ? { isByAdministrator: true } : {}),
    };
  }

  return async (session) => {
    const { userId, userName, token } = session;
    const [own, waiting, { language }, entries, account, serverName, devices] = await Promise.all([
      contacts.ofUser(userId),
      changes.openOf(userId, 'proof', clock.now()),
      preferences.get(userId),
      audit.list({ limit: MOST_ROWS, userId }),
      accounts.findById(userId).catch(() => undefined),
      accounts.serverName(),
      access.devices(session, token),
    ]);
    return {
      userName,
      serverName,
      contacts: own.map(
        ({ channel, address, state }): AccountContact => ({
          channel,
          address: shortAddress(address),
          state,
        }),
      ),
      channels: channels.shown,
      awaited: waiting.flatMap(({ address, channel }) =>
        address === undefined && channel !== undefined ? [channel] : [],
      ),
      language,
      hasLocalPassword: account?.hasLocalPassword ?? true,
      passwordRules: rules,
      events: entries
        .filter(({ event }) => SHOWN.has(event))
        .slice(0, MOST_EVENTS)
        .map(toEvent),
      devices,
    };
  };
}

/** Roughly where somebody was: at home, or in which network. */
function placeOf(address: string, isHome: (address: string) => boolean): string | undefined {
  return isHome(address) ? 'home' : roughNetwork(address);
}
