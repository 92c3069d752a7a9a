/** What can be wrong with the storage; the message says which file and what to do. */
export type StorageErrorCode =
  | 'storage-busy'
  | 'storage-corrupt'
  | 'storage-failed'
  | 'storage-folder-missing'
  | 'storage-foreign'
  | 'storage-full'
  | 'storage-missing'
  | 'storage-newer'
  | 'storage-not-writable'
  | 'storage-refused'
  | 'storage-unreachable'
  | 'storage-unsupported';

/** The storage cannot be used, for now or until somebody acts. Its file is never deleted or replaced. */
export class StorageError extends Error {
  readonly code: StorageErrorCode;

  constructor(code: StorageErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'StorageError';
    this.code = code;
  }
}
