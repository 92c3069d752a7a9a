/**
 * The schema, step by step. Number n brings a file from `user_version` n-1 to n. Only ever add at the end: a step
 * that was released is never changed, and nothing goes back.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE contacts (
    user_id     TEXT NOT NULL,
    channel     TEXT NOT NULL,
    user_name   TEXT NOT NULL,
    address     TEXT NOT NULL,
    address_key TEXT NOT NULL,
    PRIMARY KEY (user_id, channel)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX contacts_by_address ON contacts (address_key);

  CREATE TABLE reset_links (
    token_hash    TEXT PRIMARY KEY,
    user_id       TEXT NOT NULL,
    user_name     TEXT NOT NULL,
    outbox_id     INTEGER NOT NULL,
    expires_at    INTEGER NOT NULL,
    claimed_until INTEGER NOT NULL DEFAULT 0,
    used_at       INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX reset_links_by_message ON reset_links (outbox_id);
  CREATE INDEX reset_links_by_user ON reset_links (user_id);
  CREATE INDEX reset_links_by_expiry ON reset_links (expires_at);

  -- AUTOINCREMENT, because a link names the row that carries it: an id must not come back after a clean-up.
  CREATE TABLE outbox (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    lane           TEXT NOT NULL,
    kind           TEXT NOT NULL,
    state          TEXT NOT NULL DEFAULT 'waiting',
    language       TEXT NOT NULL,
    identifier     TEXT,
    source         TEXT,
    client_address TEXT,
    user_id        TEXT,
    user_name      TEXT,
    message_key    TEXT,
    created_at     INTEGER NOT NULL,
    due_at         INTEGER NOT NULL,
    tries          INTEGER NOT NULL DEFAULT 0,
    is_stalled     INTEGER NOT NULL DEFAULT 0,
    lease_owner    TEXT,
    lease_until    INTEGER NOT NULL DEFAULT 0,
    ended_at       INTEGER,
    reason         TEXT
  ) STRICT;
  CREATE INDEX outbox_waiting ON outbox (lane, due_at) WHERE state = 'waiting';
  CREATE INDEX outbox_by_user ON outbox (user_id, created_at) WHERE user_id IS NOT NULL;
  CREATE INDEX outbox_ended ON outbox (ended_at) WHERE ended_at IS NOT NULL;
  `,
  // user_name_key() is ours (migrate.ts): Jellyfin's way of comparing names is not SQLite's.
  `
  ALTER TABLE contacts ADD COLUMN user_name_key TEXT NOT NULL DEFAULT '';
  UPDATE contacts SET user_name_key = user_name_key(user_name);
  CREATE INDEX contacts_by_name ON contacts (user_name_key);
  ALTER TABLE contacts ADD COLUMN former_address TEXT;
  ALTER TABLE contacts ADD COLUMN former_until INTEGER NOT NULL DEFAULT 0;

  ALTER TABLE reset_links ADD COLUMN kind TEXT NOT NULL DEFAULT 'link';
  ALTER TABLE reset_links ADD COLUMN claim_id TEXT;
  ALTER TABLE reset_links ADD COLUMN exchanged_from TEXT;
  CREATE INDEX reset_links_by_pin ON reset_links (exchanged_from) WHERE exchanged_from IS NOT NULL;

  ALTER TABLE outbox ADD COLUMN waiting_since INTEGER;
  CREATE INDEX outbox_dead ON outbox (ended_at) WHERE state = 'dead';

  CREATE TABLE limits (
    key     TEXT PRIMARY KEY,
    points  INTEGER NOT NULL,
    used    INTEGER NOT NULL,
    ends_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX limits_by_end ON limits (ends_at);

  CREATE TABLE audit (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    at             INTEGER NOT NULL,
    event          TEXT NOT NULL,
    user_id        TEXT,
    user_name      TEXT,
    client_address TEXT,
    outcome        TEXT,
    details        TEXT
  ) STRICT;
  CREATE INDEX audit_by_time ON audit (at);
  CREATE INDEX audit_by_user ON audit (user_id, id) WHERE user_id IS NOT NULL;

  CREATE TABLE settings (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  // Messages name their contact. Until now they went to whichever the account had when they were sent.
  `
  ALTER TABLE contacts ADD COLUMN id TEXT NOT NULL DEFAULT '';
  UPDATE contacts SET id = lower(hex(randomblob(16)));
  ALTER TABLE contacts ADD COLUMN former_id TEXT;
  UPDATE contacts SET former_id = lower(hex(randomblob(16))) WHERE former_address IS NOT NULL;

  ALTER TABLE outbox ADD COLUMN contact_id TEXT;
  UPDATE outbox SET contact_id = (
    SELECT CASE WHEN kind = 'password-changed-former' THEN former_id ELSE contacts.id END
    FROM contacts WHERE contacts.user_id = outbox.user_id AND channel = lane
  ) WHERE state IN ('waiting', 'dead') AND user_id IS NOT NULL;
  `,
  // Addresses that were removed a short time ago: what is set next has replaced them.
  `
  CREATE TABLE removed_contacts (
    user_id    TEXT NOT NULL,
    channel    TEXT NOT NULL,
    id         TEXT NOT NULL,
    address    TEXT NOT NULL,
    kept_until INTEGER NOT NULL,
    PRIMARY KEY (user_id, channel)
  ) STRICT, WITHOUT ROWID;
  `,
  // A message that may have arrived is sent again with the same secret; this counts the others.
  `
  ALTER TABLE outbox ADD COLUMN secret_version INTEGER NOT NULL DEFAULT 0;
  `,
  // Sign-ins under way, of all processes.
  `
  CREATE TABLE places (
    key        TEXT NOT NULL,
    holder     TEXT NOT NULL,
    held_until INTEGER NOT NULL,
    PRIMARY KEY (key, holder)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX places_by_end ON places (held_until);
  CREATE INDEX removed_contacts_by_end ON removed_contacts (kept_until);
  `,
  // What is known of a contact, and the order of a person's; those that are there were put in by an administrator. Changes
  // that wait for a secret, sessions of My Account, choices.
  `
  ALTER TABLE contacts ADD COLUMN state TEXT NOT NULL DEFAULT 'unverified';
  ALTER TABLE contacts ADD COLUMN verified_at INTEGER;
  ALTER TABLE contacts ADD COLUMN position INTEGER;
  ALTER TABLE contacts ADD COLUMN former_state TEXT NOT NULL DEFAULT 'unverified';
  ALTER TABLE contacts ADD COLUMN former_verified_at INTEGER;
  CREATE INDEX contacts_by_id ON contacts (id);
  CREATE INDEX contacts_by_former_id ON contacts (former_id) WHERE former_id IS NOT NULL;
  ALTER TABLE removed_contacts ADD COLUMN state TEXT NOT NULL DEFAULT 'unverified';
  ALTER TABLE removed_contacts ADD COLUMN verified_at INTEGER;

  CREATE TABLE contact_changes (
    secret_hash     TEXT PRIMARY KEY,
    kind            TEXT NOT NULL,
    user_id         TEXT NOT NULL,
    user_name       TEXT NOT NULL,
    channel         TEXT,
    address         TEXT,
    address_key     TEXT,
    before_address  TEXT,
    before_state    TEXT,
    invitation_hash TEXT,
    created_at      INTEGER NOT NULL,
    expires_at      INTEGER NOT NULL,
    used_at         INTEGER,
    wrong_codes     INTEGER NOT NULL DEFAULT 0
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX contact_changes_by_user ON contact_changes (user_id, kind);
  CREATE INDEX contact_changes_by_expiry ON contact_changes (expires_at);

  CREATE TABLE account_sessions (
    id_hash      TEXT PRIMARY KEY,
    user_id      TEXT NOT NULL,
    user_name    TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    ends_at      INTEGER NOT NULL,
    sealed_token TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX account_sessions_by_user ON account_sessions (user_id);
  CREATE INDEX account_sessions_by_end ON account_sessions (ends_at);

  CREATE TABLE preferences (
    user_id  TEXT PRIMARY KEY,
    language TEXT
  ) STRICT, WITHOUT ROWID;
  `,
  // Messages that go on to another contact, or to several at once.
  `
  ALTER TABLE outbox ADD COLUMN request_key TEXT;
  ALTER TABLE outbox ADD COLUMN route TEXT;
  ALTER TABLE outbox ADD COLUMN has_next INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE outbox ADD COLUMN may_have_arrived INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE reset_links ADD COLUMN request_key TEXT;
  `,
  // How a link came, and the code that an administrator's reset needs besides. How those came that are there is not known.
  `
  ALTER TABLE reset_links ADD COLUMN channel TEXT;
  ALTER TABLE reset_links ADD COLUMN code_hash TEXT;
  ALTER TABLE reset_links ADD COLUMN code_expires_at INTEGER;
  ALTER TABLE reset_links ADD COLUMN codes_sent INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE reset_links ADD COLUMN wrong_codes INTEGER NOT NULL DEFAULT 0;
  `,
];
