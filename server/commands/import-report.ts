import type { ImportCounts, ImportedRow } from '../admin/import-contacts.ts';
import { isSameAddress } from '../contacts/address.ts';
import { shortAddress } from '../log/log.ts';
import { oneLine } from '../messages/messages.ts';
import type { ContactSource } from '../ports/contact-source.ts';

/** Most rows that are shown, and most problems, where not all are asked for. */
const MOST_ROWS = 200;

/** How often progress is shown at a terminal, in milliseconds. */
const PROGRESS_MS = 500;

/** How often it is written where nobody sees it change, in rows. */
const PROGRESS_ROWS = 100_000;

/** What a command says of an import while it runs. */
export interface ImportReport {
  /** Shows a row: what is or would be kept on standard output, what could not be on standard error. */
  readonly row: (row: ImportedRow) => void;
  /** Shows how far it is, now and then, on standard error. @param read Rows so far. */
  progress(read: number): void;
  /** Says how many rows of each kind there were, and what to do next. */
  end(counts: ImportCounts, isStopped: boolean): void;
  /** It failed: leaves the line for what comes. */
  breakOff(): void;
}

/** Which rows are shown, and how. */
export interface ReportOptions {
  /** Nothing is kept. */
  readonly isDry: boolean;
  /** Every row is shown. */
  readonly isAll: boolean;
}

/** Chooses the rows that are shown. */
export interface RowChoice {
  /** Whether it is shown; counts those that are not for their number. */
  readonly isShown: (row: ImportedRow) => boolean;
  /** Rows that were left out for their number so far. */
  readonly left: () => number;
}

/** Whether an administrator has to look at it. */
function isProblem({ kind }: ImportedRow): boolean {
  return kind === 'unknown' || kind === 'doubtful';
}

/** Makes one: 200 problems at most, and 200 others where nothing is kept, unless all are asked for. */
export function createRowChoice({ isDry, isAll }: ReportOptions): RowChoice {
  const shown = { problems: 0, others: 0 };
  let left = 0;
  return {
    isShown(row) {
      const which = isProblem(row) ? 'problems' : 'others';
      // What was imported is in the counts; the rows are for whoever decides.
      if (which === 'others' && !isDry && !isAll) return false;
      const isRoom = isAll || shown[which] < MOST_ROWS;
      if (isRoom) shown[which] += 1;
      else left += 1;
      return isRoom;
    },
    left: () => left,
  };
}

/**
 * Makes it. The table is one line a row with tabs between: what, name, channel, address (shortened), where; its heading and the
 * problems are on standard error, the counts last on standard output.
 */
export function createImportReport(source: ContactSource, options: ReportOptions): ImportReport {
  const { isDry, isAll } = options;
  const { stdout, stderr } = process;
  const choice = createRowChoice(options);
  let isHeaded = false;
  let shownAt = performance.now();
  let line = '';

  function clear(): void {
    if (line === '') return;
    stderr.write('\r\u001b[K');
    line = '';
  }

  function where(row: number): string {
    const { place, rowWord } = source;
    return rowWord === 'line' ? `${place}:${row}` : `${place}, ${rowWord} ${row}`;
  }

  function showInTable({ kind, row, userName = '', channel = '', address, before }: ImportedRow): void {
    if (!isHeaded) stderr.write('what\tname\tchannel\taddress\twhere\n');
    isHeaded = true;
    const shown = address === undefined ? '' : showAddress(address, before);
    const cells = [kind, oneLine(userName), channel, shown, where(row)];
    stdout.write(`${cells.join('\t')}\n`);
  }

  return {
    row(row) {
      if (!choice.isShown(row)) return;
      clear();
      if (isDry || isAll) showInTable(row);
      if (isProblem(row)) stderr.write(`${where(row.row)}: ${oneLine(row.message ?? '')}\n`);
    },
    progress(read) {
      const share = source.share();
      const percent = share === undefined ? '' : `, ${Math.floor(share * 100)} %`;
      const text = `${read.toLocaleString('en')} rows${percent}`;
      if (!stderr.isTTY) {
        if (read % PROGRESS_ROWS === 0) stderr.write(`${text}\n`);
        return;
      }
      if (performance.now() - shownAt < PROGRESS_MS) return;
      shownAt = performance.now();
      clear();
      line = text;
      stderr.write(line);
    },
    end(counts, isStopped) {
      clear();
      const left = choice.left();
      if (left > 0) stderr.write(`${left.toLocaleString('en')} more rows; --all shows them all\n`);
      stdout.write(`${isDry ? 'would be: ' : ''}${summarise(counts)}\n`);
      if (counts['left-out'] > 0)
        stderr.write(
          'contacts on channels that config.yaml does not set up were left out; set them up and import again\n',
        );
      if (isStopped)
        stderr.write('stopped; the same command goes on: what is there already stays as it is\n');
      else if (isDry && counts.new + counts.changed > 0)
        stderr.write('nothing was written; the same command with --apply imports them\n');
      else if (isDry) stderr.write('nothing was written, and there is nothing to import\n');
    },
    breakOff: clear,
  };
}

/** An address, shortened, behind the one that it would replace; of two that look alike it says that they are not the same. */
function showAddress(address: string, before: string | undefined): string {
  const to = shortAddress(address);
  if (before === undefined || isSameAddress(before, address)) return to;
  const from = shortAddress(before);
  if (!isSameAddress(from, to)) return `${from} -> ${to}`;
  return `${from} -> ${to} (another ${to.includes('@') ? 'name' : 'id'})`;
}

function summarise(counts: ImportCounts): string {
  const { new: added, changed, unchanged, unknown, doubtful, blank } = counts;
  const rest = [
    [blank, 'left without an address'],
    [counts['opted-out'], 'opted out'],
    [counts['left-out'], 'on other channels'],
    [unknown, 'unknown'],
    [doubtful, 'doubtful'],
  ] as const;
  const some = rest.flatMap(([count, what]) => (count === 0 ? [] : [`${count} ${what}`]));
  const failed = unknown + doubtful === 0 ? ['no problems'] : [];
  return [`${added} added`, `${changed} changed`, `${unchanged} as before`, ...some, ...failed].join(', ');
}
