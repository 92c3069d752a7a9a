import { createHomeNetwork } from '../../injector/addresses/networks.ts';
import type { ResetPort } from '../../injector/answers/reset-port.ts';
import type { Auditing } from '../audit/auditing.ts';
import { CHANNELS, createChannels } from '../channels/registry.ts';
import { METHODS } from '../config/methods.ts';
import type { ResetCounters } from '../health/reset-counters.ts';
import { createApp } from '../http/app.ts';
import { createWrongTokens } from '../http/wrong-tokens.ts';
import { connectJellyfin } from '../jellyfin/accounts.ts';
import { startPinFileRequests } from '../jellyfin/data-folder/pin-file-requests.ts';
import { createToldPinFiles } from '../jellyfin/data-folder/told-pin-files.ts';
import { createLoginThrottle } from '../login/login-throttle.ts';
import { createMessages, findBrokenTemplates } from '../messages/messages.ts';
import { createContactMessages } from '../outbox/contact-messages.ts';
import { createCodeDelivery } from '../outbox/deliver-code.ts';
import { CLOSE_GRACE_MS, createOutbox } from '../outbox/outbox.ts';
import type { Clock } from '../ports/clock.ts';
import type { Storage } from '../ports/storage.ts';
import {
  createMessageKey,
  createMessageSalt,
  createMessageSecrets,
  MESSAGE_SALT_SETTING,
} from '../secrets/message-secrets.ts';
import { createPinHash, createPinKey, PIN_KEY_SETTING } from '../secrets/pin.ts';
import { createResetCodeHash } from '../secrets/reset-code.ts';
import { createAccountAddress, createLinkAddress, hashToken } from '../secrets/token.ts';
import { startRetention } from '../storage/retention.ts';
import { createChoosePassword, forgiveAfterReset } from './choose-password.ts';
import { createExchangePin } from './exchange-pin.ts';
import { readCommonPasswords } from './password-rules.ts';
import { createProofs } from './proofs.ts';
import { createRequestLimits, createRequestReset } from './request-reset.ts';
import { createSecondChannel } from './second-channel.ts';
import { createSendCode } from './send-code.ts';
import type { ResetServiceParts } from './service-parts.ts';
import { createSessionEndingAccounts } from './session-ending-accounts.ts';

/** Whoever asked Jellyfin itself is not known; all of them have one allowance together. */
const JELLYFIN_ITSELF = { clientAddress: '127.0.0.1', acceptLanguage: undefined };

/** What the parts are put together over. */
export interface Composing {
  readonly storage: Storage;
  readonly counters: ResetCounters;
  readonly auditing: Auditing;
  readonly clock: Clock;
}

/** The parts at work. */
export interface ComposedReset extends ResetPort {
  readonly redeemPin: NonNullable<ResetPort['redeemPin']>;
  /** Rows that wait and were given up, and since when the oldest waits. */
  count(): Promise<
    Awaited<ReturnType<Storage['outbox']['countOpen']>> & { readonly oldestAt: number | undefined }
  >;
  /** As `RunningResetService.endWork`. */
  endWork(graceMs?: number): Promise<void>;
  /** Lets a message and a change that are under way end, for up to 10 s, and closes the storage. */
  close(): Promise<void>;
}

/**
 * Puts the parts of the reset service together over an open storage, and starts its outbox.
 *
 * @throws {StorageError} when the storage cannot be read; it is left open.
 */
