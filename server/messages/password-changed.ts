import type { Language } from '../../injector/kit/translations.ts';
import { type Addressee, addressedTo } from './addressee.ts';
import { layOut } from './layout.ts';
import type { Message } from './message.ts';

/** What the notice is made of. */
export interface PasswordChangedData extends Addressee {
  /** When, in ms since 1970. */
  readonly changedAt: number;
  /** Default: the zone of the machine; it is named in the message. */
  readonly timeZone?: string;
}

/** Writes the notice after a change. It holds no link: nothing in it is worth stealing. Source: OWASP O15. */
export function writePasswordChanged(data: PasswordChangedData, language: Language): Message {
  const { texts, serverName, greeting } = addressedTo(data, language);
  const text = texts.passwordChanged;
  const when = new Intl.DateTimeFormat(language, {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
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
