/** Something that happened to an account or to the reset service, for the administrator to read later. */
export interface AuditEntry {
  readonly at: number;
  /** Stable name, e.g. `password-changed`. */
  readonly event: string;
  readonly userId?: string | undefined;
  readonly userName?: string | undefined;
  readonly clientAddress?: string | undefined;
  readonly outcome?: string | undefined;
  /** Kept as JSON. No secrets, no whole addresses. */
  readonly details?: Readonly<Record<string, unknown>> | undefined;
}

/** An entry as it was kept. */
export interface KeptAuditEntry extends AuditEntry {
  /** Grows with time; what `before` of the next page takes. */
  readonly id: number;
}

/** The record of what happened. Every method rejects with a StorageError when the storage fails; callers log that and go on. */
export interface Audit {
  /** Keeps an entry durably. */
  add(entry: AuditEntry): Promise<void>;
  /** Keeps several in their order, all or none, with one wait for the disk. */
  addAll(entries: readonly AuditEntry[]): Promise<void>;
  /** The newest entries, newest first; those with an id below `before`, of one account. */
  list(query: {
    readonly limit: number;
    readonly before?: number | undefined;
    readonly userId?: string | undefined;
  }): Promise<readonly KeptAuditEntry[]>;
}
