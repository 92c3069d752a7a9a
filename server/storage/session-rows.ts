import type { AccountSession, SessionLife } from '../ports/account-sessions.ts';
import { CLOCK_SKEW_MS, integer, optionalText, type Row, text } from './rows.ts';

/** Reads a row of the account_sessions table. */
export function toAccountSession(row: Row): AccountSession {
  return {
    userId: text(row, 'user_id'),
    userName: text(row, 'user_name'),
    createdAt: integer(row, 'created_at'),
    lastSeenAt: integer(row, 'last_seen_at'),
    sealedToken: optionalText(row, 'sealed_token'),
  };
}

/** When a session ends that is used at that time. */
export function sessionEnd(createdAt: number, seenAt: number, { idleMs, maxMs }: SessionLife): number {
  return Math.min(createdAt + maxMs, seenAt + idleMs);
}

/** Whether a session is not over; one that was used at a time to come would outlast its idle time. */
export function isSessionLive(session: AccountSession, now: number, life: SessionLife): boolean {
  const { createdAt, lastSeenAt } = session;
  return lastSeenAt <= now + CLOCK_SKEW_MS && now < sessionEnd(createdAt, lastSeenAt, life);
}
