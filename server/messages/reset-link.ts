import type { Language } from '../../injector/kit/translations.ts';
import { sayDuration } from './duration-words.ts';
import { layOut } from './layout.ts';
import type { Message } from './message.ts';
import { oneLine } from './one-line.ts';
import { textsIn } from './texts/texts.ts';

/** What the message with the link is made of. */
export interface ResetLinkData {
  readonly serverName: string;
  readonly userName: string;
  /** The whole address, token included. */
  readonly link: string;
  readonly lifetimeMs: number;
}

/** Writes the message with which a new password can be chosen. */
export function writeResetLink(data: ResetLinkData, language: Language): Message {
  const texts = textsIn(language);
  const serverName = oneLine(data.serverName);
  const userName = oneLine(data.userName);
  const text = texts.resetLink;
  return layOut(
    {
      subject: text.subject(serverName),
      greeting: texts.greeting(userName),
      before: [text.asked(serverName, userName)],
      action: { label: text.action, url: data.link, fallback: text.fallback },
      after: [text.lifetime(sayDuration(data.lifetimeMs, texts)), text.notYou],
    },
    language,
  );
}
