import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { AskSecret, SourceOptions } from '../../../server/imports/source-definition.ts';
import { SOURCES } from '../../../server/imports/sources.ts';
import type { ContactSource } from '../../../server/ports/contact-source.ts';
import { tempFolder } from '../files/temp-folder.ts';
import { SEERR_PEOPLE, seerrStatements } from './seerr-tables.ts';

const noSecret: AskSecret = (what) => Promise.reject(new Error(`the ${what} was asked for`));

/** Opens a source by the name that the command line has for it. */
export async function openSource(
  name: string,
  place: string,
  options: SourceOptions = {},
  askSecret: AskSecret = noSecret,
): Promise<ContactSource> {
  const definition = SOURCES.find((one) => one.name === name);
  if (definition === undefined) throw new Error(`there is no source ${name}`);
  return definition.open(place, options, askSecret);
}

/** Makes an SQLite database in a folder that is gone after the running test, and answers its path. */
export async function makeDatabase(name: string, statements: string): Promise<string> {
  const path = join(await tempFolder(), name);
  const db = new DatabaseSync(path);
  db.exec(statements);
  db.close();
  return path;
}

/** The database of a Seerr, as SQLite leaves it when nobody has it open. */
export function makeSeerrDatabase(): Promise<string> {
  return makeDatabase('db.sqlite3', `PRAGMA journal_mode = WAL; ${seerrStatements(SEERR_PEOPLE, 'sqlite')}`);
}

/** Source: Wizarr, app/models.py, 2026-08: the tables and columns that an import looks at, and some around them. */
const WIZARR = `
  CREATE TABLE media_server (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR NOT NULL, server_type VARCHAR NOT NULL,
    url VARCHAR NOT NULL, api_key VARCHAR, external_url VARCHAR, verified BOOLEAN NOT NULL, created_at DATETIME NOT NULL);
  CREATE TABLE identity (id INTEGER NOT NULL PRIMARY KEY, primary_email VARCHAR, primary_username VARCHAR, nickname VARCHAR,
    created_at DATETIME NOT NULL);
  CREATE TABLE user (id INTEGER NOT NULL PRIMARY KEY, token VARCHAR NOT NULL, username VARCHAR NOT NULL, email VARCHAR,
    code VARCHAR NOT NULL, photo VARCHAR, expires DATETIME, server_id INTEGER REFERENCES media_server (id) ON DELETE CASCADE,
    identity_id INTEGER REFERENCES identity (id), notes TEXT, is_disabled BOOLEAN NOT NULL DEFAULT 0,
    is_ldap_user BOOLEAN NOT NULL DEFAULT 0, is_admin BOOLEAN, created_at DATETIME);
  INSERT INTO media_server VALUES (1, 'Films', 'jellyfin', 'http://jellyfin:8096', 'k', NULL, 1, '2026-01-01'),
    (2, 'Plex', 'plex', 'http://plex:32400', 'k', NULL, 1, '2026-01-01');
  INSERT INTO identity VALUES (1, 'ben@example.org', 'ben', NULL, '2026-01-01');
  INSERT INTO user (id, token, username, email, code, server_id, identity_id) VALUES
    (1, '00000000000000000000000000000000', 'Anna', 'Anna@Example.org', 'ABC123', 1, NULL),
    (2, '11111111111111111111111111111111', 'ben', '', 'empty', 1, 1),
    (3, '4711', 'somebody', 'plex@example.org', 'XYZ', 2, NULL),
    (4, '22222222222222222222222222222222', 'Carl Müller', NULL, 'None', 1, NULL),
    (5, '44444444-4444-4444-4444-444444444444', 'Łucja', 'None', 'x', 1, NULL),
    (6, 'abababababababababababababababab', 'anne', 'anne@example.org', 'x', 1, NULL);`;

/** What becomes of them. */
export const WIZARR_TABLE = `new | Anna | email | Anna@example.org | 1
unchanged | ben | email |  | 2
blank | Carl Müller | email |  | 4
blank | Łucja | email |  | 5
unknown | anne | email |  | 6 | Jellyfin has no user "anne"; did you mean Anna?
`;

/** The database of a Wizarr. */
export function makeWizarrDatabase(): Promise<string> {
  return makeDatabase('database.db', WIZARR);
}

/** The data folder of a jfa-go before 0.5. Source: jfa-go, storage.go, as of 0.4. */
export async function makeJfaGoFolder(): Promise<string> {
  const folder = await tempFolder();
  const files = {
    'emails.json': {
      '00000000000000000000000000000000': {
        Addr: 'anna@example.org',
        Label: 'sister',
        Contact: true,
        Admin: true,
      },
      '11111111-1111-1111-1111-111111111111': 'ben@example.org',
      '22222222222222222222222222222222': {
        Addr: 'carl@example.org',
        Label: '',
        Contact: false,
        Admin: false,
      },
      '44444444444444444444444444444444': { Addr: '', Label: '', Contact: true, Admin: false },
      abababababababababababababababab: { Addr: 'gone@example.org', Label: '', Contact: true, Admin: false },
      '55555555555555555555555555555555': 7,
    },
    'discord_users.json': {
      '00000000000000000000000000000000': {
        ...{
          ChannelID: '1',
          ID: '123456789012345678',
          Username: 'anna',
          Discriminator: '0',
          Lang: '',
          Contact: true,
        },
      },
    },
    'telegram_users.json': {
      '00000000000000000000000000000000': {
        ChatID: 123456789,
        Username: 'anna',
        Lang: 'en-us',
        Contact: false,
      },
      '22222222222222222222222222222222': {
        ChatID: 987654321,
        Username: 'carl',
        Lang: 'en-us',
        Contact: true,
      },
    },
    'matrix_users.json': {
      '00000000000000000000000000000000': {
        RoomID: '!r:example.org',
        UserID: '@anna:example.org',
        Lang: '',
        Contact: true,
      },
    },
  };
  for (const [name, people] of Object.entries(files))
    await writeFile(join(folder, name), JSON.stringify(people));
  return folder;
}

/** What becomes of them. */
export const JFA_GO_FILES_TABLE = `new | Anna | email | anna@example.org | 1
unchanged | ben | email |  | 2
opted-out | Carl Müller | email |  | 3
unknown |  | email |  | 5 | Jellyfin has no account with this id
doubtful |  |  |  | 6 | has something else than an address in emails.json
new | Anna | discord | 123456789012345678 | 7
opted-out | Anna | telegram |  | 8
new | Carl Müller | telegram | 987654321 | 9
new | Anna | matrix | @anna:example.org | 10
`;
