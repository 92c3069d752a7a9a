/** A line of a CSV file. */
export interface CsvRecord {
  /** Where it begins, from 1. */
  readonly line: number;
  readonly fields: readonly string[];
}

/** Something that is no record. */
export interface CsvFault {
  readonly line: number;
  /** `open-quote`: a quote begins there that is never closed. `too-long`: see {@link MOST_RECORD}. */
  readonly fault: 'open-quote' | 'too-long';
}

/** Longest record, in UTF-16 units; of a longer one nothing more is kept. */
export const MOST_RECORD = 64 * 1024;

/** Takes a text in pieces. */
export interface CsvReader {
  /** What ends in this piece; records without anything in them are left out. */
  push(text: string): readonly (CsvRecord | CsvFault)[];
  /** What is left when there are no more pieces. */
  end(): readonly (CsvRecord | CsvFault)[];
}

/**
 * Reads CSV as it comes: fields with quotes, doubled quotes and line breaks in them; lines ended by CRLF, LF or CR. A quote within a field that does not begin
 * with one is a sign like others, and so is what stands behind a closing one. Linear in the text, and holds one record.
 * Source: RFC 4180 section 2.
 *
 * @param separator One sign.
 * @param firstLine The number of the line that the text begins with.
 */
export function createCsvReader(separator: string, firstLine = 1): CsvReader {
  let done: (CsvRecord | CsvFault)[] = [];
  let fields: string[] = [];
  let field = '';
  let isBlank = true;
  let size = 0;
  let line = firstLine;
  let recordLine = line;
  let quoteLine: number | undefined;
  /** A quote within quotes was the last sign: it closes them, if no other follows. */
  let isClosing = false;
  let isAfterCr = false;

  function endField(): void {
    fields.push(field);
    field = '';
    isBlank = true;
  }

  function add(sign: string): void {
    size += 1;
    if (size > MOST_RECORD) return;
    field += sign;
    // Told sign by sign: a field looked at as a whole at each quote in it would cost the square of its length.
    isBlank &&= sign.trim() === '';
  }

  function endRecord(): void {
    endField();
    if (size > MOST_RECORD) done.push({ line: recordLine, fault: 'too-long' });
    else if (fields.some((value) => value.trim() !== '')) done.push({ line: recordLine, fields });
    fields = [];
    size = 0;
    recordLine = line;
  }

  function take(sign: string): void {
    if (quoteLine !== undefined && !isClosing) {
      if (sign === '"') isClosing = true;
      else add(sign);
      return;
    }
    if (isClosing) {
      isClosing = false;
      if (sign === '"') {
        add(sign);
        return;
      }
      quoteLine = undefined;
    }
    if (sign === '"' && isBlank) {
      field = '';
      isBlank = false;
      quoteLine = line;
    } else if (sign === separator) endField();
    else if (sign === '\n' || sign === '\r') endRecord();
    else add(sign);
  }

  function handOver() {
    const handed = done;
    done = [];
    return handed;
  }

  return {
    push(text) {
      for (let at = 0; at < text.length; at++) {
        const sign = text.charAt(at);
        const isRestOfEnd = sign === '\n' && isAfterCr;
        isAfterCr = sign === '\r';
        if (isAfterCr || (sign === '\n' && !isRestOfEnd)) line += 1;
        // The line has ended with its CR, unless both stand in quotes.
        if (!isRestOfEnd || quoteLine !== undefined) take(sign);
      }
      return handOver();
    },
    end() {
      if (quoteLine !== undefined && !isClosing) done.push({ line: quoteLine, fault: 'open-quote' });
      else endRecord();
      return handOver();
    },
  };
}
