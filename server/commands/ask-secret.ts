import { once } from 'node:events';
import { readText } from '../config/files.ts';
import { UsageError } from './plain-errors.ts';

/** Where a secret for one command may stand in the environment; `_FILE` behind it names a file that holds it. */
const VARIABLE = 'IMPORT_SECRET';

const MOST_BYTES = 64 * 1024;

/** Ends the typing: Enter, or what sends it. */
const ENTER = /[\r\n]/;
const CTRL_C = '\u0003';
const CTRL_D = '\u0004';
const BACKSPACE = ['\b', '\u007f'];

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
  return typeHidden(`${what.charAt(0).toUpperCase()}${what.slice(1)}: `);
}

async function typeHidden(question: string): Promise<string> {
  const { stdin, stderr } = process;
  // Before the question: whoever, or whatever, answers it at once must not be shown either.
  stdin.setRawMode(true);
  stdin.setEncoding('utf8');
  stderr.write(question);
  let typed = '';
  try {
    for (;;) {
      const [keys]: string[] = await once(stdin, 'data');
      for (const key of keys ?? '') {
        if (key === CTRL_C || key === CTRL_D) throw new UsageError('nothing was typed');
        if (ENTER.test(key)) return typed;
        typed = BACKSPACE.includes(key) ? [...typed].slice(0, -1).join('') : `${typed}${key}`;
      }
    }
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
    stderr.write('\n');
  }
}
