import type {
  AccountChannel,
  AccountContact,
  AccountDevice,
  AccountEvent,
  AccountView,
} from '../../../server/http/account-contract.ts';
import type { UndoneChange } from '../../../server/http/link-contract.ts';

/** What the pretend server knows of the one person it has; tests set it as they like. */
export interface AccountPerson {
  userName: string;
  password: string;
  hasLocalPassword: boolean;
  language: string | undefined;
  contacts: AccountContact[];
  channels: AccountChannel[];
  events: AccountEvent[];
  devices: AccountDevice[] | undefined;
  /** What whoever takes back a change is told of it. */
  undone: Pick<UndoneChange, 'by' | 'isJellyfinSignedOut'>;
}

/** A moment for events: early on a day in March, in UTC. */
export const MOMENT = Date.UTC(2026, 2, 4, 5, 6);

const HOUR = 3_600_000;

/** Ana, who is reached by mail and Telegram, on a server that has two channels more. */
export function createPerson(): AccountPerson {
  return {
    userName: 'ana',
    undone: { by: 'account', isJellyfinSignedOut: true },
    password: 'the old one 1',
    hasLocalPassword: true,
    language: undefined,
    contacts: [
      { channel: 'email', address: 'a…@example.org', state: 'verified' },
      { channel: 'telegram', address: '…89', state: 'refused' },
    ],
    channels: [
      { channel: 'email', properName: undefined, linking: 'code-to-person' },
      { channel: 'telegram', properName: 'Telegram', linking: 'code-to-bot' },
      { channel: 'discord', properName: 'Discord', linking: 'code-to-bot' },
      { channel: 'webhook', properName: 'ntfy', linking: 'code-to-person' },
    ],
    events: [
      { at: MOMENT, event: 'contact-changed', from: 'home', channel: 'telegram' },
      { at: MOMENT - HOUR, event: 'something-of-tomorrow', from: '203.0.113.0/24' },
      ...Array.from({ length: 6 }, (_none, count) => ({
        at: MOMENT - (count + 2) * HOUR,
        event: 'login-failed',
        from: '198.51.100.0/24',
      })),
      {
        at: MOMENT - 99 * HOUR,
        event: 'message-sent',
        from: undefined,
        channel: 'email',
        isByAdministrator: true,
      },
    ],
    devices: [
      { id: 'd1', name: 'Living room', app: 'Jellyfin for Android TV', lastSeenAt: MOMENT },
      { id: 'd2', name: '<b>Phone</b>', app: 'Findroid', lastSeenAt: undefined },
    ],
  };
}

/** The person as the page is told of them. */
export function viewOf(person: AccountPerson, awaited: readonly string[]): AccountView {
  const { password: _secret, undone: _later, ...shown } = person;
  return { ...shown, serverName: 'Attic', awaited, passwordRules: { minLength: 8, maxLength: 128 } };
}
