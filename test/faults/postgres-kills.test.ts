import { test } from 'vitest';
import { killPostgresInUse } from '../support/storage/postgres-kills.ts';
import { usePostgres } from '../support/storage/temp-postgres.ts';

const KILLS = 200;
const server = usePostgres();

test(
  `PostgreSQL killed at ${KILLS} random moments of connecting, querying, idling and closing ends nobody who uses it`,
  {
    timeout: 60 * 60_000,
  },
  () => killPostgresInUse(server(), KILLS),
);
