import type { Logger } from '../log/log.ts';
import type { Clock } from '../ports/clock.ts';
import type { ContactChanges } from '../ports/contact-changes.ts';
import { createInvitationAddress, createToken, hashToken } from '../secrets/token.ts';

/** How long an invitation works, in milliseconds. */
export const INVITATION_MS = 7 * 24 * 60 * 60_000;

/** What making an invitation needs of the world. */
export interface MakeInvitationParts {
  readonly changes: Pick<ContactChanges, 'add'>;
  /** `public.url` of the config. */
  readonly publicUrl: string;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'info'>;
  /** Who asks for it, as the audit log shall name it, e.g. `command-line`. */
  readonly by: string;
}

/** An invitation to hand over. */
export interface MadeInvitation {
  /** Whole address with its secret: for the eyes of whoever hands it over, and for no log. */
  readonly address: string;
  /** How long it works, in milliseconds. */
  readonly lifetimeMs: number;
}

/**
 * Makes a link with which a person adds and confirms one contact of their account without signing in. It works once, for 7
 * days, and changes no password. An account may have several.
 *
 * @throws {StorageError}
 */
export async function makeInvitation(
  { id: userId, name: userName }: { readonly id: string; readonly name: string },
  { changes, publicUrl, clock, log, by }: MakeInvitationParts,
): Promise<MadeInvitation> {
  const token = createToken();
  const now = clock.now();
  const invitation = { kind: 'invitation', secretHash: hashToken(token), userId, userName } as const;
  await changes.add(
    { ...invitation, channel: undefined, address: undefined, expiresAt: now + INVITATION_MS },
    now,
  );
  log.info({ event: 'invitation-made', userId, userName, by });
  return { address: createInvitationAddress(publicUrl, token), lifetimeMs: INVITATION_MS };
}
