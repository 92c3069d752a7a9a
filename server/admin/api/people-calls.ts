import type { Person } from '../../contacts/people.ts';
import type { AdminAnswer, AdminHandlers, Asker } from '../../http/admin-calls.ts';
import { createCsvTextSource } from '../../imports/csv/csv-source.ts';
import { shortAddress } from '../../log/log.ts';
import type { KeptContact } from '../../ports/contacts.ts';
import { findUser } from '../find-user.ts';
import { importAddresses } from '../import-addresses.ts';
import { listPeople } from '../list-people.ts';
import { makeLink } from '../make-link.ts';
import { createManageContacts } from '../manage-contacts.ts';
import { clearLimits, showLimits } from '../person-limits.ts';
import { findReachable } from '../reachable-accounts.ts';
import { findResettable, sendReset } from '../send-reset.ts';
import { setContact, verifyContact } from '../set-contact.ts';
import { unlockAccount } from '../unlock-account.ts';
import type { AdminWorld } from './world.ts';

/** The calls that are about people. */
type PeopleCalls = Pick<
  AdminHandlers,
  | 'people/list'
  | 'resets/send'
  | 'resets/link'
  | 'accounts/unlock'
  | 'contacts/list'
  | 'contacts/set'
  | 'contacts/verify'
  | 'contacts/remove'
  | 'contacts/import'
  | 'invitations/make'
  | 'limits/show'
  | 'limits/clear'
>;

/** Makes what stands behind the calls about people. Addresses in answers are shortened, but for those of `contacts/list`. */
export function createPeopleCalls(world: AdminWorld): PeopleCalls {
  const { askForPeople, clock, storage } = world;
  const { audit, contacts, contactChanges, links, outbox } = storage;
  const limits = { contacts, audit, messages: world.messages, signIns: world.signIns };

  async function find(user: string, asker: Asker): Promise<Person> {
    const person = findUser(await askForPeople(), user);
    asker.note({ userId: person.id, userName: person.name });
    return person;
  }
  async function limitsOf(person: Person): Promise<AdminAnswer<'limits/show'>> {
    const { messages, signIns, failures } = await showLimits(person, limits);
    const { contacts: ofContacts, ...ofPerson } = messages;
    return { messages: ofPerson, contacts: [...ofContacts], signIns: [...signIns], strangers: failures };
  }

  return {
    async 'people/list'(query) {
      const page = await listPeople(query, { askForPeople, contacts, standings: world.standings });
      const people = page.people.map(({ userId, userName, contacts: ofPerson, standing }) => ({
        ...{ userId, userName, contacts: ofPerson.map(show) },
        standing: standing === undefined ? undefined : standingOf(standing),
      }));
      return { ...page, people };
    },
    async 'resets/send'({ user }, asker) {
      const channels = world.channels.map(({ channel }) => channel.name);
      const sent = await sendReset(user, { ...world, contacts, links, outbox, channels });
      const { userId, userName, channel } = sent;
      const address = shortAddress(sent.address);
      asker.note({ userId, userName, channel });
      return { userId, userName, channel, address };
    },
    async 'resets/link'({ user }, asker) {
      const { id: userId, name: userName } = await findResettable(user, world);
      asker.note({ userId, userName });
      const made = await makeLink(userId, { ...world, links, by: asker.by });
      return { userId, userName, url: made.address, expiresAt: clock.now() + made.lifetimeMs };
    },
    async 'accounts/unlock'({ user }, asker) {
      const { person, outcome } = await unlockAccount(user, { ...world, by: asker.by });
      asker.note({ userId: person.id, userName: person.name, unlock: outcome });
      return { outcome };
    },
    async 'contacts/list'({ user }, asker) {
      const { id } = await find(user, asker);
      const kept = await contacts.ofUser(id);
      return { contacts: kept.map(({ channel, address, state }) => ({ channel, address, state })) };
    },
    async 'contacts/set'(wanted, asker) {
      const channels = world.channels.map(({ channel, definition }) => ({
        ...definition,
        name: channel.name,
      }));
      const parts = { contacts: world.contactsBy(asker.by), contactChanges, channels, askForPeople };
      return changed(await setContact(wanted, parts), asker);
    },
    async 'contacts/verify'(wanted, asker) {
      const parts = { contacts: world.contactsBy(asker.by), askForPeople, clock };
      return changed(await verifyContact(wanted, parts), asker);
    },
    async 'contacts/remove'({ user, channel }, asker) {
      const kept = world.contactsBy(asker.by);
      if (channel === undefined) {
        const removed = await createManageContacts({ contacts: kept, contactChanges, askForPeople }).remove(
          user,
        );
        asker.note({ removed });
        return { removed };
      }
      const { id } = await find(user, asker);
      const removed = await kept.remove(id, clock.now(), channel);
      asker.note({ channel, removed });
      return { removed };
    },
    async 'contacts/import'({ csv }, asker) {
      const parts = { contacts: world.contactsBy(asker.by), contactChanges, askForPeople };
      const imported = await importAddresses(createCsvTextSource(csv), parts);
      const { added, changed: altered, problems } = imported;
      asker.note({ added, changed: altered, problems: problems.length });
      return { ...imported, problems: [...problems] };
    },
    async 'invitations/make'({ user }, asker) {
      const { people, problems } = await findReachable([user], world);
      const [person] = people;
      if (person === undefined) throw problems[0]?.error;
      const { id: userId, name: userName } = person;
      asker.note({ userId, userName });
      return { userId, userName, ...(await world.invitations.make(userId, userName)) };
    },
    'limits/show': async ({ user }, asker) => limitsOf(await find(user, asker)),
    async 'limits/clear'({ user }, asker) {
      const person = await find(user, asker);
      await clearLimits(person, limits);
      return limitsOf(person);
    },
  };
}

function show({ channel, address, state }: KeptContact) {
  return { channel, address: shortAddress(address), state };
}

function changed(contact: KeptContact, asker: Asker): AdminAnswer<'contacts/set'> {
  const { userId, userName, channel } = contact;
  asker.note({ userId, userName, channel });
  return { userId, userName, contact: show(contact) };
}

/** What stands beside the name already is left out. */
function standingOf<Named extends { readonly userId: string; readonly userName: string }>({
  userId: _id,
  userName: _name,
  ...standing
}: Named) {
  return standing;
}
