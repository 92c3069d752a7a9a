/**
 * A file cannot be used. Its message is the end of a sentence that begins with the file's name: what is wrong and the fix.
 */
export class FileFaultError extends Error {
  override readonly name = 'FileFaultError';
  /** Whether it may be otherwise soon without anybody doing anything, as with a server that is away. */
  readonly isPassing: boolean;

  constructor(message: string, isPassing = false) {
    super(message);
    this.isPassing = isPassing;
  }
}
