import { isLoopbackHost } from '../../../injector/addresses/networks.ts';
import type { Half } from '../config.ts';
import type { Finding } from '../findings.ts';
import { isMap, valueAt } from '../path.ts';
import type { ChannelSection } from '../schema.ts';

/** Two settings that are right each by itself and do not fit together. */
export interface Contradiction extends Finding {
  /** True where it cannot work, whatever stands in front of Gatehouse; false where it may be meant so, and is told as a warning. */
  readonly isSure: boolean;
}

/** Looks at one kind of pair. Gets the values as written; must not throw, whatever they are. */
export type ContradictionRule = (
  written: Written,
  parts: { readonly channels: readonly ChannelSection[]; readonly only: Half | undefined },
) => readonly Contradiction[];

/** Makes a contradiction that cannot work. Its place is the value of the field. */
export function sure(path: readonly string[], message: string): Contradiction {
  return { path, message, part: 'value', isSure: true };
}

/** Makes a contradiction that may be meant so. Its place is the name of the field. */
export function doubtful(path: readonly string[], message: string): Contradiction {
  return { path, message, part: 'key', isSure: false };
}

/** Values of the configuration before they were checked: anything may be missing, or of another kind. */
export class Written {
  readonly #tree: Record<string, unknown>;

  constructor(tree: Record<string, unknown>) {
    this.#tree = tree;
  }

  /** Whether the dotted field has any value but nothing. */
  has(field: string): boolean {
    const value = valueAt(this.#tree, field.split('.'));
    return value !== undefined && value !== null;
  }

  /** The value of a field. */
  value(field: string): unknown {
    return valueAt(this.#tree, field.split('.'));
  }

  /** The address in a field; undefined where there is none, or something that is none. */
  address(field: string): URL | undefined {
    const text = this.value(field);
    return typeof text === 'string' && URL.canParse(text) ? new URL(text) : undefined;
  }

  /** Where a `listen` section listens, with the defaults of the schema; undefined where no port can be known. */
  listener(
    section: 'listen' | 'service.listen',
  ): { readonly host: string; readonly port: number; readonly isEncrypted: boolean } | undefined {
    const [defaultHost, defaultPort] = section === 'listen' ? ['0.0.0.0', 8097] : ['127.0.0.1', 8098];
    const { host = defaultHost, port = defaultPort } = this.#group(section);
    if (typeof host !== 'string' || typeof port !== 'number' || port === 0) return undefined;
    return { host, port, isEncrypted: this.has(`${section}.tls`) };
  }

  #group(field: string): Record<string, unknown> {
    const value = this.value(field);
    return isMap(value) ? value : {};
  }
}

/** The path of an address without a slash at its end; empty for none. */
export function pathOf({ pathname }: URL): string {
  return withoutEndSlashes(pathname);
}

/** A text without the slashes at its end. */
export function withoutEndSlashes(text: string): string {
  return text.replace(/(?<!\/)\/+$/, '');
}

/** The port of an address, the usual one where it names none. */
export function portOf({ port, protocol }: URL): number {
  if (port !== '') return Number(port);
  return protocol === 'https:' ? 443 : 80;
}

/** Whether the address surely ends at that listener of this machine. */
export function isAtListener(url: URL, listener: { readonly host: string; readonly port: number }): boolean {
  if (!isLoopbackHost(url.hostname) || portOf(url) !== listener.port) return false;
  const isWildcard = listener.host === '0.0.0.0' || listener.host === '::';
  return isWildcard || isLoopbackHost(listener.host);
}
