import type { ResetConfig } from '../config/reset-config.ts';
import type { AskForPeople } from '../contacts/people.ts';
import { UseCaseError } from '../errors/use-case-error.ts';
import type { Logger } from '../log/log.ts';
import type { Clock } from '../ports/clock.ts';
import type { ResetLinks } from '../ports/reset-links.ts';
import { createLinkAddress, createToken, hashToken } from '../secrets/token.ts';
import { findUser } from './find-user.ts';

/** What making a link needs of the world. */
export interface MakeLinkParts {
  readonly links: Pick<ResetLinks, 'add'>;
  /** Where the page of the link is and how long it works; undefined where no reset service is configured. */
  readonly reset: Pick<ResetConfig, 'publicUrl' | 'linkLifetimeMs'> | undefined;
  readonly askForPeople: AskForPeople;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'info'>;
  /** Who asks for it, as the audit log shall name it, e.g. `command-line`. */
  readonly by: string;
}

/** A link to hand over. */
export interface MadeLink {
  /** Whole address with its secret: for the eyes of whoever hands it over, and for no log. */
  readonly address: string;
  /** As Jellyfin spells it. */
  readonly userName: string;
  /** How long it works, in milliseconds. */
  readonly lifetimeMs: number;
}

/**
 * Makes a reset link for the administrator to hand over, for people no message reaches. The password stays the person's
 * own choice: none is taken and none is set. Source: OWASP O20; ASVS 5.0 6.4.6.
 *
 * @throws {UseCaseError} `reset-not-configured`, `user-unknown`.
 * @throws {JellyfinUnreachableError | StorageError}
 */
export async function makeLink(name: string, parts: MakeLinkParts): Promise<MadeLink> {
  const { reset, links, clock, log, by } = parts;
  if (reset === undefined) throw new UseCaseError('reset-not-configured');
  const { id: userId, name: userName } = findUser(await parts.askForPeople(), name);
  const token = createToken();
  const now = clock.now();
  const { publicUrl, linkLifetimeMs: lifetimeMs } = reset;
  // No message carries it: a number that no message has, so that no message's next try replaces it.
  await links.add({
    tokenHash: hashToken(token),
    userId,
    userName,
    outboxId: -now,
    expiresAt: now + lifetimeMs,
  });
  log.info({ event: 'link-made', userId, userName, by });
  return { address: createLinkAddress(publicUrl, token), userName, lifetimeMs };
}
