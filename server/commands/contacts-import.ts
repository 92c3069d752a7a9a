import { readFile } from 'node:fs/promises';
import { defineCommand } from 'citty';
import { type ImportResult, importCsv } from '../contacts/import-csv.ts';
import { atWork } from './contacts-workplace.ts';
import { configOption } from './options.ts';
import { withPlainErrors } from './plain-errors.ts';
import { takeWord } from './words.ts';

const UNPROVED =
  'without jellyfin.apiKey Jellyfin does not tell whether there are users of these names; see that they are spelt so there';

/** `gatehouse contacts import FILE.csv`: imports many addresses; exit code 1 when a line could not be. */
export const contactsImportCommand = defineCommand({
  meta: { name: 'import', description: 'Import addresses from a CSV file with the headings name and email.' },
  args: {
    file: { type: 'positional', required: false, valueHint: 'FILE.csv', description: 'The CSV file.' },
    ...configOption,
  },
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      const file = takeWord(rawArgs, configOption, 'FILE.csv');
      const bytes = await readFile(file).catch((error: unknown) => {
        throw new Error(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
      });
      await atWork(args.config, async ({ contacts, askForPeople }) => {
        const people = await askForPeople();
        const result = await importCsv(bytes, { people, contacts });
        for (const { line, message } of result.problems)
          process.stderr.write(`${file}:${line}: ${message}\n`);
        process.stdout.write(`${summarise(result)}\n`);
        if (people.provesNames === false) process.stderr.write(`${UNPROVED}\n`);
        if (result.problems.length > 0) process.exitCode = 1;
      });
    }),
});

function summarise({ added, changed, unchanged, problems }: ImportResult): string {
  const failed = problems.length === 0 ? 'no problems' : `${problems.length} not imported`;
  return `${added} added, ${changed} changed, ${unchanged} as before, ${failed}`;
}
