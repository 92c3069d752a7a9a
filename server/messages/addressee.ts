import type { Language } from '../../injector/kit/translations.ts';
import { oneLine } from './one-line.ts';
import { textsIn } from './texts/texts.ts';

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
