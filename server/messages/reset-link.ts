import type { Language } from '../../injector/kit/translations.ts';
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
      after: [text.lifetime(formatDuration(data.lifetimeMs, language)), text.notYou],
    },
    language,
  );
}

/** Says a time span in hours and minutes as people do, e.g. `30 minutes`, `2 heures`. */
function formatDuration(ms: number, language: Language): string {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  const parts: readonly [number, string][] = [
    [Math.floor(minutes / 60), 'hour'],
    [minutes % 60, 'minute'],
  ];
  const said = parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) =>
      new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(count),
    );
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(said);
}
