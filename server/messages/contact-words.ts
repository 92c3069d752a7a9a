import type { Language } from '../../injector/kit/translations.ts';
import { layOut, type MessageText } from './layout.ts';
import { type Addressee, oneLine } from './messages.ts';

/** What the message with a code is made of. */
export interface ContactCodeData extends Addressee {
  /** As people read it. */
  readonly code: string;
  readonly lifetimeMs: number;
}

/** What the notice of a contact that was added is made of. */
export interface ContactAddedData extends Addressee {
  /** When, in ms since 1970. */
  readonly at: number;
}

/** What the notice to a contact that was replaced or removed is made of. */
export interface ContactChangedData extends ContactAddedData {
  /** Undoes the change; the whole address, token included. */
  readonly link: string;
  readonly lifetimeMs: number;
}

/** What each message about contacts is made of. */
export interface ContactMessageData {
  readonly 'contact-code': ContactCodeData;
  readonly 'contact-added': ContactAddedData;
  readonly 'contact-changed': ContactChangedData;
}

/** Writes messages about contacts. */
export type WriteContactMessage = <Kind extends keyof ContactMessageData>(
  kind: Kind,
  data: ContactMessageData[Kind],
  language: Language,
) => MessageText;

/**
 * Writes them in plain English, whatever the language. The one place with these words: `Messages.write` of the templates
 * takes the same data under the same names, and takes this one's place.
 */
export const writeContactMessage: WriteContactMessage = (kind, data) => {
  const given: Addressee & Partial<ContactCodeData & ContactChangedData> = data;
  const serverName = oneLine(given.serverName);
  const userName = oneLine(given.userName);
  const when = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeStyle: 'long' }).format(given.at ?? 0);
  const minutes = Math.max(1, Math.round((given.lifetimeMs ?? 0) / 60_000));
  const span = minutes >= 120 ? `${Math.round(minutes / 60)} hours` : `${minutes} minutes`;
  const greeting = `Hello ${userName},`;
  switch (kind) {
    case 'contact-code':
      return layOut(
        {
          subject: `Your code for ${serverName}`,
          greeting,
          before: [
            `Somebody entered this address for the user “${userName}” on ${serverName}. If that was you, type this code on the page that asks for it:`,
          ],
          code: { value: given.code ?? '' },
          after: [
            `The code works once, for ${span}.`,
            'If that was not you, you can ignore this message. Tell the code to nobody.',
          ],
        },
        'en',
      );
    case 'contact-changed':
      return layOut(
        {
          subject: `Messages of ${serverName} go elsewhere now`,
          greeting,
          before: [
            `On ${when} this address was replaced or removed for the user “${userName}” on ${serverName}: messages about the account go elsewhere now. If that was you, there is nothing to do.`,
            'If it was not you, take it back here. Then choose a new password.',
          ],
          action: {
            label: 'Take the change back',
            url: given.link ?? '',
            fallback: 'If the button does not work, open this address in a browser:',
          },
          after: [`The link works once, for ${span}.`],
        },
        'en',
      );
    default:
      return layOut(
        {
          subject: `A new way to reach you on ${serverName}`,
          greeting,
          before: [`On ${when} one more contact was added for the user “${userName}” on ${serverName}.`],
          after: ['If that was not you, choose a new password and remove the contact in My Account.'],
        },
        'en',
      );
  }
};
