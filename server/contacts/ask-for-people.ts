import { randomBytes } from 'node:crypto';
import { PROGRAM_VERSION } from '../config/version.ts';
import type { UserDto } from '../jellyfin/answers.ts';
import { createJellyfinApi } from '../jellyfin/api.ts';
import { createKeylessApi } from '../jellyfin/data-folder/keyless-api.ts';
import type { Contacts } from '../ports/contacts.ts';
import { type AskForPeople, createKeylessPeople, createPeople, type Person } from './people.ts';

/** Whom to ask, and with what. */
export interface AskForPeopleParts {
  /** `jellyfin.url`. */
  readonly url: string;
  /** The only certificate authorities to trust, in PEM. */
  readonly ca?: string | undefined;
  readonly apiKey: string | undefined;
  /** Whether the data folder is used where there is no key. */
  readonly hasDataFolder: boolean;
  readonly contacts: Pick<Contacts, 'list'>;
}

/** Makes it over Jellyfin's API; each call asks anew. */
export function createAskForPeople({
  url,
  ca,
  apiKey,
  hasDataFolder,
  contacts,
}: AskForPeopleParts): AskForPeople {
  const deviceId = `gatehouse-${randomBytes(8).toString('hex')}`;
  const connection = { url, ca, deviceId, version: PROGRAM_VERSION };
  return async () => {
    if (apiKey !== undefined)
      return createPeople(toPeople(await createJellyfinApi({ ...connection, apiKey }).users()));
    if (hasDataFolder) {
      const seen = await createKeylessApi(connection).publicUsers();
      return createKeylessPeople(toPeople(seen), await contacts.list());
    }
    throw new Error(
      'names are looked up in Jellyfin: make a key under Dashboard, API Keys and write it to jellyfin.apiKey',
    );
  };
}

function toPeople(users: readonly Pick<UserDto, 'Id' | 'Name'>[]): Person[] {
  return users.map(({ Id, Name }) => ({ id: Id, name: Name }));
}
