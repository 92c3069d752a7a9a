import { hostAndPort } from './listen-address.ts';
import { isDecodable } from './web-address.ts';

/** How the way to the server is kept from others. Source: PostgreSQL 17 manual, 32.19.3 SSL Protection. */
export type TlsMode = (typeof TLS_MODES)[number];

const TLS_MODES = ['disable', 'require', 'verify-ca', 'verify-full'] as const;

/** The schema our tables stand in when the address names none. */
const DEFAULT_SCHEMA = 'gatehouse';

const PARAMETERS = ['host', 'schema', 'sslmode', 'sslrootcert'];

/** A PostgreSQL database, from its `postgres://` address. */
export interface PostgresAddress {
  /** Name or address of the server, or the folder of its Unix socket. */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string | undefined;
  /** Where our tables stand; default `gatehouse`. */
  readonly schema: string;
  /** Default `disable`, as PostgreSQL's own tools need no more. */
  readonly tls: TlsMode;
  /** Absolute path of the only certificate authorities to trust, in PEM. */
  readonly caFile: string | undefined;
  /** What it is called in logs and errors: no user, no password. */
  readonly place: string;
}

/** Whether a storage location is meant to be PostgreSQL. */
export function isPostgresAddress(location: string): boolean {
  return /^postgres(?:ql)?:/i.test(location);
}

/** What is wrong with an address, as the rest of a sentence without any part of it; undefined: nothing. Never throws. */
export function findAddressFault(text: string): string | undefined {
  const example = 'postgres://user:password@db.example.org/gatehouse';
  if (!/^postgres(?:ql)?:\/\//i.test(text)) return `must begin with postgres://, as in ${example}`;
  if (!URL.canParse(text))
    return `is no address; write it as in ${example}, in a password / is written %2F, # is %23 and @ is %40`;
  const url = new URL(text);
  if (![url.username, url.password, url.pathname].every(isDecodable))
    return 'has a % that encodes nothing; in a user name or password, % itself is written %25';
  if (url.hash !== '') return 'must not hold a #; in a password it is written %23';
  if (url.username === '') return `must name a user, as in ${example}`;
  if (!/^\/[^/]+$/.test(url.pathname)) return `must end with the name of a database, as in ${example}`;
  return findParameterFault(url.searchParams);
}

function findParameterFault(parameters: URLSearchParams): string | undefined {
  const names = [...parameters.keys()];
  const stranger = names.find((name) => !PARAMETERS.includes(name));
  if (stranger !== undefined || new Set(names).size < names.length)
    return `may hold ${PARAMETERS.join(', ')} behind the question mark, each once, and nothing else`;
  const mode = parameters.get('sslmode');
  if (mode !== null && !TLS_MODES.some((known) => known === mode))
    return `has an unknown sslmode; use ${TLS_MODES.join(', ')}`;
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(parameters.get('schema') ?? DEFAULT_SCHEMA))
    return 'has a schema that is no plain name; use lower-case letters, digits and _';
  if (!(parameters.get('sslrootcert') ?? '/').startsWith('/'))
    return 'has an sslrootcert that is no absolute path';
  return undefined;
}

/** Reads an address. @throws {Error} with what is wrong with it; nothing of the address is in the message. */
export function parsePostgresAddress(text: string): PostgresAddress {
  const fault = findAddressFault(text);
  if (fault !== undefined) throw new Error(`The storage address ${fault}.`);
  const url = new URL(text);
  const parameters = url.searchParams;
  const host = parameters.get('host') ?? decodeURIComponent(url.hostname.replace(/^\[(.*)\]$/, '$1'));
  const port = url.port === '' ? 5432 : Number(url.port);
  const database = decodeURIComponent(url.pathname.slice(1));
  const schema = parameters.get('schema') ?? DEFAULT_SCHEMA;
  const where = host.startsWith('/') ? host : hostAndPort(host, port);
  return {
    host,
    port,
    database,
    schema,
    user: decodeURIComponent(url.username),
    password: url.password === '' ? undefined : decodeURIComponent(url.password),
    tls: TLS_MODES.find((known) => known === parameters.get('sslmode')) ?? 'disable',
    caFile: parameters.get('sslrootcert') ?? undefined,
    place: `PostgreSQL ${where}/${database}${schema === DEFAULT_SCHEMA ? '' : ` (schema ${schema})`}`,
  };
}
