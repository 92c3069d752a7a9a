import { StorageError, type StorageErrorCode } from '../../ports/storage.ts';

interface Known {
  readonly code: StorageErrorCode;
  /** The rest of a sentence that begins with the place. */
  readonly sentence: string;
}

const AWAY: Known = {
  code: 'storage-unreachable',
  sentence: 'cannot be reached; start it, or correct storage; Gatehouse tries again by itself',
};
const REFUSED: Known = {
  code: 'storage-refused',
  sentence: 'refuses our user name or password; correct storage, or pg_hba.conf of the server',
};
const BUSY: Known = { code: 'storage-busy', sentence: 'is too busy at the moment; look at what holds it up' };
const FORBIDDEN: Known = {
  code: 'storage-not-writable',
  sentence: 'does not let us write; give our user the database, or its schema: ALTER SCHEMA … OWNER TO …',
};
const NO_TLS: Known = {
  code: 'storage-refused',
  sentence:
    'speaks no TLS, or its certificate is not to be trusted; correct sslmode and sslrootcert in storage',
};

/** What we know a fix for, by SQLSTATE. Source: PostgreSQL 17 manual, appendix A. */
const BY_STATE: readonly { readonly state: RegExp; readonly known: Known }[] = [
  { state: /^28/, known: REFUSED },
  {
    state: /^3D000$/,
    known: { code: 'storage-missing', sentence: 'has no such database; make it: CREATE DATABASE …' },
  },
  { state: /^(42501|25006)$/, known: FORBIDDEN },
  {
    state: /^53100$/,
    known: {
      code: 'storage-full',
      sentence: 'cannot grow: its disk is full; free some space, nothing else is needed',
    },
  },
  { state: /^(53|55P03|57014|40)/, known: BUSY },
  { state: /^(08|57P)/, known: AWAY },
  {
    state: /^XX00[12]$/,
    known: {
      code: 'storage-corrupt',
      sentence: 'is damaged; keep a copy of its files and restore a dump into a new database',
    },
  },
];

/** By Node's code of a failed connection. */
const BY_CODE: readonly { readonly code: RegExp; readonly known: Known }[] = [
  { code: /^(E(CONN|NOTFOUND|HOST|NET|TIMEDOUT|PIPE|AI_)|ENOENT)/, known: AWAY },
  { code: /^(ERR_TLS_|ERR_SSL_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|CERT_)/, known: NO_TLS },
];

/** By the words of pg, which has no codes of its own. */
const BY_WORDS: readonly { readonly words: RegExp; readonly known: Known }[] = [
  { words: /does not support SSL|SSL/, known: NO_TLS },
  { words: /password must be a string|no pg_hba|SASL/, known: REFUSED },
  { words: /connect|terminated|closed|ended|timeout/i, known: AWAY },
];

/**
 * Turns whatever pg threw into a StorageError that names the place and the fix. Of its cause only code and sentence
 * are kept: a database error may quote rows.
 */
export function toStorageError(error: unknown, place: string): unknown {
  if (error instanceof StorageError || !(error instanceof Error)) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const known = find(code, error.message);
  const cause = new Error(code === undefined ? error.message : `${code}: ${error.message}`);
  if (known !== undefined) return new StorageError(known.code, `Storage ${place} ${known.sentence}.`, cause);
  return new StorageError('storage-failed', `Storage ${place} failed: ${error.message}.`, cause);
}

/** Whether the way to the server is broken, so that nothing more can be said over this connection. */
export function isAway(error: unknown): boolean {
  const told = toStorageError(error, '');
  return told instanceof StorageError && told.code === AWAY.code;
}

/** Whether the server did not answer in time, which costs whoever asks that time. Told by pg in words only. */
export function isSilence(error: unknown): boolean {
  return error instanceof Error && !('code' in error) && /timeout/i.test(error.message);
}

function find(code: string | undefined, message: string): Known | undefined {
  const isState = code !== undefined && /^[0-9A-Z]{5}$/.test(code) && !code.startsWith('E');
  if (isState) return BY_STATE.find(({ state }) => state.test(code))?.known;
  if (code !== undefined) return BY_CODE.find((one) => one.code.test(code))?.known;
  return BY_WORDS.find(({ words }) => words.test(message))?.known;
}
