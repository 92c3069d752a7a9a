import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { readField } from '../../contacts/write-csv.ts';
import { systemCode } from '../../errors/system-code.ts';
import {
  type ContactSource,
  type FoundContact,
  SourceError,
  type SourceRow,
} from '../../ports/contact-source.ts';
import { explainFile } from '../file-fault.ts';
import type { SourceDefinition, SourceOptions } from '../source-definition.ts';
import {
  areNumbers,
  CHANNEL_ROLES,
  type Columns,
  findColumns,
  hasAddress,
  placeColumns,
  readWantedColumns,
  type WantedColumns,
} from './columns.ts';
import { type CsvFault, type CsvRecord, createCsvReader } from './csv-reader.ts';
import { decodeText, findEncoding, type OpenBytes } from './decode-text.ts';

/** What spreadsheets write before the first line to say which separator follows. Source: Microsoft Excel. */
const SEPARATOR_LINE = /^"?sep=([,;\t|])"?(?:\r\n|\r|\n|$)/i;

const SEPARATORS = [',', ';', '\t', '|'];

/** How much is looked at for headings and separator, in UTF-16 units. */
const HEAD = 256 * 1024;

/** Most lines before the headings: what npm prints first where a list was written to a file through it. */
const MAX_LINES_BEFORE = 4;

const FAULTS: Readonly<Record<CsvFault['fault'], string>> = {
  'open-quote': 'a quote that begins here is never closed; nothing from here on was read',
  'too-long': 'is longer than 64 KiB and was left out; is a quote in it never closed?',
};

/** How the rows of a file are to be read. */
interface Layout {
  readonly separator: string;
  readonly columns: Columns;
  /** The last line that is no row: that of the headings, or 0. */
  readonly headingsLine: number;
}

/** Where the text of a CSV comes from. */
export interface CsvPlace {
  readonly place: string;
  readonly open: OpenBytes;
  /** In bytes. @default unknown */
  readonly size?: number;
}

/**
 * Makes a source of CSV: separators comma, semicolon, tab and |, told by the headings they make or by a line such as `sep=;`;
 * headings in every language of ours, in any order, up to four lines below the top; columns it does not know are left alone.
 * In `name` may stand an id.
 */
export function createCsvSource({ place, open, size }: CsvPlace, options: SourceOptions = {}): ContactSource {
  const wanted = options.columns === undefined ? undefined : readWantedColumns(options.columns);
  let bytesRead = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    bytesRead = 0;
    for await (const bytes of open()) {
      yield bytes;
      bytesRead += bytes.length;
    }
  }

  return {
    place,
    rowWord: 'line',
    share: () => (size === undefined || size === 0 ? undefined : Math.min(1, bytesRead / size)),
    async *read() {
      const encoding = options.encoding ?? (await findEncoding(open));
      const layout = findLayout(await readHead(decodeText(open, encoding)), wanted);
      const reader = createCsvReader(layout.separator);
      for await (const text of decodeText(counted, encoding)) yield* toRows(reader.push(text), layout);
      yield* toRows(reader.end(), layout);
    },
  };
}

async function readHead(text: AsyncIterable<string>): Promise<string> {
  let head = '';
  for await (const piece of text) {
    head += piece;
    if (head.length >= HEAD) break;
  }
  return head.slice(0, HEAD);
}

function findLayout(head: string, wanted: WantedColumns | undefined): Layout {
  const said = SEPARATOR_LINE.exec(head);
  const begin = said?.[0].length ?? 0;
  const candidates = said?.[1] === undefined ? SEPARATORS : [said[1]];
  const firstLine = said === null ? 1 : 2;
  for (const separator of candidates) {
    const reader = createCsvReader(separator, firstLine);
    const lines = [...reader.push(head.slice(begin)), ...reader.end()].filter((one) => 'fields' in one);
    for (const [index, line] of lines.slice(0, MAX_LINES_BEFORE + 1).entries()) {
      const columns = wanted === undefined ? findColumns(line) : placeColumns(line, wanted);
      if (columns === undefined) continue;
      if (wanted === undefined || !areNumbers(wanted)) return { separator, columns, headingsLine: line.line };
      // Columns that are numbers fit every line: the separator is the one that makes so many of them.
      if (index > 0 || !Object.values(columns).every((column) => column < line.fields.length)) break;
      const headingsLine = hasAddress(line, columns) ? line.line - 1 : line.line;
      return { separator, columns, headingsLine };
    }
  }
  throw new SourceError(
    wanted === undefined
      ? 'the first line must hold the headings name and email, as in name,email; where it cannot, say which columns these are, as in --columns name=1,email=2'
      : 'the first line has no columns such as --columns names; a number counts from 1',
  );
}

function* toRows(
  read: readonly (CsvRecord | CsvFault)[],
  { columns, headingsLine }: Layout,
): Generator<SourceRow> {
  for (const one of read) {
    if (one.line <= headingsLine) continue;
    if ('fault' in one) yield { row: one.line, fault: FAULTS[one.fault] };
    else yield* toContacts(one, columns);
  }
}

function* toContacts({ line: row, fields }: CsvRecord, columns: Columns): Generator<SourceRow> {
  const fieldOf = (index: number | undefined) =>
    index === undefined ? '' : readField(fields[index]?.trim() ?? '');
  const [name, id] = [fieldOf(columns.name), fieldOf(columns.id)];
  if (name === '' && id === '') {
    yield { row, fault: 'has no name' };
    return;
  }
  const who = { row, name: name === '' ? undefined : name, jellyfinId: id === '' ? undefined : id };
  const found = CHANNEL_ROLES.filter((role) => columns[role] !== undefined).map(
    (channel): FoundContact => ({ ...who, channel, address: fieldOf(columns[channel]) }),
  );
  const filled = found.filter(({ address }) => address !== '');
  yield* filled.length > 0 ? filled : found.slice(0, 1);
}

/** Makes a source of a CSV text that is held whole. */
export function createCsvTextSource(text: string): ContactSource {
  async function* open() {
    yield Buffer.from(text, 'utf8');
  }
  return createCsvSource({ place: 'the text', open }, { encoding: 'utf-8' });
}

/** @throws {SourceError} where it cannot be read (further). */
async function* readPieces(file: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(file);
  } catch (error) {
    throw systemCode(error) === undefined ? error : explainFile(error, file);
  }
}

/** CSV files. */
export const csvDefinition: SourceDefinition = {
  name: 'csv',
  location: 'FILE',
  options: ['columns', 'encoding'],
  hasStrangers: false,
  async open(file, options) {
    const found = await stat(file).catch((error: unknown) => {
      throw explainFile(error, file);
    });
    if (!found.isFile()) throw new SourceError(`${file} cannot be read: it is no file; name the CSV file`);
    return createCsvSource({ place: file, open: () => readPieces(file), size: found.size }, options);
  },
};
