import type { Log } from '../../injector/kit/log.ts';
import type { AccountSessions } from './account-sessions.ts';
import type { Audit } from './audit.ts';
import type { Campaigns } from './campaigns.ts';
import type { ContactChanges } from './contact-changes.ts';
import type { ChannelName, ContactState, Contacts } from './contacts.ts';
import type { Limits } from './limits.ts';
import type { OutboxStore } from './outbox-store.ts';
import type { Places } from './places.ts';
import type { Preferences } from './preferences.ts';
import type { ResetCodes } from './reset-codes.ts';
import type { ResetLinks } from './reset-links.ts';
import type { Settings } from './settings.ts';

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

/** From before when rows are old, by what they are. */
export interface RetentionAges {
  /** Limits whose window ended before are forgotten. */
  readonly now: number;
  /** For ended outbox rows and dead secrets. */
  readonly endedBefore: number;
  readonly auditBefore: number;
}

/** Where a storage tells what it does by itself. */
export type StorageLog = Pick<Log, 'info' | 'warn'>;

/** Everything the reset service keeps. */
export interface Storage {
  readonly contacts: Contacts;
  readonly contactChanges: ContactChanges;
  readonly accountSessions: AccountSessions;
  readonly preferences: Preferences;
  readonly links: ResetLinks;
  readonly resetCodes: ResetCodes;
  readonly outbox: OutboxStore;
  readonly campaigns: Campaigns;
  readonly limits: Limits;
  readonly places: Places;
  readonly audit: Audit;
  readonly settings: Settings;
  /** Removes rows nobody can use any more; answers how many went. */
  removeOld(ages: RetentionAges): Promise<number>;
  /** Closes it; what is under way ends first. Idempotent, never throws. */
  close(): Promise<void>;
}

/** What is known of a contact, but for its address. */
export interface ContactMark {
  /** The id of its account. */
  readonly userId: string;
  readonly channel: ChannelName;
  /** `unverified` in a database of before contacts were proved. */
  readonly state: ContactState;
}

/** What there is where `storage:` points. */
export interface StorageStatus {
  /** False when it will be made at the first start. */
  readonly isMade: boolean;
  readonly contacts: readonly ContactMark[];
}
