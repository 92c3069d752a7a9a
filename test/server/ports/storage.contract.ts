import { describe } from 'vitest';
import type { Storage } from '../../../server/ports/storage.ts';
import { testAccountSessions } from './account-sessions.contract.ts';
import { testAudit } from './audit.contract.ts';
import { testCampaigns } from './campaigns.contract.ts';
import { testContactChanges } from './contact-changes.contract.ts';
import { testContactStates } from './contact-states.contract.ts';
import { testContacts } from './contacts.contract.ts';
import { testGivenUpQueues } from './given-up-queues.contract.ts';
import { testLimits } from './limits.contract.ts';
import { testMessageBounds } from './message-bounds.contract.ts';
import { testMessageContacts } from './message-contacts.contract.ts';
import { testMovingMessages } from './moving-messages.contract.ts';
import { testOldRows } from './old-rows.contract.ts';
import { testOutboxStore } from './outbox-store.contract.ts';
import { testPlaces } from './places.contract.ts';
import { testPreferences } from './preferences.contract.ts';
import { testResetCodes } from './reset-codes.contract.ts';
import { testResetLinks } from './reset-links.contract.ts';
import { testSecrets } from './secrets.contract.ts';
import { testSettings } from './settings.contract.ts';
import { testSpending } from './spending.contract.ts';
import { testUnconfirmedMessages } from './unconfirmed-messages.contract.ts';

/** Everything a storage keeps, port by port. `open` gives an empty one that is closed after the running test. */
export function testStorage(open: () => Promise<Storage>): void {
  describe('Contacts', () => testContacts(async () => (await open()).contacts));
  describe('Contacts, about what is known of them', () =>
    testContactStates(async () => (await open()).contacts));
  describe('ContactChanges', () => testContactChanges(async () => (await open()).contactChanges));
  describe('AccountSessions', () => testAccountSessions(async () => (await open()).accountSessions));
  describe('Preferences', () => testPreferences(async () => (await open()).preferences));
  describe('ResetLinks', () => testResetLinks(async () => (await open()).links));
  describe('ResetLinks, about secrets', () => testSecrets(async () => (await open()).links));
  describe('ResetCodes', () => testResetCodes(open));
  describe('OutboxStore', () => testOutboxStore(async () => (await open()).outbox));
  describe('OutboxStore, about lanes', () => testGivenUpQueues(async () => (await open()).outbox));
  describe('OutboxStore, about what may have arrived', () =>
    testUnconfirmedMessages(async () => (await open()).outbox));
  describe('Campaigns', () => testCampaigns(open));
  describe('Limits', () => testLimits(async () => (await open()).limits));
  describe('Places', () => testPlaces(async () => (await open()).places));
  describe('Audit', () => testAudit(async () => (await open()).audit));
  describe('Settings', () => testSettings(async () => (await open()).settings));
  describe('a link that is spent', () => testSpending(open));
  describe('how many messages there may be', () => testMessageBounds(open));
  describe('messages and their contacts', () => testMessageContacts(open));
  describe('messages that go on to another contact', () => testMovingMessages(open));
  describe('old rows', () => testOldRows(open));
}
