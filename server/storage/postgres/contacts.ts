import { userNameKey, userNameKeys } from '../../../injector/jellyfin/user-names.ts';
import type { Contact, ContactState, Contacts } from '../../ports/contacts.ts';
import {
  addressKey,
  CONTACT_COLUMNS,
  CONTACT_ORDER,
  createContactId,
  FORMER_CONTACT_COLUMNS,
  FORMER_MS,
  toContact,
} from '../rows.ts';
import { lockAccount, type Postgres, type Query, type Value } from './database.ts';

/** It is the contact it was, in other letter case perhaps. */
const IS_SAME = 'c.address_key = excluded.address_key';

/** It is the one before, set back. */
const IS_BACK = 'c.former_address = excluded.address AND c.former_until > $7';

/** Nothing changes, or an earlier one is still to be kept. */
const IS_FORMER_KEPT = `(${IS_SAME} OR c.former_until > $7)`;

/** Contacts in PostgreSQL. */
export function createPostgresContacts(db: Postgres): Contacts {
  const find = async (where: string, values: readonly Value[] = []) =>
    (await db.query(`SELECT ${CONTACT_COLUMNS} FROM @contacts ${where}`, values)).rows.map(toContact);
  return {
    ofUser: (userId) => find(`WHERE user_id = $1 ORDER BY ${CONTACT_ORDER}`, [userId]),
    ofUsers: (userIds) =>
      find(`WHERE user_id = ANY($1::text[]) ORDER BY user_id, ${CONTACT_ORDER}`, [userIds]),
    ofAddress: (address) => find('WHERE address_key = $1 ORDER BY user_name, user_id', [addressKey(address)]),
    ofUserName: (userName) =>
      find(`WHERE user_name_key IN ($1, $2, $3) ORDER BY user_id, ${CONTACT_ORDER}`, userNameKeys(userName)),
    set: (contact, now = Date.now(), { state } = {}) => setMany(db.query, [contact], now, state),
    setAll: async (all, now = Date.now(), { state } = {}) => {
      if (all.length === 0) return;
      // In one order everywhere, so that two imports wait for each other and never in a circle.
      const keyOf = ({ userId, channel }: Contact): string => `${userId} ${channel}`;
      const ordered = all.toSorted((one, other) =>
        keyOf(one) < keyOf(other) ? -1 : Number(keyOf(one) > keyOf(other)),
      );
      const [first = [], ...others] = inRounds(ordered);
      if (others.length === 0) return setMany(db.query, first, now, state);
      await db.transaction(async (query) => {
        for (const round of [first, ...others]) await setMany(query, round, now, state);
      });
    },
    verify: async (id, now) => {
      const { rows } = await db.query(
        `UPDATE @contacts SET state = 'verified', verified_at = $2 WHERE id = $1 RETURNING ${CONTACT_COLUMNS}`,
        [id, now],
      );
      return rows.map(toContact)[0];
    },
    refuse: async (id) => {
      const { rows } = await db.query(
        `UPDATE @contacts SET state = 'refused' WHERE id = $1 AND state <> 'refused' RETURNING ${CONTACT_COLUMNS}`,
        [id],
      );
      if (rows[0] !== undefined) return toContact(rows[0]);
      const former = await db.query(
        `UPDATE @contacts SET former_state = 'refused' WHERE former_id = $1 AND former_state <> 'refused'
         RETURNING ${FORMER_CONTACT_COLUMNS}`,
        [id],
      );
      return former.rows.map(toContact)[0];
    },
    setOrder: (userId, channels) =>
      db.transaction(async (query) => {
        await lockAccount(query, db.schema, userId);
        await query(
          `UPDATE @contacts SET position = array_position($2::text[], channel::text) - 1 WHERE user_id = $1`,
          [userId, channels],
        );
      }),
    formerOf: async (userId, now) => {
      const { rows } = await db.query(
        `SELECT ${FORMER_CONTACT_COLUMNS} FROM @contacts
         WHERE user_id = $1 AND former_until > $2 AND former_address <> address ORDER BY channel`,
        [userId, now],
      );
      return rows.map(toContact);
    },
    remove: async (userId, now = Date.now(), channel = undefined) => {
      const former = (column: string) =>
        `CASE WHEN former_until > $2 THEN former_${column} ELSE ${column} END`;
      const { count } = await db.query(
        `WITH gone AS (DELETE FROM @contacts WHERE user_id = $1 AND ($4::text IS NULL OR channel = $4) RETURNING *)
         INSERT INTO @removed_contacts (user_id, channel, id, address, state, verified_at, kept_until)
         SELECT user_id, channel, ${['id', 'address', 'state', 'verified_at'].map(former).join(', ')},
                CASE WHEN former_until > $2 THEN former_until ELSE $3::bigint END
         FROM gone
         ON CONFLICT (user_id, channel) DO UPDATE
           SET id = excluded.id, address = excluded.address, state = excluded.state,
               verified_at = excluded.verified_at, kept_until = excluded.kept_until`,
        [userId, now, now + FORMER_MS, channel ?? null],
      );
      return count;
    },
    list: () => find(`ORDER BY user_name_key, user_id, ${CONTACT_ORDER}`),
  };
}

