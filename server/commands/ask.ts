import { createInterface } from 'node:readline/promises';
import { type Readable, Writable } from 'node:stream';

/** Where questions go and answers come from; standard error, so that what a command answers can be piped. */
export interface Terminal {
  readonly input: Readable;
  readonly output: Writable;
}

/**
 * Asks for a line.
 *
 * @param words What the Tab key completes to.
 * @returns Undefined when the input ends before, as at Ctrl-D or Ctrl-C.
 */
export async function ask(
  { input, output }: Terminal,
  question: string,
  words: readonly string[] = [],
): Promise<string | undefined> {
  const completer = (line: string): [string[], string] => [
    words.filter((word) => word.toLowerCase().startsWith(line.toLowerCase())),
    line,
  ];
  const terminal = 'isTTY' in input && input.isTTY === true;
  return await askOnce(createInterface({ input, output, terminal, completer }), question);
}

/** Asks for a line that is not shown while it is typed; as {@link ask} otherwise. */
export async function askHidden({ input, output }: Terminal, question: string): Promise<string | undefined> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  // Before the question: whoever, or whatever, answers it at once must not be shown either.
  const asking = createInterface({ input, output: nowhere, terminal: true });
  output.write(question);
  const typed = await askOnce(asking, '');
  output.write('\n');
  return typed;
}

async function askOnce(
  asking: ReturnType<typeof createInterface>,
  question: string,
): Promise<string | undefined> {
  try {
    const ended = new Promise<undefined>((resolve) => {
      asking.once('close', () => resolve(undefined));
      asking.once('SIGINT', () => asking.close());
    });
    return await Promise.race([asking.question(question).catch(() => undefined), ended]);
  } finally {
    asking.close();
  }
}
