import { SourceError } from '../../ports/contact-source.ts';
import type { CsvRecord } from './csv-reader.ts';
import { foldHeading, KNOWN_HEADINGS, ROLES, type Role } from './headings.ts';

/** Where in a record each thing stands, from 0; one of `id` and `name` and one of the channels is there. */
export type Columns = Readonly<Partial<Record<Role, number>>>;

/** What an administrator said of the columns: a heading, or a number from 1. */
export type WantedColumns = ReadonlyMap<Role, string>;

/** The roles that are channels, by the names these have in Gatehouse. */
export const CHANNEL_ROLES = ['email', 'telegram', 'discord', 'matrix'] as const satisfies readonly Role[];

const EXAMPLE = 'name=Member,email=3';

/**
 * Reads `name=Nutzer,email=3`: of each column its heading, or its number from 1.
 *
 * @throws {SourceError} when it is of another form, or lacks who it is, or where they are reached.
 */
export function readWantedColumns(text: string): WantedColumns {
  const wanted = new Map<Role, string>();
  for (const part of text.split(',')) {
    const [typed = '', ...rest] = part.split('=');
    const role = ROLES.find((one) => one === typed.trim().toLowerCase());
    const column = rest.join('=').trim();
    if (role === undefined || column === '' || wanted.has(role))
      throw new SourceError(
        `--columns is written as in ${EXAMPLE}; there are ${ROLES.join(', ')}, each once`,
      );
    wanted.set(role, column);
  }
  if (!isEnough((role) => wanted.has(role)))
    throw new SourceError(`--columns must say who it is and where they are reached, as in ${EXAMPLE}`);
  return wanted;
}

/** Finds the columns by their headings; undefined for a line that is no headings. */
export function findColumns({ fields }: Pick<CsvRecord, 'fields'>): Columns | undefined {
  const headings = fields.map(foldHeading);
  const columns: Partial<Record<Role, number>> = {};
  for (const role of ROLES) {
    const found = KNOWN_HEADINGS[role].map((known) => headings.indexOf(known)).find((index) => index >= 0);
    if (found !== undefined) columns[role] = found;
  }
  return isEnough((role) => columns[role] !== undefined) ? columns : undefined;
}

/**
 * Finds the columns that an administrator named.
 *
 * @param first The first line with something in it.
 * @returns undefined when the line lacks one of those named by heading.
 */
export function placeColumns(first: Pick<CsvRecord, 'fields'>, wanted: WantedColumns): Columns | undefined {
  const headings = first.fields.map(foldHeading);
  const placed = [...wanted].map(([role, column]) => {
    const index = /^[1-9]\d{0,3}$/.test(column) ? Number(column) - 1 : headings.indexOf(foldHeading(column));
    return [role, index] as const;
  });
  return placed.some(([, index]) => index < 0) ? undefined : Object.fromEntries(placed);
}

/** Whether columns were named by their numbers alone, so that the file need not have headings. */
export function areNumbers(wanted: WantedColumns): boolean {
  return [...wanted.values()].every((column) => /^[1-9]\d{0,3}$/.test(column));
}

/** Whether a line already has an address in one of the columns, and so is no headings. */
export function hasAddress({ fields }: Pick<CsvRecord, 'fields'>, columns: Columns): boolean {
  return CHANNEL_ROLES.some((role) => /@|^\s*\d{5,}\s*$/.test(fields[columns[role] ?? -1] ?? ''));
}

function isEnough(has: (role: Role) => boolean): boolean {
  return (has('id') || has('name')) && CHANNEL_ROLES.some(has);
}
