import type { Language } from '../../injector/kit/translations.ts';
import { layOut, type MessageText } from './layout.ts';
import { type Addressee, addressedTo, sayDuration } from './words.ts';

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