/** One statement sets each contact once at most; of several of the same kind, the last is to stay. */
function inRounds(contacts: readonly Contact[]): readonly (readonly Contact[])[] {
  const ofKind = Map.groupBy(contacts, ({ userId, channel }) => JSON.stringify([userId, channel]));
  const rounds: Contact[][] = [];
  for (const same of ofKind.values())
    for (const [round, contact] of same.entries()) {
      rounds[round] ??= [];
      rounds[round].push(contact);
    }
  return rounds;
}

/** Sets contacts of which no two are of the same account and channel, in one statement; the rows are taken in their order. */
async function setMany(
  query: Query,
  contacts: readonly Contact[],
  now: number,
  state: ContactState | undefined,
): Promise<void> {
  const kept = (column: string) =>
    `former_${column} = CASE WHEN ${IS_FORMER_KEPT} THEN c.former_${column} ELSE c.${column} END`;
  await query(
    `WITH given AS (
       SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $9::text[])
         WITH ORDINALITY AS given (user_id, channel, user_name, user_name_key, address, address_key, id, place)
     ), held AS (
       SELECT user_id, channel FROM @removed_contacts WHERE user_id = ANY($1::text[]) ORDER BY user_id, channel FOR UPDATE
     ), removed AS (
       DELETE FROM @removed_contacts r USING held, given
       WHERE r.user_id = held.user_id AND r.channel = held.channel
         AND given.user_id = held.user_id AND given.channel = held.channel
       RETURNING r.user_id, r.channel, r.id, r.address, r.state, r.verified_at, r.kept_until
     ), former AS (
       SELECT removed.* FROM removed JOIN given USING (user_id, channel)
       WHERE removed.kept_until > $7 AND removed.address <> given.address
     )
     INSERT INTO @contacts AS c (user_id, channel, user_name, user_name_key, address, address_key, id, state, verified_at,
                                 former_id, former_address, former_until, former_state, former_verified_at)
     SELECT given.user_id, given.channel, given.user_name, given.user_name_key, given.address, given.address_key, given.id,
            COALESCE($10, 'unverified'), $11::bigint,
            former.id, former.address, COALESCE(former.kept_until, 0), COALESCE(former.state, 'unverified'), former.verified_at
     FROM given LEFT JOIN former USING (user_id, channel) ORDER BY given.place
     ON CONFLICT (user_id, channel) DO UPDATE
       SET id = CASE WHEN ${IS_SAME} THEN c.id WHEN ${IS_BACK} THEN c.former_id ELSE excluded.id END,
           state = CASE WHEN $10::text IS NOT NULL THEN excluded.state WHEN ${IS_SAME} THEN c.state
                        WHEN ${IS_BACK} THEN c.former_state ELSE 'unverified' END,
           verified_at = CASE WHEN excluded.verified_at IS NOT NULL THEN excluded.verified_at
                              WHEN ${IS_SAME} THEN c.verified_at WHEN ${IS_BACK} THEN c.former_verified_at END,
           user_name = excluded.user_name, user_name_key = excluded.user_name_key,
           address = excluded.address, address_key = excluded.address_key,
           ${['id', 'address', 'state', 'verified_at'].map(kept).join(',\n               ')},
           former_until = CASE WHEN ${IS_FORMER_KEPT} THEN c.former_until ELSE $8::bigint END`,
    [
      contacts.map(({ userId }) => userId),
      contacts.map(({ channel }) => channel),
      contacts.map(({ userName }) => userName),
      contacts.map(({ userName }) => userNameKey(userName)),
      contacts.map(({ address }) => address),
      contacts.map(({ address }) => addressKey(address)),
      ...[now, now + FORMER_MS, contacts.map(() => createContactId())],
      ...[state ?? null, state === 'verified' ? now : null],
    ],
  );
}
