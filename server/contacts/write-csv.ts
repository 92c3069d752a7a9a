/** What a spreadsheet takes for the begin of a formula. Source: OWASP, CSV Injection. */
const FORMULA = /^[=+\-@\t\r]/;

/**
 * Writes records as CSV (RFC 4180, lines ended by LF). A field that a spreadsheet would take for a formula gets an
 * apostrophe before it, which `readField` takes away again.
 */
export function writeCsv(records: readonly (readonly string[])[]): string {
  return records.map((fields) => `${fields.map(writeField).join(',')}\n`).join('');
}

function writeField(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",;\r\n\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Reads what `writeCsv` made of a field, or what a person typed for the same end. */
export function readField(text: string): string {
  return text.startsWith("'") && FORMULA.test(text.slice(1)) ? text.slice(1) : text;
}
