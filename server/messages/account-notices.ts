import type { Language } from '../../injector/kit/translations.ts';
import { layOut } from './layout.ts';
import type { Message } from './message.ts';
import { oneLine } from './one-line.ts';
import { textsIn } from './texts/texts.ts';

/** What a message to somebody who cannot be helped here is made of. */
export interface AccountNoticeData {
  readonly serverName: string;
  readonly userName: string;
}

/**
 * Writes the message to somebody whose password Jellyfin does not keep (LDAP, SSO).
 *
 * @param data.url Where that password is changed (`reset.externalAccounts` of the config), if the admin has said so.
 */
export function writeAccountElsewhere(
  data: AccountNoticeData & { readonly url?: string | undefined },
  language: Language,
): Message {
  const texts = textsIn(language);
  const text = texts.accountElsewhere;
  const serverName = oneLine(data.serverName);
  const userName = oneLine(data.userName);
  const action = { label: text.action, fallback: texts.resetLink.fallback };
  return layOut(
    {
      subject: text.subject(serverName),
      greeting: texts.greeting(userName),
      before: [text.asked(serverName, userName), text.elsewhere(serverName)],
      ...(data.url === undefined ? {} : { action: { ...action, url: data.url } }),
      after: [text.askAdministrator, text.notYou],
    },
    language,
  );
}

/** Writes the message to somebody whose account an administrator has disabled: a reset must not open it. */
export function writeAccountDisabled(data: AccountNoticeData, language: Language): Message {
  const texts = textsIn(language);
  const text = texts.accountDisabled;
  const serverName = oneLine(data.serverName);
  const userName = oneLine(data.userName);
  return layOut(
    {
      subject: text.subject(serverName),
      greeting: texts.greeting(userName),
      before: [texts.accountElsewhere.asked(serverName, userName), text.disabled(serverName)],
      after: [texts.accountElsewhere.notYou],
    },
    language,
  );
}
