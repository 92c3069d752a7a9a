import type { Mod } from '../../../injector/kit/define-mod.ts';
import { CHANNELS } from '../../channels/registry.ts';
import { alternatives, type JsonSchema } from '../../config/json-schema.ts';
import { createJsonSchema } from '../../config/schema.ts';
import type { StandIns } from './stand-ins.ts';

/** The words of a configuration that are ours: fields, and values that a field takes one of. */
export interface OurWords {
  readonly fields: ReadonlySet<string>;
  readonly values: ReadonlySet<string>;
}

/** Finds them in the schema of everything that may be written. */
export function findOurWords(mods: readonly Mod[]): OurWords {
  const fields = new Set<string>();
  const values = new Set<string>();
  const take = (schema: JsonSchema): void => {
    for (const one of alternatives(schema)) {
      for (const value of [...(one.enum ?? []), one.const]) if (typeof value === 'string') values.add(value);
      for (const [name, field] of Object.entries(one.properties ?? {})) {
        fields.add(name);
        take(field);
      }
      if (one.items !== undefined) take(one.items);
      if (typeof one['additionalProperties'] === 'object') take(one['additionalProperties'] as JsonSchema);
    }
  };
  take(createJsonSchema(mods, CHANNELS));
  return { fields, values };
}

/**
 * Outlines a configuration: which fields stand in it, switches, numbers and values that are ours as they are, and of all other texts
 * what they are, how long, and the same stand-in wherever the same stands. What is not known to be harmless is left out, so a field
 * that is added later needs no line here.
 *
 * @param value Of YAML, or the configuration in force.
 */
export function outlineConfig(value: unknown, words: OurWords, standIns: StandIns, field = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => outlineConfig(one, words, standIns, field));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => [
        words.fields.has(name) ? name : standIns.of('text', name),
        outlineConfig(one, words, standIns, name),
      ]),
    );
  if (typeof value !== 'string') return value;
  // A secret may be a word of ours by chance.
  if (SECRET_NAME.test(field)) return standIns.of('secret', value);
  if (words.values.has(value) || DURATION.test(value)) return value;
  const url = /^(https?|smtps?|postgres(?:ql)?|unix|sendmail):/i.test(value) ? URL.parse(value) : null;
  if (url !== null) return outlineUrl(url, standIns);
  return `${standIns.of('text', value)} (${value.length} characters)`;
}

const SECRET_NAME = /(?:key|token|secret|password|passphrase|pass)$/i;

const DURATION = /^\d{1,9}(?:ms|s|m|h|d)?$/;

/** Of an address its kind, port and how it is made are told. */
function outlineUrl(url: URL, standIns: StandIns): string {
  const { protocol, hostname, port, username, password, pathname, search } = url;
  const bare = hostname.replace(/^\[(.*)\]$/, '$1');
  const host =
    bare === ''
      ? ''
      : standIns.clean(bare) === bare && !isLocal(bare)
        ? standIns.of('host', bare)
        : standIns.clean(bare);
  const user =
    username === ''
      ? ''
      : `${standIns.of('address', decoded(username))}${password === '' ? '' : `:${standIns.of('secret', decoded(password))}`}@`;
  const path = pathname === '/' || pathname === '' ? '' : `/${standIns.of('path', pathname)}`;
  return `${protocol}//${user}${host}${port === '' ? '' : `:${port}`}${path}${search === '' ? '' : `?${standIns.of('text', search)}`}`;
}

const isLocal = (host: string): boolean => /^(?:localhost|127\.0\.0\.1|::1)$/i.test(host);

/** Undoes percent-encoding; what is none stays as it is. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
