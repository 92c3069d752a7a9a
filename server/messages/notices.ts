import type { Language } from '../../injector/kit/translations.ts';
import { layOut, type MessageText } from './layout.ts';
import { type Addressee, addressedTo } from './words.ts';

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
