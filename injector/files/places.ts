import { posix } from 'node:path';
import { isWebAddress } from '../kit/web-address.ts';
import { FileFaultError } from './file-fault.ts';

/** Where a file is: a path inside the folder of `config.yaml`, with slashes, or a web address without a fragment. */
export type Place = { readonly local: string } | { readonly web: string };

/** The place that an option names. */
export function placeOf(from: string): Place {
  return isWebAddress(from) ? { web: withoutFragment(from) } : { local: from };
}

/** As people know it. */
export const nameOf = (place: Place): string => ('web' in place ? place.web : place.local);

/** What an address in a style leads to. */
export type Target =
  /** It means the same wherever it stands. */
  | 'stays'
  /** It leads nowhere that we could fetch. */
  | 'nowhere'
  | { readonly place: Place; readonly fragment: string };

const SCHEME = /^[a-z][a-z0-9+.-]*:/i;

/**
 * Tells what an address in a style means. In a style of this machine an address with a root (`/web/…`) is Jellyfin's own.
 *
 * @param base Where the style is.
 * @throws {FileFaultError} when it leads out of the folder of `config.yaml`.
 */
export function resolvePlace(address: string, base: Place): Target {
  const trimmed = address.trim();
  if (trimmed === '' || trimmed.startsWith('#') || /^data:/i.test(trimmed)) return 'stays';
  const fragment = /#.*$/s.exec(trimmed)?.[0] ?? '';
  if ('web' in base || SCHEME.test(trimmed) || trimmed.startsWith('//')) {
    const url = URL.parse(trimmed, 'web' in base ? base.web : 'https://none.invalid/');
    if (url === null || !isWebAddress(url.href)) return 'nowhere';
    return { place: { web: withoutFragment(url.href) }, fragment };
  }
  if (trimmed.startsWith('/')) return 'stays';
  const path = posix.join(posix.dirname(base.local), decode(trimmed.replace(/[?#].*$/s, '')));
  if (path.startsWith('../') || path === '..')
    throw new FileFaultError(
      'leads out of the folder of config.yaml; copy the file into it, or begin what Jellyfin itself has with /, as in /web/',
    );
  return { place: { local: path }, fragment };
}

/**
 * So that a slip of the pen does not publish `config.yaml` or a key.
 *
 * @throws {FileFaultError} when a file of this machine that is read as text is not called one.
 */
export function expectTextName(place: Place, kind: 'style' | 'script'): void {
  const extension = { style: '.css', script: '.js' }[kind];
  if ('local' in place && !place.local.toLowerCase().endsWith(extension))
    throw new FileFaultError(`does not end in ${extension}; a ${kind} that everybody may read does`);
}

/** An address as a server is asked for it. */
export function withoutFragment(address: string): string {
  return address.split('#', 1)[0] ?? address;
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
