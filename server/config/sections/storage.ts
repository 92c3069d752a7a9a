import { z } from 'zod';
import { findAddressFault, isPostgresAddress } from '../../storage/postgres/address.ts';

/**
 * Where contacts, secrets, waiting messages and the audit trail are kept. The output is as written; `settle.ts` makes a
 * path absolute. What is wrong with an address is told without the address, which may hold a password.
 */
export const storageSection = z
  .string()
  .min(1)
  .superRefine((text, context) => {
    if (isPostgresAddress(text)) {
      const fault = findAddressFault(text);
      if (fault !== undefined) context.addIssue({ code: 'custom', message: fault });
    } else if (/^[a-z][a-z0-9+.-]+:\/\//i.test(text)) {
      context.addIssue({
        code: 'custom',
        message: 'must be the path of a file such as ./gatehouse.db, or a postgres:// address',
      });
    }
  })
  .default('./gatehouse.db')
  .meta({
    description:
      "Where contacts, links, waiting messages and the audit trail are kept: the path of a SQLite file, relative to this file's folder, made when it is missing; or postgres://user:password@host/database (PostgreSQL 12 or newer), with ?sslmode=verify-full for TLS and ?schema=name for a schema other than gatehouse. Percent-encode special characters of the password. Better kept in a file: GATEHOUSE_STORAGE_FILE. A new value takes effect after a restart.",
  });
