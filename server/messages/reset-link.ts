import type { Language } from '../../injector/kit/translations.ts';
import { type Addressee, addressedTo } from './addressee.ts';
import { sayDuration } from './duration-words.ts';
import { layOut } from './layout.ts';
import type { Message } from './message.ts';

/** What the message with the link is made of. */
export interface ResetLinkData extends Addressee {
  /** The whole address, token included. */
  readonly link: string;
  readonly lifetimeMs: number;
}

/** Writes the message with which a new password can be chosen. */
export function writeResetLink(data: ResetLinkData, language: Language): Message {
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
