import type { IncomingMessage } from 'node:http';
import type { ClientAddresses } from '../addresses/client-address.ts';
import { hostOf } from '../addresses/forwarded-headers.ts';
import type { Refusal } from './request-validation.ts';

/** The names under which people reach us. */
export interface PublicHosts {
  /** Finds a request to a name that is none of ours: a page elsewhere may have let its own name point here. */
  validate(request: IncomingMessage): Refusal | undefined;
}

/**
 * Reads names such as `media.example.org` or `192.168.1.5`; letter case and port do not count, and an IPv6 address stands in brackets. An empty list takes
 * any name. Behind a trusted proxy, the name it was asked by counts.
 *
 * Source: RFC 9110 section 15.5.20; DNS rebinding.
 */
export function createPublicHosts(names: readonly string[], addresses: ClientAddresses): PublicHosts {
  const ours = new Set(names.map(plainName));
  return {
    validate(request) {
      if (ours.size === 0 || ours.has(plainName(hostOf(request, addresses) ?? ''))) return undefined;
      return { status: 421, reason: 'host is not one of public.hosts' };
    },
  };
}

function plainName(host: string): string {
  return host.toLowerCase().replace(/:\d+$/, '').replace(/\.$/, '');
}
