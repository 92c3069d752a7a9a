import { PassThrough, Writable } from 'node:stream';
import { describe, expect, test, vi } from 'vitest';
import { ask, askHidden } from '../../../server/commands/ask.ts';

/** A terminal, and everything that it shows. */
function makeTerminal() {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => input });
  const output = new PassThrough();
  return { input, output, shown: () => String(output.read() ?? '') };
}

describe('a question', () => {
  test('is answered by a line', async () => {
    const terminal = makeTerminal();
    const answer = ask(terminal, 'Go on? ');
    terminal.input.write('yes\n');
    expect(await answer).toBe('yes');
    expect(terminal.shown()).toContain('Go on? ');
  });

  test('completes names by the Tab key, whatever the letter case', async () => {
    const terminal = makeTerminal();
    const answer = ask(terminal, 'Whom? ', ['Boss', 'alice']);
    terminal.input.write('bo');
    // Apart: what comes in one piece is taken for pasted.
    setImmediate(() => terminal.input.write('\t'));
    let shown = '';
    await vi.waitFor(() => {
      shown += terminal.shown();
      expect(shown).toContain('Boss');
    });
    terminal.input.write('\n');
    expect(await answer).toBe('Boss');
  });

  test.each([
    ['Ctrl-C', '\u0003'],
    ['Ctrl-D', '\u0004'],
  ])('has no answer at %s', async (_key, sign) => {
    const terminal = makeTerminal();
    const answer = askHidden(terminal, 'New password: ');
    terminal.input.write(sign);
    expect(await answer).toBeUndefined();
  });

  test('has no answer where the input ends', async () => {
    const terminal = makeTerminal();
    const answer = ask(terminal, 'Go on? ');
    terminal.input.end();
    expect(await answer).toBeUndefined();
  });

  test('for a password is shown after the terminal hides what is typed, for whoever answers at once', async () => {
    const order: unknown[] = [];
    const input = Object.assign(new PassThrough(), {
      isTTY: true,
      setRawMode(isRaw: boolean) {
        order.push(isRaw ? 'hidden' : 'shown');
        return input;
      },
    });
    const output = new Writable({
      write(chunk, _encoding, done) {
        order.push(String(chunk));
        done();
      },
    });
    const answer = askHidden({ input, output }, 'New password: ');
    input.write('secret\n');
    expect(await answer).toBe('secret');
    expect(order.slice(0, 2)).toEqual(['hidden', 'New password: ']);
  });

  test('for a password shows nothing of what is typed, and one can mend it', async () => {
    const terminal = makeTerminal();
    const answer = askHidden(terminal, 'New password: ');
    terminal.input.write('secrexx\u007f\u007ft-ü\n');
    expect(await answer).toBe('secret-ü');
    expect(terminal.shown()).toBe('New password: \n');
  });
});
