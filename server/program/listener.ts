import type { Server } from 'node:http';
import { Server as HttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Certificate } from '../../injector/admission/server.ts';
import { variableOf } from '../config/environment.ts';
import { hostAndPort } from '../config/listen-address.ts';

/** A server that is started once and closed once. */
export interface Listening {
  /** Port it listens on; 0 before `listen`. */
  readonly port: number;
  /** For connections that come after; does nothing without https. */
  renewCertificate(certificate: Certificate): void;
  /** @throws {Error} with the code of the system when the address cannot be listened on, and what to do about it. */
  listen(host: string, port: number): Promise<void>;
  /** Takes no more requests, lets what is under way end for up to `graceMs` (10 s by default), then cuts it. Idempotent. */
  close(graceMs?: number): Promise<void>;
}

/** The section of the configuration that says where to listen. */
export type ListenSection = 'listen' | 'service.listen';

/** A field of the section, and the variable that sets it. */
function name(section: ListenSection, field: 'host' | 'port'): string {
  return `${section}.${field} (or ${variableOf([...section.split('.'), field])})`;
}

/** By the code of the system. */
const FAULTS: Readonly<Record<string, (port: number, section: ListenSection) => string>> = {
  EADDRINUSE: (port, section) =>
    `another program has port ${port} already; stop that one, or set another port in ${name(section, 'port')}`,
  EACCES: (port, section) =>
    `the system does not let this user have port ${port}; set one above 1023 in ${name(section, 'port')}`,
  EADDRNOTAVAIL: (_port, section) =>
    `this machine has no such address; set one it has in ${name(section, 'host')}, or 0.0.0.0 for all of them`,
};

function explain(
  cause: NodeJS.ErrnoException,
  host: string,
  port: number,
  section: ListenSection,
): NodeJS.ErrnoException {
  const fault = FAULTS[cause.code ?? ''];
  if (fault === undefined) return cause;
  const message = `cannot listen on ${hostAndPort(host, port)}: ${fault(port, section)}`;
  return Object.assign(new Error(message, { cause }), { code: cause.code });
}

/**
 * Looks after a server.
 *
 * @param endRest Ends what stands behind the server while it closes; must be idempotent.
 * @param section Where the configuration says on what it listens, for errors.
 */
export function createListening(
  server: Server,
  endRest: () => Promise<unknown>,
  section: ListenSection = 'listen',
): Listening {
  return {
    get port() {
      return (server.address() as AddressInfo | null)?.port ?? 0;
    },
    renewCertificate(renewed) {
      if (server instanceof HttpsServer) server.setSecureContext({ ...renewed });
    },
    listen(host, port) {
      return new Promise((resolve, reject) => {
        const fail = (error: NodeJS.ErrnoException) => reject(explain(error, host, port, section));
        server.once('error', fail);
        server.listen(port, host, () => {
          server.off('error', fail);
          resolve();
        });
      });
    },
    async close(graceMs = 10_000) {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const rest = endRest();
      const cut = setTimeout(() => server.closeAllConnections(), graceMs);
      await Promise.all([closed, rest]);
      clearTimeout(cut);
    },
  };
}