export async function composeReset(parts: ResetServiceParts, composing: Composing): Promise<ComposedReset> {
  const { log, reset } = parts;
  const { auditing, clock, storage, counters } = composing;
  const hashPin = createPinHash(await storage.settings.getOrCreate(PIN_KEY_SETTING, createPinKey));
  const messageSalt = await storage.settings.getOrCreate(MESSAGE_SALT_SETTING, createMessageSalt);
  auditing.open(storage.audit);
  const mayBeAdministrator = reset.administrators !== 'never';
  const toldPinFiles = createToldPinFiles(storage.limits, clock);
  const { lockouts, standings, isOurPinFile, ...connected } = connectJellyfin({
    toldPinFiles,
    ...{ url: parts.jellyfinUrl, ca: parts.jellyfinCa, apiKey: reset.apiKey, dataFolder: parts.dataFolder },
    ...{ mayBeAdministrator, endsSessions: reset.endSessions },
    loginThrottle: parts.loginThrottle,
    ...{ contacts: storage.contacts, clock, log },
  });
  const accounts = createSessionEndingAccounts(connected.accounts, storage.accountSessions, log);
  // Without a key they hang on what the channels are set up with: another process makes the same of them.
  const contactSecret = reset.apiKey ?? JSON.stringify(reset.channels);
  const contactSecrets = createMessageSecrets(createMessageKey(messageSalt, contactSecret));
  const messageKey = createMessageKey(messageSalt, reset.apiKey);
  const channels = (await createChannels({ ...reset, log }, parts.channels)).map(counters.counting);
  const messages = createMessages(reset.messages.files);
  for (const problem of findBrokenTemplates(reset.messages))
    log.warn({ event: 'message-template-broken', problem });
  const outbox = createOutbox({
    accounts,
    channels,
    clock,
    log,
    contacts: storage.contacts,
    links: storage.links,
    limits: storage.limits,
    store: storage.outbox,
    campaign: { campaigns: storage.campaigns, settings: storage.settings },
    preferences: storage.preferences,
    unverified: reset.contacts.unverified,
    delivery: reset.contacts.delivery,
    hashPin,
    messages,
    secrets: createMessageSecrets(messageKey),
    contactMessages: createContactMessages({
      ...{ accounts, changes: storage.contactChanges, secrets: contactSecrets, clock },
      ...{ messages, publicUrl: reset.publicUrl },
    }),
    method: reset.method,
    administrators: reset.administrators,
    externalAccounts: reset.externalAccounts,
    publicUrl: reset.publicUrl,
    linkLifetimeMs: reset.linkLifetimeMs,
    ...reset.limits,
  });
  const { when: proofOfWork, hashes } = reset.proofOfWork;
  const requestLimits = createRequestLimits(storage.limits, { ...reset.limits, proofOfWork }, clock);
  const proofs = await createProofs({ settings: storage.settings, limits: storage.limits, clock, hashes });
  const requestReset = createRequestReset({
    store: storage.outbox,
    limits: requestLimits,
    proofs,
    onRequest: counters.asked,
    wake: outbox.wake,
    language: reset.language,
    ...{ clock, log },
  });
  const pinFileRequests =
    parts.dataFolder === undefined || parts.watchDataFolder === 'off'
      ? undefined
      : startPinFileRequests({
          wish: parts.dataFolder,
          mode: parts.watchDataFolder ?? 'auto',
          told: toldPinFiles,
          isOurs: isOurPinFile,
          ask: (enteredName) => requestReset.requestReset({ ...JELLYFIN_ITSELF, enteredName }, 'pin-file'),
          ...{ clock, log },
        });
  const common = readCommonPasswords();
  const login =
    parts.loginThrottle &&
    createLoginThrottle({
      limits: storage.limits,
      places: storage.places,
      lockouts,
      settings: parts.loginThrottle,
      isHome: createHomeNetwork(),
      ...{ clock, log },
    });
  const hashCode = createResetCodeHash(messageKey);
  const secondChannel =
    reset.administrators === 'second-channel'
      ? createSecondChannel({ accounts, codes: storage.resetCodes, hashCode, clock })
      : undefined;
  const choosePassword = createChoosePassword({
    accounts,
    secondChannel,
    clock,
    hashToken,
    log,
    common: common.set,
    links: storage.links,
    notices: outbox,
    rules: reset.password,
    language: reset.language,
    externalAccounts: reset.externalAccounts,
  });
  const exchangePin = createExchangePin({
    links: storage.links,
    limits: storage.limits,
    hashPin,
    clock,
    log,
  });
  const wrongTokens = createWrongTokens(storage.limits, clock, log);
  const ending = new AbortController();
  const account = await parts.composeAccount?.({
    ...{ ...parts, storage, accounts, channels, login, wrongTokens, clock },
    ...{ definitions: parts.channels, secrets: contactSecrets, messages },
    ...{ notices: outbox, wake: outbox.wake, common: common.set, ending: ending.signal },
    settleEvents: auditing.settle,
  });
  const app = createApp({
    choosePassword:
      login === undefined
        ? choosePassword
        : forgiveAfterReset({ choosePassword, links: storage.links, accounts, throttle: login, clock }),
    sendCode: createSendCode({
      ...{ secondChannel, hashCode, requestLimits, proofs, clock, log },
      ...{ links: storage.links, codes: storage.resetCodes, limits: storage.limits },
      delivery: createCodeDelivery({
        ...{ accounts, channels, messages, log, definitions: parts.channels ?? CHANNELS },
        ...{ contacts: storage.contacts, preferences: storage.preferences, language: reset.language },
      }),
    }),
    exchangePin,
    log,
    requestAnswer: METHODS[reset.method].secret === 'pin' ? { holds: 'pin' } : {},
    requestReset,
    ...{ wrongTokens, account: account?.routes, accountAddress: createAccountAddress(reset.publicUrl) },
    adminRoutes: parts.composeAdmin?.({
      ...{ ...parts, storage, accounts, lockouts, standings, channels, clock, wake: outbox.wake },
      ...{ definitions: parts.channels, hasDataFolder: parts.dataFolder !== undefined },
      ...{ sessions: account?.sessions, invitations: account?.invitations },
    }),
    uiFolder: parts.uiFolder,
    commonPasswordsText: common.text,
  });
  const retention = startRetention({ storage, clock, log, auditDays: reset.auditDays });
  outbox.start();
  return {
    login,
    answer: (request, response) => app(request, response),
    requestReset: requestReset.requestReset,
    async redeemPin(attempt) {
      const outcome = await exchangePin.exchange(attempt);
      if (outcome.kind !== 'accepted') return outcome;
      const { userName, token } = outcome;
      return { kind: 'accepted', userName, chooseUrl: createLinkAddress(reset.publicUrl, token) };
    },
    count: async () => ({
      ...(await storage.outbox.countOpen()),
      oldestAt: await storage.outbox.oldestAt(),
    }),
    async endWork(graceMs) {
      ending.abort();
      retention.stop();
      await pinFileRequests?.close();
      await outbox.close(graceMs);
    },
    async close() {
      // Before what may take seconds: of two that receive one bot's messages, Telegram refuses one.
      ending.abort();
      retention.stop();
      await pinFileRequests?.close();
      // Before the outbox, which has to keep their notices.
      await choosePassword.waitUntilIdle(CLOSE_GRACE_MS);
      await outbox.close();
      for (const channel of channels) channel.close();
      await auditing.close();
      await storage.close();
    },
  };
}
