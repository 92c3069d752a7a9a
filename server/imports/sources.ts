import { stat } from 'node:fs/promises';
import { isPostgresAddress } from '../config/postgres-address.ts';
import { SourceError } from '../ports/contact-source.ts';
import { isWebAddress, readProgramAddress } from './ask-json.ts';
import { csvDefinition } from './csv/csv-source.ts';
import type { SourceDefinition } from './source-definition.ts';

/** Kinds of sources there are; this list is the one place that names them. The code of each is loaded when it is used. */
export const SOURCES: readonly SourceDefinition[] = [
  csvDefinition,
  {
    name: 'seerr',
    location: 'DATABASE or ADDRESS',
    options: [],
    hasStrangers: false,
    async open(location, _options, askSecret) {
      if (isWebAddress(location)) {
        const address = readProgramAddress(location);
        return (await import('./seerr-api.ts')).createSeerrApiSource(address, askSecret);
      }
      const { createSeerrPostgresSource, createSeerrSqliteSource } = await import('./seerr-database.ts');
      if (!isPostgresAddress(location)) return createSeerrSqliteSource(location);
      if (URL.canParse(location) && new URL(location).password !== '')
        throw new SourceError(
          'the address must hold no password: it is seen by every user of this machine; it is asked for',
        );
      return createSeerrPostgresSource(location, askSecret);
    },
  },
  {
    name: 'wizarr',
    location: 'DATABASE',
    options: [],
    hasStrangers: false,
    open: async (location) => (await import('./wizarr.ts')).createWizarrSource(location),
  },
  {
    name: 'jfa-go',
    location: 'ADDRESS or FOLDER',
    options: ['user'],
    hasStrangers: false,
    async open(location, { user }, askSecret) {
      if (isWebAddress(location)) {
        const address = readProgramAddress(location);
        return (await import('./jfa-go-api.ts')).createJfaGoApiSource(address, user, askSecret);
      }
      const found = await stat(location).catch(() => undefined);
      if (found?.isDirectory() !== true)
        throw new SourceError(
          `${location} is no folder; name the web address of jfa-go, or the folder of its data`,
        );
      return (await import('./jfa-go-files.ts')).createJfaGoFilesSource(location);
    },
  },
  {
    name: 'ldap',
    location: 'ADDRESS',
    options: ['user', 'base', 'filter', 'nameAttribute', 'mailAttribute', 'startTls'],
    hasStrangers: true,
    open: async (location, options, askSecret) =>
      (await import('./ldap.ts')).createLdapSource(location, options, askSecret),
  },
];
