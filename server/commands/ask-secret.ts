import { readText } from '../config/files.ts';
import { askHidden } from './ask.ts';
import { UsageError } from './plain-errors.ts';

/** Where a secret for one command may stand in the environment; `_FILE` behind it names a file that holds it. */
const VARIABLE = 'IMPORT_SECRET';

const MOST_BYTES = 64 * 1024;

/**
 * Asks for a secret of another program: it is what `IMPORT_SECRET` or the file of `IMPORT_SECRET_FILE` says, else what is typed
 * at a terminal, where it is not shown. Never from the command line, which every user of a machine can read.
 *
 * @param what What it is, e.g. `API key of Seerr`.
 * @throws {UsageError} where there is neither.
 */
export async function askSecret(what: string): Promise<string> {
  const { [VARIABLE]: said, [`${VARIABLE}_FILE`]: file } = process.env;
  if (said !== undefined && said !== '') return said;
  if (file !== undefined && file !== '') {
    const read = await readText(file, MOST_BYTES);
    if ('fault' in read)
      throw new UsageError(`${VARIABLE}_FILE names a file that ${read.fault.split('; make it', 1)[0]}`);
    return read.text.replace(/\r?\n$/, '');
  }
  if (!process.stdin.isTTY)
    throw new UsageError(
      `the ${what} is missing: put it into ${VARIABLE}, or its file into ${VARIABLE}_FILE`,
    );
  const terminal = { input: process.stdin, output: process.stderr };
  const typed = await askHidden(terminal, `${what.charAt(0).toUpperCase()}${what.slice(1)}: `);
  if (typed === undefined) throw new UsageError('nothing was typed');
  return typed;
}
