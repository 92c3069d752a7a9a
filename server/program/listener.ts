import type { Server } from 'node:http';
import { Server as HttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Certificate } from '../../injector/admission/server.ts';
import { variableOf } from '../config/environment.ts';
import { hostAndPort } from '../config/listen-address.ts';
import { followConnections } from './connections.ts';

/** A server that is started once and closed once. */
export interface Listening {
  /** Port it listens on; 0 before `listen`. */
  readonly port: number;
  /** For connections that come after; does nothing without https. */
  renewCertificate(certificate: Certificate): void;
  /** @throws {Error} with the code of the system when the address cannot be listened on, and what to do about it. */
  listen(host: string, port: number): Promise<void>;
  /** Whether it has been told to end; readiness is off then. */
  readonly isEnding: boolean;
  /** Says that it ends soon: readiness goes off, everybody is served as before, each answer is the last of its connection. */
  drain(): void;
  /**
   * Takes no more connections, lets what is under way end for up to `graceMs` (30 s by default), then cuts it. Idempotent.
   */
  close(graceMs?: number): Promise<void>;
  /** How many answers under way it has cut so far. */
  readonly cutAnswers: number;
  /** Cuts everything now, also while it closes. What must be written down is: that takes 0.7 s at most. */
  cut(): Promise<void>;
}

/** What stands behind a server, as far as its end goes. All of it must be idempotent, and reject never. */
export interface EndParts {
  /** Begins to end what goes on by itself, while requests are still answered: WebSockets, work in the background. */
  endWork(graceMs?: number): Promise<unknown>;
  /** Ends the rest, once nobody is answered any more. */
  endRest(): Promise<unknown>;
}

/** How long answers under way may take when nothing else is said, in milliseconds; default of `shutdown.grace`. */
const GRACE_MS = 30_000;

/** What work in the background may take when everything is cut, in milliseconds. */
const CUT_MS = 700;

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
 * @param section Where the configuration says on what it listens, for errors.
 */
export function createListening(
  server: Server,
  behind: EndParts,
  section: ListenSection = 'listen',
): Listening {
  const connections = followConnections(server);
  let isEnding = false;
  let closing: Promise<void> | undefined;
  let cutAnswers = 0;

  const drain = (): void => {
    isEnding = true;
    connections.announceEnd();
  };

  const cut = (): void => {
    cutAnswers += connections.underWay();
    connections.cut();
  };

  async function end(graceMs: number): Promise<void> {
    drain();
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    connections.endIdle();
    const worked = behind.endWork();
    const timer = setTimeout(cut, graceMs);
    await Promise.all([closed, worked]);
    clearTimeout(timer);
    await behind.endRest();
  }

  return {
    get port() {
      return (server.address() as AddressInfo | null)?.port ?? 0;
    },
    get isEnding() {
      return isEnding;
    },
    get cutAnswers() {
      return cutAnswers;
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
    drain,
    close(graceMs = GRACE_MS) {
      closing ??= end(graceMs);
      return closing;
    },
    async cut() {
      drain();
      server.close();
      cut();
      await behind.endWork(CUT_MS);
    },
  };
}
