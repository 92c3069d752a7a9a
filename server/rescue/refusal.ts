/** Why a rescue is not done. */
export type RefusalCode =
  | 'not-found'
  | 'several'
  | 'no-file'
  | 'network-file-system'
  | 'foreign-owner'
  | 'not-writable'
  | 'unknown-schema'
  | 'damaged'
  | 'unclean'
  | 'no-room'
  | 'in-use'
  | 'no-way'
  | 'no-user'
  | 'server-refused';

/** Nothing was done, or everything is as it was before. The message says what is wrong, with what, and what to do about it. */
export class RescueRefusal extends Error {
  override readonly name = 'RescueRefusal';
  readonly code: RefusalCode;

  constructor(code: RefusalCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

/** The system's code of an error, such as `ENOENT`; undefined where it has none. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
