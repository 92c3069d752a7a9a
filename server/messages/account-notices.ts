import type { Language } from '../../injector/kit/translations.ts';
import { type Addressee, addressedTo } from './addressee.ts';
import { layOut } from './layout.ts';
import type { Message } from './message.ts';

/**
 * Writes the message to somebody whose password Jellyfin does not keep (LDAP, SSO).
 *
 * @param data.url Where that password is changed (`reset.externalAccounts` of the config), if the admin has said so.
 */
export function writeAccountElsewhere(
  data: Addressee & { readonly url?: string | undefined },
  language: Language,
): Message {
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
export function writeAccountDisabled(data: Addressee, language: Language): Message {
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
