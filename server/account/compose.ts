import { hkdfSync } from 'node:crypto';
import { createHomeNetwork } from '../../injector/addresses/networks.ts';
import { CHANNELS } from '../channels/registry.ts';
import { readSessionCookie, wayOf } from '../http/account-cookie.ts';
import type { AccountUseCases } from '../http/account-use-cases.ts';
import { createAccountRoutes } from '../http/routes/account.ts';
import { createAccountAccess } from '../jellyfin/account-access.ts';
import { createContactNotices } from '../outbox/contact-messages.ts';
import { createLanguageFor } from '../ports/preferences.ts';
import { qrSvg } from '../qr/qr-code.ts';
import type { ComposeAccount } from '../reset/account-parts.ts';
import { ACCOUNT_KEY_SETTING, createAccountKey, createContactCodeHash } from '../secrets/contact-code.ts';
import { createAccountLimits } from './account-limits.ts';
import { createAdminSessions } from './admin-sessions.ts';
import { createAnswerBot } from './answer-bot.ts';
import { createAskAboutServer } from './ask-about-server.ts';
import { createChangePassword } from './change-password.ts';
import { createConfirmAddress } from './confirm-address.ts';
import { createConnectContact, createSignInState } from './connect-contact.ts';
import { createEndAccess } from './end-access.ts';
import { createKeepContact } from './keep-contact.ts';
import { createInvitations } from './make-invitation.ts';
import { createOwnContacts } from './manage-own-contacts.ts';
import { createProveContact } from './prove-contact.ts';
import { createProvePassword, createTryPassword } from './prove-password.ts';
import { createServerChannels } from './server-channels.ts';
import { createSessions, type OpenSession } from './sessions.ts';
import { createSignIn } from './sign-in.ts';
import { createSignOutDevices } from './sign-out-devices.ts';
import { createUndoChange } from './undo-change.ts';
import { createUseInvitation } from './use-invitation.ts';
import { createViewAccount } from './view-account.ts';

function readCookie(request: Parameters<typeof wayOf>[0]): string | undefined {
  const way = wayOf(request);
  return way === undefined ? undefined : readSessionCookie(request, way);
}

/**
 * Puts My Account together over an open storage, and has bots listen to people.
 *
 * @throws {StorageError} when the storage cannot be read.
 */
export const composeAccount: ComposeAccount = async (parts) => {
  const { storage, reset, accounts, secrets, login, wake, wrongTokens, clock, log } = parts;
  const { contacts, contactChanges: changes, preferences, audit } = storage;
  const key = await storage.settings.getOrCreate(ACCOUNT_KEY_SETTING, createAccountKey);
  const hashes = createContactCodeHash(key);
  const limits = createAccountLimits(storage.limits, clock);
  const access = createAccountAccess({
    ...{ url: parts.jellyfinUrl, ca: parts.jellyfinCa, apiKey: reset.apiKey },
    ...{ accounts, clock, log },
  });
  const channels = createServerChannels(parts.channels, parts.definitions ?? CHANNELS);
  const sessions = createSessions({ store: storage.accountSessions, access, limits, clock });
  const tryPassword = createTryPassword(access, login);
  const provePassword = createProvePassword(tryPassword, access);
  const languageFor = createLanguageFor(preferences, reset.language);
  const notices = createContactNotices({
    ...{ store: storage.outbox, contacts, changes, channels: parts.channels, secrets, wake, clock },
  });
  const keepContact = createKeepContact({ contacts, notices, clock, log });
  const keyFor = (use: string): Buffer => Buffer.from(hkdfSync('sha256', key, '', use, 32));
  const state = createSignInState(keyFor('gatehouse: sign-ins at a service'));
  const proveContact = createProveContact({
    ...{ state, channels, changes, hashes, limits, accounts, clock, log },
    ...{ messages: parts.messages, qr: qrSvg },
  });
  const rules = reset.password;
  // What somebody has just done must stand in their list.
  const settled: Pick<typeof audit, 'list'> = {
    async list(query) {
      await parts.settleEvents?.();
      return audit.list(query);
    },
  };
  const view = createViewAccount({
    ...{ contacts, changes, preferences, audit: settled, accounts, access, channels, rules, clock },
    isHome: createHomeNetwork(),
  });
  const links = { changes, wrongTokens, clock };
  const endAccess = createEndAccess({ sessions: storage.accountSessions, access, log });
  const use: AccountUseCases = {
    findSession: sessions.find,
    signOut: sessions.end,
    // Whoever is signed in was found by `findSession`.
    view: ({ session }) => view(session as OpenSession),
    ...createSignIn({
      ...{ sessions, access, tryPassword, limits, clock, log },
      attemptKey: keyFor('gatehouse: tries of Quick Connect'),
      ...(parts.refusedMs === undefined ? {} : { refusedMs: parts.refusedMs }),
    }),
    ...createAskAboutServer({ channels, access, contacts, limits }),
    ...createOwnContacts({
      ...{ provePassword, proveContact, keepContact, contacts, preferences, languageFor, limits },
    }),
    connectContact: createConnectContact({
      ...{ channels, changes, state, keepContact, languageFor, limits, clock, log },
    }),
    changePassword: createChangePassword({
      ...{ accounts, provePassword, notices: parts.notices, rules, common: parts.common, languageFor, log },
      externalAccounts: reset.externalAccounts,
    }),
    signOutDevices: createSignOutDevices(access, log),
    ...createUndoChange({ ...links, channels, contacts, accounts, endAccess, log }),
    ...createConfirmAddress({ ...links, channels, contacts, accounts, log }),
    ...createUseInvitation({
      ...{ ...links, contacts, channels, proveContact, keepContact, accounts, languageFor, limits },
    }),
  };
  for (const one of channels.all) {
    const bot = { changes, hashes, contacts, keepContact, accounts, languageFor, limits, clock, log };
    one.channel.bot?.receive(createAnswerBot(one, { ...bot, language: reset.language }), parts.ending);
  }
  return {
    routes: createAccountRoutes(use),
    sessions: createAdminSessions({ sessions, accounts, readCookie, clock }),
    invitations: createInvitations({
      ...{ changes, publicUrl: reset.publicUrl, clock, log, by: 'admin-api' },
    }),
  };
};
