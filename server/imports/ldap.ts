import { isIP } from 'node:net';
import { Client, type Entry, FilterParser, ResultCodeError, UnavailableCriticalExtensionError } from 'ldapts';
import { type ContactSource, SourceError, type SourceRow } from '../ports/contact-source.ts';
import type { AskSecret, SourceOptions } from './source-definition.ts';

/** Entries asked for at once; directories give no more than 500 or 1,000 in one answer. */
export const PAGE_ENTRIES = 500;

/** How long the directory may take for them, in milliseconds. */
export const ENTRIES_MS = 60_000;

const CONNECT_MS = 10_000;

/** Attributes that are the user name in Jellyfin, as its LDAP plugin is usually set: the first that an entry has. */
const NAME_ATTRIBUTES = ['uid', 'sAMAccountName'];

/** Source: RFC 4512 section 1.4, `descr`. */
const ATTRIBUTE = /^[A-Za-z][A-Za-z0-9-]{0,63}$/;

/** What is searched, and with what. */
interface LdapSettings {
  readonly url: string;
  readonly place: string;
  readonly base: string;
  readonly names: readonly string[];
  readonly mail: string;
  readonly filter: string;
  readonly startTls: boolean;
  readonly host: string;
}

/**
 * Makes a source of an LDAP directory, such as OpenLDAP, LLDAP or Active Directory: entries with a user name and a mail
 * address, page by page. Of several values of an attribute the first counts. Certificates are checked.
 *
 * @param location `ldaps://host`, or `ldap://host`.
 * @throws {SourceError} when the address or an option cannot be meant.
 */
export async function createLdapSource(
  location: string,
  options: SourceOptions,
  askSecret: AskSecret,
): Promise<ContactSource> {
  const settings = readSettings(location, options);
  const { user } = options;
  const password = user === undefined ? undefined : await askSecret(`password of ${user} in the directory`);
  return {
    place: settings.place,
    rowWord: 'entry',
    share: () => undefined,
    async *read() {
      const client = new Client({ url: settings.url, timeout: ENTRIES_MS, connectTimeout: CONNECT_MS });
      try {
        if (settings.startTls) {
          await client.startTLS(isIP(settings.host) === 0 ? { servername: settings.host } : {});
        }
        if (user !== undefined && password !== undefined) await client.bind(user, password);
        let row = 0;
        for await (const entry of search(client, settings)) {
          row += 1;
          yield toRow(entry, row, settings);
        }
      } catch (error) {
        throw explain(error, settings.place, user);
      } finally {
        await client.unbind().catch(() => undefined);
      }
    },
  };
}

function readSettings(location: string, options: SourceOptions): LdapSettings {
  if (!URL.canParse(location) || !/^ldaps?:$/.test(new URL(location).protocol))
    throw new SourceError(
      'the address of the directory must begin with ldaps:// or ldap://, as in ldaps://ldap.example.org',
    );
  const url = new URL(location);
  if (
    url.username !== '' ||
    url.password !== '' ||
    !/^\/?$/.test(url.pathname) ||
    url.search !== '' ||
    url.hash !== ''
  )
    throw new SourceError(
      'the address of the directory must end behind its host and port; the rest is said by --base, --user and --filter',
    );
  const { base, nameAttribute, mailAttribute = 'mail', startTls = false } = options;
  if (base === undefined)
    throw new SourceError(
      '--base is missing: where people stand in the directory, as in --base ou=people,dc=example,dc=org',
    );
  if (startTls && url.protocol === 'ldaps:')
    throw new SourceError('--starttls is for ldap:// alone: ldaps:// is encrypted from the beginning');
  const names = nameAttribute === undefined ? NAME_ATTRIBUTES : [nameAttribute];
  const odd = [...names, mailAttribute].find((name) => !ATTRIBUTE.test(name));
  if (odd !== undefined) throw new SourceError(`"${odd}" is no name of an attribute`);
  const anyName = names.map((name) => `(${name}=*)`).join('');
  const filter = options.filter ?? `(&(${mailAttribute}=*)(|${anyName}))`;
  if (!isFilter(filter))
    throw new SourceError('--filter is no LDAP filter; write it as in (memberOf=cn=films,dc=example,dc=org)');
  return {
    url: `${url.protocol}//${url.host}`,
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    place: url.host,
    ...{ base, names, startTls },
    mail: mailAttribute,
    filter,
  };
}

function isFilter(text: string): boolean {
  try {
    FilterParser.parseString(text);
    return true;
  } catch {
    return false;
  }
}

async function* search(client: Client, { base, filter, names, mail }: LdapSettings): AsyncGenerator<Entry> {
  const options = { scope: 'sub' as const, filter, attributes: [...names, mail] };
  const pages = client.searchPaginated(base, { ...options, paged: { pageSize: PAGE_ENTRIES } });
  let isBegun = false;
  try {
    for await (const { searchEntries } of pages) {
      isBegun = true;
      yield* searchEntries;
    }
  } catch (error) {
    // A directory without pages gives all at once.
    if (isBegun || !(error instanceof UnavailableCriticalExtensionError)) throw error;
    yield* (await client.search(base, options)).searchEntries;
  }
}

function toRow(entry: Entry, row: number, { names, mail }: LdapSettings): SourceRow {
  const name = names.map((attribute) => firstValue(entry, attribute)).find((value) => value !== '');
  if (name === undefined) return { row, fault: `has no ${names.join(' or ')}` };
  return { row, name, channel: 'email', address: firstValue(entry, mail) };
}

/** Letter case of attributes does not count. Source: RFC 4512 section 2.5. */
function firstValue(entry: Entry, attribute: string): string {
  const key = Object.keys(entry).find((one) => one.toLowerCase() === attribute.toLowerCase());
  const value = key === undefined ? undefined : entry[key];
  const first = Array.isArray(value) ? value[0] : value;
  return first === undefined ? '' : first.toString();
}

/** How directories refuse whoever did not sign in: as not allowed, in their way, or not willing. Source: the same, and Active Directory. */
const NEEDS_USER = [1, 48, 50, 53];

/** Source: RFC 4511 appendix A.2. */
const REFUSALS: Readonly<Record<number, string>> = {
  4: 'gives no more entries; let --filter name fewer, or let the directory give more',
  8: 'wants an encrypted connection; use ldaps:// or --starttls',
  13: 'wants an encrypted connection; use ldaps:// or --starttls',
  32: 'has nothing at --base; correct it',
  34: 'cannot read the DN after --base or --user; write it as in ou=people,dc=example,dc=org',
  49: 'does not let this user in; correct --user or the password',
  50: 'does not let this user search; name another one with --user',
};

function explain(error: unknown, place: string, user: string | undefined): unknown {
  if (error instanceof SourceError || !(error instanceof Error)) return error;
  if (error instanceof ResultCodeError) {
    if (user === undefined && NEEDS_USER.includes(error.code))
      return new SourceError(`${place} lets nobody search without signing in; name a user with --user`);
    return new SourceError(
      `${place} ${REFUSALS[error.code] ?? `refuses the search (LDAP result ${error.code})`}`,
    );
  }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (/CERT|SELF_SIGNED|UNABLE_TO_|ALTNAME/.test(code))
    return new SourceError(
      `${place} has a certificate that is not trusted (${code}); name its authority in the environment variable NODE_EXTRA_CA_CERTS`,
    );
  return new SourceError(
    `${place} cannot be reached${code === '' ? '' : ` (${code})`}; is it the right address?`,
  );
}
