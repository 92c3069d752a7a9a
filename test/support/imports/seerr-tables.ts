/** What a database of Seerr 3.1 holds that an import looks at, and the columns around it. */
type Column = readonly [name: string, type: 'id' | 'text' | 'integer' | 'boolean', rest?: string];

/** Source: the entities `User` and `UserSettings` of Seerr 3.1, in the order in which its migrations made the columns. */
const TABLES: Readonly<Record<'user' | 'user_settings', readonly Column[]>> = {
  user: [
    ['id', 'id'],
    ['email', 'text', 'NOT NULL UNIQUE'],
    ['username', 'text'],
    ['plexId', 'integer'],
    ['plexToken', 'text'],
    ['permissions', 'integer', 'NOT NULL DEFAULT 0'],
    ['avatar', 'text', 'NOT NULL'],
    ['password', 'text'],
    ['userType', 'integer', 'NOT NULL DEFAULT 1'],
    ['plexUsername', 'text'],
    ['resetPasswordGuid', 'text'],
    ['jellyfinUsername', 'text'],
    ['jellyfinUserId', 'text'],
    ['jellyfinDeviceId', 'text'],
    ['jellyfinAuthToken', 'text'],
    ['movieQuotaLimit', 'integer'],
    ['avatarETag', 'text'],
    ['avatarVersion', 'text'],
  ],
  user_settings: [
    ['id', 'id'],
    ['locale', 'text', "NOT NULL DEFAULT ''"],
    ['pgpKey', 'text'],
    ['discordId', 'text'],
    ['telegramChatId', 'text'],
    ['telegramMessageThreadId', 'text'],
    ['telegramSendSilently', 'boolean'],
    ['notificationTypes', 'text'],
    ['userId', 'integer', 'UNIQUE REFERENCES "user"("id") ON DELETE CASCADE'],
  ],
};

const TYPES = {
  sqlite: {
    id: 'integer PRIMARY KEY AUTOINCREMENT NOT NULL',
    text: 'varchar',
    integer: 'integer',
    boolean: 'boolean',
  },
  postgres: { id: 'SERIAL PRIMARY KEY', text: 'character varying', integer: 'integer', boolean: 'boolean' },
} as const;

/** A person in Seerr. */
export interface SeerrPerson {
  readonly id: number;
  readonly email: string;
  readonly jellyfinUserId?: string;
  readonly jellyfinUsername?: string;
  /** 1 Plex, 2 local, 3 Jellyfin. */
  readonly userType?: number;
  readonly settings?: { readonly discordId?: string; readonly telegramChatId?: string };
}

/** Writes the statements that make such a database with these people. */
export function seerrStatements(people: readonly SeerrPerson[], dialect: 'sqlite' | 'postgres'): string {
  const tables = Object.entries(TABLES).map(([table, columns]) => {
    const written = columns.map(([name, type, rest = '']) => `"${name}" ${TYPES[dialect][type]} ${rest}`);
    return `CREATE TABLE "${table}" (${written.join(', ')});`;
  });
  const rows = people.map(({ settings, userType = 3, ...person }) =>
    [
      insert('user', { ...person, userType, avatar: '/avatarproxy/x' }),
      settings === undefined ? '' : insert('user_settings', { userId: person.id, ...settings }),
    ].join('\n'),
  );
  return [...tables, ...rows].join('\n');
}

function insert(table: string, values: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  const names = given.map(([name]) => `"${name}"`).join(', ');
  const written = given.map(([, value]) =>
    typeof value === 'number' ? String(value) : `'${String(value).replaceAll("'", "''")}'`,
  );
  return `INSERT INTO "${table}" (${names}) VALUES (${written.join(', ')});`;
}

const id = (digit: string): string => digit.repeat(32);

/** People of all kinds, for the accounts of `imported-table.ts`. */
export const SEERR_PEOPLE: readonly SeerrPerson[] = [
  {
    ...{ id: 1, email: 'anna@example.org', jellyfinUserId: id('0'), jellyfinUsername: 'Anna' },
    settings: { discordId: '123456789012345678', telegramChatId: '123456789' },
  },
  // Without an address of their own: the name.
  { id: 2, email: 'ben', jellyfinUserId: id('1'), jellyfinUsername: 'ben' },
  { id: 3, email: 'local@example.org', userType: 2 },
  // Renamed in Jellyfin since; a group in Telegram.
  {
    ...{ id: 4, email: 'carl@example.org', jellyfinUserId: id('2'), jellyfinUsername: 'Carl' },
    settings: { telegramChatId: '-1001234567890' },
  },
  { id: 5, email: 'plex@example.org', userType: 1 },
  { id: 6, email: 'other@example.org', jellyfinUserId: id('3'), jellyfinUsername: 'zoë' },
  { id: 7, email: 'old@example.org', jellyfinUserId: 'ab'.repeat(16), jellyfinUsername: 'renée' },
  {
    id: 8,
    email: 'gone',
    jellyfinUserId: 'cd'.repeat(16),
    jellyfinUsername: 'gone',
    settings: { discordId: '99' },
  },
];

/** What becomes of them. */
export const SEERR_TABLE = `new | Anna | email | anna@example.org | 1
new | Anna | discord | 123456789012345678 | 1
new | Anna | telegram | 123456789 | 1
blank | ben | email |  | 2
new | Carl Müller | email | carl@example.org | 4
doubtful | Carl Müller | telegram |  | 4 | the address of "Carl" must be the number of a Telegram user, such as 123456789, not a name
doubtful | zoë | email |  | 6 | "zoë" has proved another address, which stays; only they, or contacts set, can replace it
doubtful | renée | email |  | 7 | Jellyfin has no account with this id any more, and "renée" is another one; if they are the same people, add --by-name
unknown | gone | discord |  | 8 | Jellyfin has no user "gone"; names are those of Dashboard, Users; the address of "gone" must be the id of a Discord user, 17 to 20 digits, not a name
`;
