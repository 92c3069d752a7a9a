import type { Logger } from '../log/log.ts';
import type { Clock } from '../ports/clock.ts';
import { type ContactChanges, INVITATION_MS } from '../ports/contact-changes.ts';
import type { Invitations } from '../ports/invitations.ts';
import { createInvitationAddress, createToken, hashToken } from '../secrets/token.ts';

/** What making invitations needs of the world. */
export interface InvitationsParts {
  readonly changes: Pick<ContactChanges, 'add'>;
  /** `public.url` of the config. */
  readonly publicUrl: string;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'info'>;
  /** Who asks for it, as the audit log shall name it, e.g. `command-line`. */
  readonly by: string;
}

/**
 * Makes what makes links with which a person adds and confirms one contact of their account without signing in. Each works once,
 * for 7 days, and changes no password.
 */
export function createInvitations({ changes, publicUrl, clock, log, by }: InvitationsParts): Invitations {
  return {
    async make(userId, userName) {
      const token = createToken();
      const now = clock.now();
      const expiresAt = now + INVITATION_MS;
      const invitation = { kind: 'invitation', secretHash: hashToken(token), userId, userName } as const;
      await changes.add({ ...invitation, channel: undefined, address: undefined, expiresAt }, now);
      log.info({ event: 'invitation-made', userId, userName, by });
      return { url: createInvitationAddress(publicUrl, token), expiresAt };
    },
  };
}
