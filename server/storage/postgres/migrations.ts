/**
 * The schema, step by step, as for SQLite and with numbers of its own. `@name` is our table of that name. Only ever add
 * at the end: a step that was released is never changed, and nothing goes back. Text is compared byte by byte, whatever
 * the database's language, so that both databases sort alike.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE @contacts (
    user_id       TEXT COLLATE "C" NOT NULL,
    channel       TEXT COLLATE "C" NOT NULL,
    user_name     TEXT COLLATE "C" NOT NULL,
    user_name_key TEXT COLLATE "C" NOT NULL,
    address       TEXT COLLATE "C" NOT NULL,
    address_key   TEXT COLLATE "C" NOT NULL,
    former_address TEXT COLLATE "C",
    former_until  BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (user_id, channel)
  );
  CREATE INDEX contacts_by_address ON @contacts (address_key);
  CREATE INDEX contacts_by_name ON @contacts (user_name_key);

  CREATE TABLE @reset_links (
    token_hash     TEXT COLLATE "C" PRIMARY KEY,
    kind           TEXT COLLATE "C" NOT NULL,
    user_id        TEXT COLLATE "C" NOT NULL,
    user_name      TEXT COLLATE "C" NOT NULL,
    outbox_id      BIGINT NOT NULL,
    expires_at     BIGINT NOT NULL,
    claimed_until  BIGINT NOT NULL DEFAULT 0,
    claim_id       TEXT COLLATE "C",
    exchanged_from TEXT COLLATE "C",
    used_at        BIGINT
  );
  CREATE INDEX reset_links_by_message ON @reset_links (outbox_id);
  CREATE INDEX reset_links_by_user ON @reset_links (user_id);
  CREATE INDEX reset_links_by_expiry ON @reset_links (expires_at);
  CREATE INDEX reset_links_by_pin ON @reset_links (exchanged_from) WHERE exchanged_from IS NOT NULL;

  CREATE TABLE @outbox (
    id             BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    lane           TEXT COLLATE "C" NOT NULL,
    kind           TEXT COLLATE "C" NOT NULL,
    state          TEXT COLLATE "C" NOT NULL DEFAULT 'waiting',
    language       TEXT COLLATE "C" NOT NULL,
    identifier     TEXT COLLATE "C",
    source         TEXT COLLATE "C",
    client_address TEXT COLLATE "C",
    user_id        TEXT COLLATE "C",
    user_name      TEXT COLLATE "C",
    message_key    TEXT COLLATE "C",
    created_at     BIGINT NOT NULL,
    waiting_since  BIGINT,
    due_at         BIGINT NOT NULL,
    tries          INTEGER NOT NULL DEFAULT 0,
    is_stalled     INTEGER NOT NULL DEFAULT 0,
    lease_owner    TEXT COLLATE "C",
    lease_until    BIGINT NOT NULL DEFAULT 0,
    ended_at       BIGINT,
    reason         TEXT COLLATE "C"
  );
  CREATE INDEX outbox_waiting ON @outbox (lane, due_at) WHERE state = 'waiting';
  CREATE INDEX outbox_by_user ON @outbox (user_id, created_at) WHERE user_id IS NOT NULL;
  CREATE INDEX outbox_ended ON @outbox (ended_at) WHERE ended_at IS NOT NULL;
  CREATE INDEX outbox_dead ON @outbox (ended_at) WHERE state = 'dead';

  CREATE TABLE @limits (
    key     TEXT COLLATE "C" PRIMARY KEY,
    points  INTEGER NOT NULL,
    used    BIGINT NOT NULL,
    ends_at BIGINT NOT NULL
  );
  CREATE INDEX limits_by_end ON @limits (ends_at);

  CREATE TABLE @audit (
    id             BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at             BIGINT NOT NULL,
    event          TEXT COLLATE "C" NOT NULL,
    user_id        TEXT COLLATE "C",
    user_name      TEXT COLLATE "C",
    client_address TEXT COLLATE "C",
    outcome        TEXT COLLATE "C",
    details        TEXT COLLATE "C"
  );
  CREATE INDEX audit_by_time ON @audit (at);
  CREATE INDEX audit_by_user ON @audit (user_id, id) WHERE user_id IS NOT NULL;

  CREATE TABLE @settings (
    key   TEXT COLLATE "C" PRIMARY KEY,
    value TEXT COLLATE "C" NOT NULL
  );
  `,
  // Messages name their contact. Until now they went to whichever the account had when they were sent. An id is no
  // secret; gen_random_uuid() is not in PostgreSQL 12.
  `
  ALTER TABLE @contacts ADD COLUMN id TEXT COLLATE "C" NOT NULL DEFAULT '';
  ALTER TABLE @contacts ADD COLUMN former_id TEXT COLLATE "C";
  UPDATE @contacts SET id = md5(user_id || channel || random()::text || clock_timestamp()::text);
  UPDATE @contacts SET former_id = md5(id || random()::text) WHERE former_address IS NOT NULL;

  ALTER TABLE @outbox ADD COLUMN contact_id TEXT COLLATE "C";
  UPDATE @outbox AS message
    SET contact_id = CASE WHEN message.kind = 'password-changed-former' THEN c.former_id ELSE c.id END
    FROM @contacts AS c
    WHERE c.user_id = message.user_id AND c.channel = message.lane AND message.state IN ('waiting', 'dead');
  `,
  // Addresses that were removed a short time ago: what is set next has replaced them.
  `
  CREATE TABLE @removed_contacts (
    user_id    TEXT COLLATE "C" NOT NULL,
    channel    TEXT COLLATE "C" NOT NULL,
    id         TEXT COLLATE "C" NOT NULL,
    address    TEXT COLLATE "C" NOT NULL,
    kept_until BIGINT NOT NULL,
    PRIMARY KEY (user_id, channel)
  );
  `,
  // A message that may have arrived is sent again with the same secret; this counts the others.
  `
  ALTER TABLE @outbox ADD COLUMN secret_version INTEGER NOT NULL DEFAULT 0;
  `,
  // Sign-ins under way, of all processes.
  `
  CREATE TABLE @places (
    key        TEXT COLLATE "C" NOT NULL,
    holder     TEXT COLLATE "C" NOT NULL,
    held_until BIGINT NOT NULL,
    PRIMARY KEY (key, holder)
  );
  CREATE INDEX places_by_end ON @places (held_until);
  CREATE INDEX removed_contacts_by_end ON @removed_contacts (kept_until);
  `,
  // What is known of a contact, and the order of a person's; those that are there were put in by an administrator. Changes
  // that wait for a secret, sessions of My Account, choices.
  `
  ALTER TABLE @contacts ADD COLUMN state TEXT COLLATE "C" NOT NULL DEFAULT 'unverified';
  ALTER TABLE @contacts ADD COLUMN verified_at BIGINT;
  ALTER TABLE @contacts ADD COLUMN position INTEGER;
  ALTER TABLE @contacts ADD COLUMN former_state TEXT COLLATE "C" NOT NULL DEFAULT 'unverified';
  ALTER TABLE @contacts ADD COLUMN former_verified_at BIGINT;
  CREATE INDEX contacts_by_id ON @contacts (id);
  CREATE INDEX contacts_by_former_id ON @contacts (former_id) WHERE former_id IS NOT NULL;
  ALTER TABLE @removed_contacts ADD COLUMN state TEXT COLLATE "C" NOT NULL DEFAULT 'unverified';
  ALTER TABLE @removed_contacts ADD COLUMN verified_at BIGINT;

  CREATE TABLE @contact_changes (
    secret_hash     TEXT COLLATE "C" PRIMARY KEY,
    kind            TEXT COLLATE "C" NOT NULL,
    user_id         TEXT COLLATE "C" NOT NULL,
    user_name       TEXT COLLATE "C" NOT NULL,
    channel         TEXT COLLATE "C",
    address         TEXT COLLATE "C",
    address_key     TEXT COLLATE "C",
    before_address  TEXT COLLATE "C",
    before_state    TEXT COLLATE "C",
    invitation_hash TEXT COLLATE "C",
    created_at      BIGINT NOT NULL,
    expires_at      BIGINT NOT NULL,
    used_at         BIGINT,
    wrong_codes     INTEGER NOT NULL DEFAULT 0
  );
  CREATE INDEX contact_changes_by_user ON @contact_changes (user_id, kind);
  CREATE INDEX contact_changes_by_expiry ON @contact_changes (expires_at);

  CREATE TABLE @account_sessions (
    id_hash      TEXT COLLATE "C" PRIMARY KEY,
    user_id      TEXT COLLATE "C" NOT NULL,
    user_name    TEXT COLLATE "C" NOT NULL,
    created_at   BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    ends_at      BIGINT NOT NULL,
    sealed_token TEXT COLLATE "C"
  );
  CREATE INDEX account_sessions_by_user ON @account_sessions (user_id);
  CREATE INDEX account_sessions_by_end ON @account_sessions (ends_at);

  CREATE TABLE @preferences (
    user_id  TEXT COLLATE "C" PRIMARY KEY,
    language TEXT COLLATE "C"
  );
  `,
  // Messages that go on to another contact, or to several at once.
  `
  ALTER TABLE @outbox ADD COLUMN request_key TEXT COLLATE "C";
  ALTER TABLE @outbox ADD COLUMN route TEXT COLLATE "C";
  ALTER TABLE @outbox ADD COLUMN has_next INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE @outbox ADD COLUMN may_have_arrived INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE @reset_links ADD COLUMN request_key TEXT COLLATE "C";
  `,
  // How a link came, and the code that an administrator's reset needs besides. How those came that are there is not known.
  `
  ALTER TABLE @reset_links ADD COLUMN channel TEXT COLLATE "C";
  ALTER TABLE @reset_links ADD COLUMN code_hash TEXT COLLATE "C";
  ALTER TABLE @reset_links ADD COLUMN code_expires_at BIGINT;
  ALTER TABLE @reset_links ADD COLUMN codes_sent INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE @reset_links ADD COLUMN wrong_codes INTEGER NOT NULL DEFAULT 0;
  `,
];
