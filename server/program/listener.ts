import type { Server } from 'node:http';
import { Server as HttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Certificate } from '../../injector/admission/server.ts';

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

/** By the code of the system. */
const FIXES: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program does already; stop it, or choose another port',
  EACCES: 'the system does not let this user; choose a port above 1023',
  EADDRNOTAVAIL: 'this machine has no such address; choose another host (0.0.0.0 is all of them)',
};

function explain(cause: NodeJS.ErrnoException, host: string, port: number): Error {
  const fix = FIXES[cause.code ?? ''];
  if (fix === undefined) return cause;
  const where = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  return Object.assign(new Error(`cannot listen on ${where}: ${fix}`, { cause }), { code: cause.code });
}

/**
 * Looks after a server.
 *
 * @param endRest Ends what stands behind the server while it closes; must be idempotent.
 */
export function createListening(server: Server, endRest: () => Promise<unknown>): Listening {
  return {
    get port() {
      return (server.address() as AddressInfo | null)?.port ?? 0;
    },
    renewCertificate(renewed) {
      if (server instanceof HttpsServer) server.setSecureContext({ ...renewed });
    },
    listen(host, port) {
      return new Promise((resolve, reject) => {
        const fail = (error: NodeJS.ErrnoException) => reject(explain(error, host, port));
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
