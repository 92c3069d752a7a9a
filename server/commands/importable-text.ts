import { findImportableHere } from '../imports/find-importable.ts';
import { importCommandOf } from '../imports/recognise-folder.ts';
import { oneLine } from '../messages/messages.ts';
import { nameSome } from '../messages/name-some.ts';
import { printJson } from './options.ts';

/** Most folders that are named where none may be looked at. */
const MOST_CLOSED = 5;

/** Looks in the usual places of this machine and prints what contacts can be imported from, with the command for each. */
export async function listImportable(isJson: boolean): Promise<void> {
  const { found, closed, hidden, isWhole } = await findImportableHere();
  if (isJson) {
    const commands = found.map((one) => ({ ...one, command: importCommandOf(one) }));
    return printJson({ found: commands, closed, hidden, isWhole });
  }
  for (const one of found) {
    process.stdout.write(`${one.program}: ${oneLine(importCommandOf(one))}\n`);
    if (one.note !== undefined) process.stdout.write(`  ${oneLine(one.note)}\n`);
  }
  process.stderr.write(`${explain(found.length)}\n`);
  if (closed.length > 0) process.stderr.write(`${explainClosed(closed)}\n`);
  if (hidden.length > 0) process.stderr.write(`${explainHidden(hidden)}\n`);
  if (!isWhole) process.stderr.write('it took too long, so there may be more: name the place yourself\n');
}

function explain(count: number): string {
  return count === 0
    ? 'nothing of Seerr, Jellyseerr, Wizarr or jfa-go was found in the usual places; name it, as in gatehouse contacts import wizarr /srv/wizarr/database/database.db, or a CSV file: gatehouse contacts import people.csv'
    : 'each command shows what would be imported and writes nothing; a CSV file goes too: gatehouse contacts import people.csv';
}

function explainClosed(closed: readonly string[]): string {
  return `${nameSome(closed.map(oneLine), MOST_CLOSED)} may not be looked at; as root (sudo) there may be more`;
}

function explainHidden(hidden: readonly string[]): string {
  return `${nameSome(hidden.map(oneLine), MOST_CLOSED)}: it is in a container from which no path leads here; copy the file out of it (docker cp), and name the copy`;
}
