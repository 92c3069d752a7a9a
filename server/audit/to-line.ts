import type { KeptAuditEntry } from '../ports.ts';

/**
 * An entry for people: time, event, person, address, outcome and details with tabs between; or one JSON object. Always
 * one line, and nothing in it steers a terminal, whatever a name holds.
 */
export function toAuditLine(entry: KeptAuditEntry, isJson: boolean): string {
  const { id, at, event, userId, userName, clientAddress, outcome, details } = entry;
  const time = new Date(at).toISOString();
  if (isJson) {
    return plain(JSON.stringify({ id, time, event, userId, userName, clientAddress, outcome, details }));
  }
  const more = Object.entries(details ?? {}).map(([name, value]) => `${name}=${textOf(value)}`);
  const fields = [
    time,
    event,
    userName ?? userId ?? '-',
    clientAddress ?? '-',
    outcome ?? '-',
    more.join(' '),
  ];
  return plain(fields.map((field) => field.replaceAll('\t', ' ')).join('\t')).trimEnd();
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Tabs stay: they part the fields. */
function plain(text: string): string {
  return text.replace(/(?!\t)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    character
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}
