import type { ImportedRow } from '../admin/import-contacts.ts';
import { shortAddress } from '../log/log.ts';
import type { ContactSource } from '../ports/contact-source.ts';
import { createRowChoice, type ImportReport, type ReportOptions } from './import-report.ts';

/**
 * Makes what says the same as JSON, one value on standard output: the rows, written as they come so that none is held, then
 * `counts`, `left` (rows that are not shown), `isStopped` and `isBroken`. Where it fails before the first row, nothing is written.
 */
export function createJsonImportReport(source: ContactSource, options: ReportOptions): ImportReport {
  const { stdout } = process;
  const choice = createRowChoice(options);
  let isBegun = false;

  function begin(): void {
    const about = { place: source.place, isDry: options.isDry };
    stdout.write(`${JSON.stringify(about).slice(0, -1)},"rows":[`);
    isBegun = true;
  }

  function end(rest: Readonly<Record<string, unknown>>): void {
    if (!isBegun) begin();
    stdout.write(`\n],${JSON.stringify({ left: choice.left(), ...rest }).slice(1)}\n`);
  }

  return {
    row(row) {
      if (!choice.isShown(row)) return;
      const separator = isBegun ? ',' : '';
      if (!isBegun) begin();
      stdout.write(`${separator}\n${JSON.stringify(toJson(row))}`);
    },
    progress: () => undefined,
    end: (counts, isStopped) => end({ counts, isStopped, isBroken: false }),
    breakOff() {
      if (isBegun) end({ counts: null, isStopped: false, isBroken: true });
    },
  };
}

function toJson({ address, before, ...row }: ImportedRow) {
  const shown = (one: string | undefined) => (one === undefined ? undefined : shortAddress(one));
  return { ...row, address: shown(address), before: shown(before) };
}
