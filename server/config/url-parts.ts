import { fold } from './nearest.ts';
import { isMap } from './path.ts';

/** Sections whose server is named by one address, where other programs have a field for each part of it. */
const SECTIONS: { readonly [section: string]: 'mail' | 'web' } = {
  mail: 'mail',
  jellyfin: 'web',
  public: 'web',
  service: 'web',
};

/** What other programs call the parts of an address, as `fold` leaves it. */
const PARTS: { readonly [part: string]: readonly string[] } = {
  host: ['host', 'hostname', 'server', 'smtp', 'smtphost', 'smtpserver', 'domain', 'ip', 'address'],
  port: ['port', 'smtpport'],
  user: ['user', 'username', 'login', 'smtpuser', 'smtpusername'],
  password: ['password', 'pass', 'passwd', 'pw', 'smtppassword', 'smtppass'],
  tls: ['secure', 'tls', 'ssl', 'starttls', 'encryption', 'security', 'https', 'protocol', 'scheme'],
  path: ['path', 'base', 'basepath', 'baseurl', 'subpath'],
};

/** A part of an address that was written as a field of its own. */
export interface UrlPart {
  /** Dotted name of the field it belongs to. */
  readonly field: string;
  /** The address as it can be told: without the password and the name of the user, whatever they are. */
  readonly address: string;
}

/**
 * Recognizes a field that is a part of its section's address, such as `mail.host`.
 *
 * @param section Name of a section of the configuration.
 * @param key Name of the field, in any spelling.
 * @param group Everything that is written in the section: the address is put together from it.
 * @returns undefined for every other field.
 */
export function recognizeUrlPart(section: string, key: string, group: unknown): UrlPart | undefined {
  const kind = Object.hasOwn(SECTIONS, section) ? SECTIONS[section] : undefined;
  const part = partOf(key);
  if (kind === undefined || part === undefined || (kind === 'mail' && part === 'path')) return undefined;
  if (kind === 'web' && (part === 'user' || part === 'password')) return undefined;
  const values = new Map<string, unknown>();
  for (const [name, value] of isMap(group) ? Object.entries(group) : []) {
    const known = partOf(name);
    // `mail` has fields of these very names: what is there stays there.
    const isField = kind === 'mail' && (name === 'user' || name === 'password');
    if (known !== undefined && !isField) values.set(known, value);
  }
  const address = kind === 'mail' ? mailAddressOf(values) : webAddressOf(section, values);
  return { field: `${section}.url`, address };
}

function partOf(key: string): string | undefined {
  return Object.keys(PARTS).find((part) => PARTS[part]?.includes(fold(key)));
}

function mailAddressOf(values: ReadonlyMap<string, unknown>): string {
  const port = portIn(values.get('port'));
  const isImplicit =
    port === 465 || (port === undefined && /^(?:ssl|smtps)$/i.test(String(values.get('tls'))));
  const hasLogin = values.has('user') || values.has('password');
  // Many providers take a whole address as the name, whose @ has to be encoded; whose it is need not be told.
  const domain = /^[^@\s]+@([a-z0-9.-]{1,253})$/i.exec(String(values.get('user')))?.[1];
  const user = domain === undefined ? 'user' : `user%40${domain}`;
  const host = hostIn(values.get('host')) ?? 'mail.example.org';
  return `${isImplicit ? 'smtps' : 'smtp'}://${hasLogin ? `${user}:password@` : ''}${host}:${port ?? (isImplicit ? 465 : 587)}`;
}

function webAddressOf(section: string, values: ReadonlyMap<string, unknown>): string {
  const port = portIn(values.get('port'));
  const tls = values.get('tls');
  const isHttps =
    tls === undefined ? section === 'public' : tls === true || /^(?:true|https)$/i.test(String(tls));
  const host = hostIn(values.get('host')) ?? (section === 'public' ? 'media.example.org' : '127.0.0.1');
  const written = String(values.get('path') ?? '');
  const path = /^\/?[\w.~-]{1,100}(?:\/[\w.~-]{1,100}){0,9}\/?$/.test(written)
    ? `/${written.replace(/^\/|\/$/g, '')}`
    : '';
  return `${isHttps ? 'https' : 'http'}://${host}${port === undefined ? '' : `:${port}`}${path}`;
}

/** A name or an address as it can stand in an address; undefined for anything else, which is not repeated. */
function hostIn(value: unknown): string | undefined {
  const text = typeof value === 'string' ? value.trim() : '';
  if (/^[0-9a-f:]{2,39}$/i.test(text) && text.includes(':')) return `[${text}]`;
  return /^(?=.*[.\d]|localhost$|[a-z-]{1,20}$)[a-z0-9_][a-z0-9._-]{0,252}$/i.test(text) ? text : undefined;
}

function portIn(value: unknown): number | undefined {
  const port = typeof value === 'string' && /^\d{1,5}$/.test(value) ? Number(value) : value;
  return typeof port === 'number' && Number.isInteger(port) && port > 0 && port < 65_536 ? port : undefined;
}
