import type { Router } from 'express';
import { createAuditedContacts } from '../../audit/auditing.ts';
import { CHANNELS } from '../../channels/registry.ts';
import { METHODS } from '../../config/methods.ts';
import { createAskForPeople } from '../../contacts/ask-for-people.ts';
import { createAdminRoutes } from '../../http/routes/admin.ts';
import { createSignInLimits } from '../../login/sign-in-limits.ts';
import { createPersonMessages } from '../../outbox/person-messages.ts';
import { MOST_LIVE_SECRETS } from '../../outbox/write-message.ts';
import { NO_ADMINISTRATORS } from '../../ports/admin-sessions.ts';
import type { Invitations } from '../../ports/invitations.ts';
import { createLanguageFor, createLanguagesOf } from '../../ports/preferences.ts';
import type { AdminParts } from '../../reset/admin-parts.ts';
import { createConfirmationCalls } from './confirmation-calls.ts';
import { toAdminFailure } from './failures.ts';
import { createPeopleCalls } from './people-calls.ts';
import { createUpkeepCalls } from './upkeep-calls.ts';
import type { AdminWorld, ListedMod } from './world.ts';

/** What the admin API is told by whoever runs the reset service. */
export interface AdminApiSettings {
  /** The mods of the configuration in force. @default none */
  readonly listMods?: () => Promise<readonly ListedMod[]>;
}

const NO_INVITATIONS: Invitations = {
  make: () => Promise.reject(new Error('no invitations are made here')),
};

/** Puts the admin API together: what `createApp` mounts. */
export function createAdminApi(parts: AdminParts, admin: AdminApiSettings = {}): Router {
  const { storage, lockouts, reset, loginThrottle, clock, log } = parts;
  const { contacts, limits, links, outbox, preferences } = storage;
  const definitions = parts.definitions ?? CHANNELS;
  const languageFor = createLanguageFor(preferences, reset.language);
  const world: AdminWorld = {
    ...{ storage, clock, log, reset, wake: parts.wake },
    ...{ accounts: parts.accounts, standings: parts.standings },
    contactsBy: (by) => createAuditedContacts(contacts, log, by),
    askForPeople: createAskForPeople({
      url: parts.jellyfinUrl,
      ca: parts.jellyfinCa,
      apiKey: reset.apiKey,
      hasDataFolder: parts.hasDataFolder,
      contacts,
    }),
    administrators: reset.administrators,
    unverified: reset.contacts.unverified,
    channels: parts.channels.flatMap((channel) => {
      const definition = definitions.find(({ name }) => name === channel.name);
      return definition === undefined ? [] : [{ channel, definition }];
    }),
    kind: METHODS[reset.method].message,
    mostLive: MOST_LIVE_SECRETS,
    languageOf: (userId) => languageFor(userId, undefined),
    languagesOf: createLanguagesOf(preferences, reset.language),
    invitations: parts.invitations ?? NO_INVITATIONS,
    messages: createPersonMessages({ limits, links, store: outbox, allowances: reset.limits, clock }),
    signIns: loginThrottle && createSignInLimits({ limits, lockouts, settings: loginThrottle, clock }),
    listMods: admin.listMods ?? (async () => []),
  };
  return createAdminRoutes({
    sessions: parts.sessions ?? NO_ADMINISTRATORS,
    handlers: {
      ...createPeopleCalls(world),
      ...createConfirmationCalls(world),
      ...createUpkeepCalls(world),
    },
    translate: toAdminFailure,
    ...{ limits, clock, log },
  });
}
