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

/**
 * Reads CSV: fields with quotes, doubled quotes and line breaks in them, CRLF or LF. The separator is what comes first
 * in the first line of comma, semicolon and tab. Source: RFC 4180 section 2.
 */
export function readCsv(text: string): Csv {
  const separator = /[,;\t]/.exec(text.split(/\r?\n/, 1)[0] ?? '')?.[0] ?? ',';
  const records: CsvRecord[] = [];
  let fields: string[] = [];
  let field = '';
  let isBlank = true;
  let line = 1;
  let recordLine = 1;
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

  for (let at = 0; at < text.length; at++) {
    const sign = text.charAt(at);
    if (sign === '\n') line++;
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
    } else if (sign === '\n') endRecord();
    else if (sign !== '\r' || text.charAt(at + 1) !== '\n') add(sign);
  }
  if (quoteLine === undefined) endRecord();
  return { records, openQuoteLine: quoteLine };
}
