/** Nothing was done, or everything is as it was before. The message says what is wrong, with what, and what to do about it. */
export class RescueRefusal extends Error {
  override readonly name = 'RescueRefusal';

  constructor(message: string, cause?: unknown) {
    super(message, { cause });
  }
}
