import { z } from 'zod';
import type { ChannelLinking } from '../ports/channel.ts';
import type { PasswordRules } from './contract.ts';

/**
 * Bodies between My Account and our API, below `/gatehouse/api/account/`. As in `contract.ts` every call is a POST with JSON.
 * All but `view` and those marked "no session" need the session's cookie, and are refused with `signed-out` (401) without.
 */

const password = z.string().max(1024);
/** Name of a channel, as bodies of calls hold it. */
export const channel = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/);

/** `POST channels`, no session, `{}`: what the page names to whoever is signed out. The same for everybody. */
export interface AccountChannels {
  /** The channels of the server, never those of a person. */
  readonly channels: readonly AccountChannel[];
  /** Whether Jellyfin lets people in by Quick Connect. */
  readonly quickConnect: boolean;
}

/**
 * `POST sign-in`, no session: user name and password of Jellyfin; the password may be empty, as Jellyfin's may. Answered `{}`
 * with the cookie, as `token` is; the page then asks `view`. Refused: `sign-in-refused`, `too-many-requests`.
 */
export const SignInBody = z.strictObject({ name: z.string().trim().min(1).max(256), password });
export type SignInBody = z.infer<typeof SignInBody>;

/**
 * `POST token`, no session: the person's own Jellyfin token, which the client plugin hands over once. Refused: `sign-in-refused`.
 */
export const TokenBody = z.strictObject({ token: z.string().regex(/^[A-Za-z0-9_-]{16,256}$/) });
export type TokenBody = z.infer<typeof TokenBody>;

/** `POST quick-connect/begin`, no session, `{}`: answered with the code that the person types into a signed-in Jellyfin. */
export interface QuickConnectBegun {
  /** Six digits. */
  readonly code: string;
  /** Names this try to `quick-connect/end`; good for nothing else. */
  readonly attempt: string;
}

/** `POST quick-connect/end`, no session: whether the code was allowed; asked every few seconds. */
export const QuickConnectEndBody = z.strictObject({ attempt: z.string().min(1).max(512) });
export type QuickConnectEndBody = z.infer<typeof QuickConnectEndBody>;

/** Answer of `quick-connect/end`: `waiting` until the person allowed it; refused with `code-expired` after ten minutes. */
export type QuickConnectEnd = { readonly state: 'waiting' } | { readonly state: 'signed-in' };

/** `POST sign-out`, `{}`: ends the session of this page. Answered `{}`. */

/** Answer of `view` to whoever is signed out: 200, since the page asks before it knows. */
export interface SignedOutView {
  readonly code: 'signed-out';
}

/** `POST view`, `{}`: all the page shows, or a {@link SignedOutView}. Every change is answered with it, too. */
export interface AccountView {
  readonly userName: string;
  readonly serverName: string;
  /** In the order in which messages try them. */
  readonly contacts: readonly AccountContact[];
  /** The channels of the server, those without a contact too. */
  readonly channels: readonly AccountChannel[];
  /** BCP 47; undefined: as the browser of whoever asks. */
  readonly language: string | undefined;
  /** Channels whose code waits for the bot; left out once the bot has seen it, or it has expired. */
  readonly awaited: readonly string[];
  /** Whether the password is one that Jellyfin keeps. */
  readonly hasLocalPassword: boolean;
  readonly passwordRules: PasswordRules;
  /** The newest first, at most 50. */
  readonly events: readonly AccountEvent[];
  /** Those signed in now; undefined where that cannot be known (no API key and a session without a token). */
  readonly devices: readonly AccountDevice[] | undefined;
}

/** A contact as the page shows it. */
export interface AccountContact {
  readonly channel: string;
  /** Shortened, as in `a…@example.org`; the whole one is shown to nobody. */
  readonly address: string;
  /** `refused`: the other side said that there is no such recipient, or the person blocked the bot. */
  readonly state: 'verified' | 'unverified' | 'refused';
}

/** A channel as the page shows it. */
export interface AccountChannel {
  readonly channel: string;
  /** Undefined where the page has its own word, as for mail. */
  readonly properName: string | undefined;
  readonly linking: ChannelLinking;
}

