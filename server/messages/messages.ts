import type { Language } from '../../injector/kit/translations.ts';
import { layOut, type MessageText } from './layout.ts';
import { de } from './texts/de.ts';
import { en, type Texts } from './texts/en.ts';
import { es } from './texts/es.ts';
import { fr } from './texts/fr.ts';

/** What the message with the link is made of. */
export interface ResetLinkData extends Addressee {
  /** The whole address, token included. */
  readonly link: string;
  readonly lifetimeMs: number;
}

/** Writes the message with which a new password can be chosen. */
export function writeResetLink(data: ResetLinkData, language: Language): MessageText {
  const { texts, serverName, userName, greeting } = addressedTo(data, language);
  const text = texts.resetLink;
  return layOut(
    {
      subject: text.subject(serverName),
      greeting,
      before: [text.asked(serverName, userName)],
      action: { label: text.action, url: data.link, fallback: text.fallback },
      after: [text.lifetime(sayDuration(data.lifetimeMs, texts)), text.notYou],
    },
    language,
  );
}

/** What a message with a PIN is made of. */
export interface ResetPinData extends Addressee {
  /** As people read it, with dashes. */
  readonly pin: string;
  /** Address of our page for PINs, without the PIN. */
  readonly pinPage: string;
  readonly lifetimeMs: number;
}

/** What the message with a PIN and a link that redeems it is made of. */
export interface ResetPinLinkData extends Omit<ResetPinData, 'pinPage'> {
  /** The whole address, PIN included. */
  readonly link: string;
}

/** Writes the message with a PIN to be typed. The PIN is not in the subject, which shows on locked screens. */
export function writeResetPin(data: ResetPinData, language: Language): MessageText {
  const { texts, serverName, userName, greeting } = addressedTo(data, language);
  const text = texts.resetPin;
  return layOut(
    {
      subject: text.subject(serverName),
      greeting,
      before: [text.asked(serverName, userName)],
      code: { value: data.pin, page: { sentence: text.where, url: data.pinPage } },
      after: [text.lifetime(sayDuration(data.lifetimeMs, texts)), text.notYou],
    },
    language,
  );
}

/** Writes the message with a link to the page that redeems the PIN with one button, and the PIN for who types it. */
export function writeResetPinLink(data: ResetPinLinkData, language: Language): MessageText {
  const { texts, serverName, userName, greeting } = addressedTo(data, language);
  return layOut(
    {
      subject: texts.resetLink.subject(serverName),
      greeting,
      before: [texts.resetLink.asked(serverName, userName)],
      action: { label: texts.resetPinLink.action, url: data.link, fallback: texts.resetLink.fallback },
      code: { intro: texts.resetPinLink.typed, value: data.pin },
      after: [texts.resetPin.lifetime(sayDuration(data.lifetimeMs, texts)), texts.resetPin.notYou],
    },
    language,
  );
}

/**
 * Writes the message to somebody whose password Jellyfin does not keep (LDAP, SSO).
 *
 * @param data.url Where that password is changed (`reset.externalAccounts` of the config), if the admin has said so.
 */
export function writeAccountElsewhere(
  data: Addressee & { readonly url?: string | undefined },
  language: Language,
): MessageText {
  const { texts, serverName, userName, greeting } = addressedTo(data, language);
  const text = texts.accountElsewhere;
  const action = { label: text.action, fallback: texts.resetLink.fallback };
  return layOut(
    {
      subject: text.subject(serverName),
      greeting,
      before: [text.asked(serverName, userName), text.elsewhere(serverName)],
      ...(data.url === undefined ? {} : { action: { ...action, url: data.url } }),
      after: [text.askAdministrator, text.notYou],
    },
    language,
  );
}

/** Writes the message to somebody whose account an administrator has disabled: a reset must not open it. */
export function writeAccountDisabled(data: Addressee, language: Language): MessageText {
  const { texts, serverName, userName, greeting } = addressedTo(data, language);
  const text = texts.accountDisabled;
  return layOut(
    {
      subject: text.subject(serverName),
      greeting,
      before: [texts.accountElsewhere.asked(serverName, userName), text.disabled(serverName)],
      after: [texts.accountElsewhere.notYou],
    },
    language,
  );
}

/** What the notice is made of. */
export interface PasswordChangedData extends Addressee {
  /** When, in ms since 1970. */
  readonly changedAt: number;
  /** Default: the zone of the machine; it is named in the message. */
  readonly timeZone?: string;
}

/** Writes the notice after a change. It holds no link: nothing in it is worth stealing. Source: OWASP O15. */
export function writePasswordChanged(data: PasswordChangedData, language: Language): MessageText {
  const { texts, serverName, greeting } = addressedTo(data, language);
  const text = texts.passwordChanged;
  const when = new Intl.DateTimeFormat(language, {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
    ...(data.timeZone === undefined ? {} : { timeZone: data.timeZone }),
  }).format(data.changedAt);
  return layOut(
    {
      subject: text.subject(serverName),
      greeting,
      before: [text.changed(serverName, when), text.sessions],
      after: [text.notYou],
    },
    language,
  );
}

/** Longest name in a message, in characters. */
const MAX_NAME = 100;

/** A name from outside as it may stand in a subject or sentence: one line, no control signs, at most 100 characters. */
export function oneLine(name: string): string {
  const line = name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  const letters = [...line];
  return letters.length > MAX_NAME ? `${letters.slice(0, MAX_NAME - 1).join('')}…` : line;
}

const TEXTS: Readonly<Record<Language, Texts>> = { en, de, fr, es };

/** The words of the messages in a language. */
export function textsIn(language: Language): Texts {
  return TEXTS[language];
}

/** Whom a message is to, and from which server. */
export interface Addressee {
  readonly serverName: string;
  readonly userName: string;
}

/** What every message begins with: the texts of its language, the two names each in one line, and the greeting. */
export function addressedTo(data: Addressee, language: Language) {
  const texts = textsIn(language);
  const serverName = oneLine(data.serverName);
  const userName = oneLine(data.userName);
  return { texts, serverName, userName, greeting: texts.greeting(userName) };
}

/** Says a time span in hours and minutes as people do, e.g. `30 minutes`, `2 heures`; a minute at least. */
export function sayDuration(ms: number, texts: Texts): string {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return texts.minutes(rest);
  return rest === 0 ? texts.hours(hours) : `${texts.hours(hours)} ${texts.and} ${texts.minutes(rest)}`;
}
