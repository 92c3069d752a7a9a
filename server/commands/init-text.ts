import type { MissingContacts } from '../admin/manage-contacts.ts';
import { oneLine } from '../messages/messages.ts';
import type { InitNotes } from './init-options.ts';

/** How many names are told. */
const MOST_NAMES = 12;

/** Who cannot be reached, and the ways to change that; nothing where everybody can. */
export function describeMissing({ people, all, isComplete }: MissingContacts): readonly string[] {
  if (people.length === 0) return [];
  const names = people.slice(0, MOST_NAMES).map(({ name }) => oneLine(name));
  const rest = people.length - names.length;
  const who = `${names.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
  const seen = isComplete ? '' : ' on the login screen';
  return [
    `${people.length} of ${all} users${seen} have no address, so no reset reaches them: ${who}.`,
    'Know their addresses? gatehouse contacts list --csv --missing > people.csv, fill in, gatehouse contacts import people.csv; a CSV of Seerr, Wizarr or jfa-go is taken as it is.',
    'Else they add one themselves: gatehouse contacts invite --missing prints a link for each. docs/first-evening.md has more ways.',
  ];
}

/** What was done and what is left, a line each. */
export function writeNotes({ done, todo }: InitNotes): string {
  const list = (heading: string, notes: readonly string[]): string =>
    notes.length === 0 ? '' : `${heading}\n${notes.map((note) => `  - ${note}`).join('\n')}\n`;
  return `${list('Done:', done)}${list('Left to do:', todo)}`;
}