/** What a person is told of what happened to their account; the rest of the audit log is for whoever runs the server. */
export const SHOWN_EVENTS = [
  'account-signed-in',
  'login-failed',
  'login-held',
  'account-unlocked',
  'message-sent',
  'link-made',
  'pin-accepted',
  'password-changed',
  'password-not-changed',
  'contact-added',
  'contact-changed',
  'contact-verified',
  'contact-removed',
  'contact-undone',
  'contact-disowned',
  'contact-refused',
  'invitation-made',
  'devices-signed-out',
] as const;

/** Name of one of them: our pages have words for each. */
export type ShownEvent = (typeof SHOWN_EVENTS)[number];

/** Something that happened to the account. */
export interface AccountEvent {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Name of the audit log, e.g. `password-changed`; what an administrator set where nothing was is a `contact-added`. */
  readonly event: string;
  /** `home`, or the network the address is in, as `203.0.113.0/24`; undefined where nobody asked. */
  readonly from: string | undefined;
  readonly channel?: string;
  /** Whether an administrator did it, where the event does not say so by itself. */
  readonly isByAdministrator?: true;
}

/** A device that is signed in to Jellyfin. */
export interface AccountDevice {
  readonly id: string;
  readonly name: string;
  readonly app: string;
  readonly lastSeenAt: number | undefined;
}

/** `POST contacts/begin`: adds, replaces or, without an address, confirms a contact that was never proved. Refused: `password-wrong`, `address-refused`, `too-many-requests`. */
export const BeginContactBody = z.strictObject({
  channel,
  /** Only of channels whose `linking` is `code-to-person`. */
  address: z.string().trim().min(1).max(512).optional(),
  /** The password again: a session alone changes no contact. */
  password,
});
export type BeginContactBody = z.infer<typeof BeginContactBody>;

/** Answer of `contacts/begin`; the code works for ten minutes. */
export type BegunContact =
  /** A code was sent to the address, and is typed into the page. */
  | { readonly kind: 'code-sent' }
  /** The person sends this to the bot; the page asks `view` until the channel is `awaited` no more, and its contact is verified. */
  | {
      readonly kind: 'send-code';
      readonly code: string;
      readonly botName: string;
      /** Opens the bot with the code. */
      readonly url: string | undefined;
      /** `url` as a QR code: a whole SVG document; undefined without one. */
      readonly qr: string | undefined;
      /** Where signing in at the service proves it without the code; undefined where that is not set up, or nobody is signed in. */
      readonly connectUrl: string | undefined;
    };

/** `POST contacts/confirm`: the code that was sent. Answered with the view. Refused: `code-wrong`, `code-expired`. */
export const ConfirmContactBody = z.strictObject({ channel, code: z.string().trim().min(1).max(64) });
export type ConfirmContactBody = z.infer<typeof ConfirmContactBody>;

/**
 * `POST contacts/connect`: what the service brought back to `/gatehouse/connect`. Answered with the view. Refused: `code-expired`,
 * also in another session and a second time, `address-refused`, `unavailable`.
 */
export const ConnectContactBody = z.strictObject({
  code: z.string().regex(/^[\x21-\x7e]{1,512}$/),
  state: z.string().regex(/^[A-Za-z0-9_-]{1,1024}$/),
});
export type ConnectContactBody = z.infer<typeof ConnectContactBody>;

/** `POST contacts/remove`. Answered with the view. Refused: `password-wrong`. */
export const RemoveContactBody = z.strictObject({ channel, password });
export type RemoveContactBody = z.infer<typeof RemoveContactBody>;

/** `POST contacts/order`: all channels of the person, the one to be preferred first. Answered with the view. */
export const OrderContactsBody = z.strictObject({ channels: z.array(channel).max(16) });
export type OrderContactsBody = z.infer<typeof OrderContactsBody>;

/** `POST language`: of messages; null for none. Answered with the view. */
export const LanguageBody = z.strictObject({ language: z.string().max(35).nullable() });
export type LanguageBody = z.infer<typeof LanguageBody>;

/** `POST password`: a new one. Answered `{}`, and the session is over. Refused: `password-wrong`, `password-refused`. */
export const ChangePasswordBody = z.strictObject({ current: password, next: z.string().min(1).max(1024) });
export type ChangePasswordBody = z.infer<typeof ChangePasswordBody>;

/** `POST devices/sign-out`: one device, or all. Answered with the view. */
export const SignOutDevicesBody = z.strictObject({ id: z.string().min(1).max(256).optional() });
export type SignOutDevicesBody = z.infer<typeof SignOutDevicesBody>;
