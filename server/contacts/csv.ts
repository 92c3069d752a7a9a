/** A line of a CSV file. */
export interface CsvRecord {
  /** Where it begins, from 1. */
  readonly line: number;
  readonly fields: readonly string[];
}

/** What a CSV text holds. */
export interface Csv {
  /** Lines with something in them. */
  readonly records: readonly CsvRecord[];
  /** Line of a quote that is never closed; what follows it is not in `records`. */
  readonly openQuoteLine: number | undefined;
}

/** What spreadsheets write before the first line to say which separator follows. */
const SEPARATOR_LINE = /^\ufeff?"?sep=([,;\t|])"?(?:\r\n|\r|\n|$)/i;

/**
 * Reads CSV: fields with quotes, doubled quotes and line breaks in them; lines ended by CRLF, LF or CR. The separator is
 * what a first line such as `sep=;` says, else what comes first outside of quotes in the first line of comma, semicolon
 * and tab. Source: RFC 4180 section 2; Microsoft Excel for `sep=`.
 */
export function readCsv(text: string): Csv {
  const said = SEPARATOR_LINE.exec(text);
  const separator = said?.[1] ?? findSeparator(text);
  const records: CsvRecord[] = [];
  let fields: string[] = [];
  let field = '';
  let isBlank = true;
  let line = said === null ? 1 : 2;
  let recordLine = line;
  let quoteLine: number | undefined;

  function begin(): void {
    field = '';
    isBlank = true;
  }

  function add(sign: string): void {
    field += sign;
    // Told sign by sign: a field looked at as a whole at each quote in it would cost the square of its length.
    isBlank &&= sign.trim() === '';
  }

  function endRecord(): void {
    fields.push(field);
    if (fields.some((value) => value.trim() !== '')) records.push({ line: recordLine, fields });
    fields = [];
    begin();
    recordLine = line;
  }

  for (let at = said?.[0].length ?? 0; at < text.length; at++) {
    const sign = text.charAt(at);
    const isLineEnd = sign === '\n' || (sign === '\r' && text.charAt(at + 1) !== '\n');
    if (isLineEnd) line++;
    if (quoteLine !== undefined) {
      if (sign !== '"') add(sign);
      else if (text.charAt(at + 1) === '"') add(text.charAt(++at));
      else quoteLine = undefined;
    } else if (sign === '"' && isBlank) {
      field = '';
      quoteLine = line;
    } else if (sign === separator) {
      fields.push(field);
      begin();
    } else if (isLineEnd) endRecord();
    else if (sign !== '\r') add(sign);
  }
  if (quoteLine === undefined) endRecord();
  return { records, openQuoteLine: quoteLine };
}

/** Looks at the first line only, past what stands in quotes. */
function findSeparator(text: string): string {
  let isQuoted = false;
  for (const sign of text) {
    if (sign === '"') isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (sign === '\n' || sign === '\r') break;
    else if (sign === ',' || sign === ';' || sign === '\t') return sign;
  }
  return ',';
}
