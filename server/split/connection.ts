import http, { type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import https from 'node:https';
import { explainDistrust } from '../config/files.ts';
import { CONNECTION_LIMITS } from './limits.ts';
import { ANSWER_MARK } from './protocol.ts';

/** The reset service cannot be used: it is away, slow, refuses us, or is something else. */
export class ResetAwayError extends Error {
  override readonly name = 'ResetAwayError';
  readonly code: 'reset-service-away' | 'reset-connections-busy' = 'reset-service-away';
}

/** Every connection to the reset service was in use for as long as the request may take; the service itself may be well. */
class ConnectionsBusyError extends ResetAwayError {
  override readonly code = 'reset-connections-busy';
}

/** One request to the reset service. */
export interface ServiceRequest {
  readonly method: string;
  /** Below the service's address, with its query. */
  readonly path: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: Buffer | undefined;
  /** Longest wait for a free connection, then for the head of the answer, and longest silence after it, in milliseconds. */
  readonly timeoutMs: number;
  /** Ends it. */
  readonly signal?: AbortSignal;
  /** True when doing it twice is as good as once: it is then tried again on a connection that the service had just closed. */
  readonly isRepeatable: boolean;
}

/** Sends requests to the reset service, with the secret. */
export interface ServiceConnection {
  /** Answers when the head is there; the body is then still to be read. @throws {ResetAwayError} */
  send(request: ServiceRequest): Promise<IncomingMessage>;
  /** Closes idle connections. Idempotent. */
  close(): void;
}

/**
 * Makes the connection; nothing is connected before the first request.
 *
 * @param parts.url `service.url`, without a slash at the end.
 * @param parts.ca Content of `service.caFile`.
 * @param parts.connections Most at once; further requests wait.
 */
export function createServiceConnection(parts: {
  readonly url: string;
  readonly ca?: string | undefined;
  readonly secret: string;
  readonly connections: number;
}): ServiceConnection {
  const { url, ca, secret, connections } = parts;
  const { origin, pathname, protocol } = new URL(url);
  const basePath = pathname.replace(/\/$/, '');
  const options = { keepAlive: true, maxSockets: connections, maxFreeSockets: 16 };
  const isEncrypted = protocol === 'https:';
  const agent = isEncrypted
    ? new https.Agent({ ...options, ...(ca === undefined ? {} : { ca }) })
    : new http.Agent(options);

  /** Sends a request once; with `isFresh` on a connection of its own. */
  function once(wanted: ServiceRequest, isFresh = false): Promise<IncomingMessage> {
    const { method, path, headers, body, timeoutMs, signal } = wanted;
    return new Promise((resolve, reject) => {
      const outgoing = (isEncrypted ? https : http).request(origin, {
        method,
        // Not as a part of a URL, which would be put in order: what was refused as it came could pass as something else.
        path: `${basePath}${path}`,
        agent: isFresh ? false : agent,
        ...(ca === undefined ? {} : { ca }),
        headers: {
          ...headers,
          Authorization: `Bearer ${secret}`,
          ...(body === undefined ? {} : { 'Content-Length': body.length }),
        },
        ...(signal === undefined ? {} : { signal }),
      });
      const giveUp = (why: string): void => void outgoing.destroy(new ResetAwayError(why));
      // The limit below begins to run with the connection.
      const unserved = setTimeout(() => {
        // Not by its own error: Node tells that only with the connection.
        reject(new ConnectionsBusyError(`no connection was free within ${timeoutMs / 1000} s`));
        outgoing.destroy();
      }, timeoutMs);
      outgoing.once('close', () => clearTimeout(unserved));
      outgoing.on('socket', (socket) => {
        clearTimeout(unserved);
        if (!socket.connecting) return;
        const connectMs = Math.min(CONNECTION_LIMITS.connectMs, timeoutMs);
        const cut = setTimeout(() => giveUp(`no connection within ${connectMs / 1000} s`), connectMs);
        const stop = (): void => clearTimeout(cut);
        socket.once(isEncrypted ? 'secureConnect' : 'connect', stop);
        socket.once('close', stop);
      });
      outgoing.setTimeout(timeoutMs, () => giveUp(`no answer within ${timeoutMs / 1000} s`));
      outgoing.on('error', (error: NodeJS.ErrnoException) => {
        const isStale = outgoing.reusedSocket && /^(?:ECONNRESET|EPIPE)$/.test(error.code ?? '');
        reject(isStale && wanted.isRepeatable ? new StaleConnectionError() : error);
      });
      outgoing.on('response', (answer) => {
        const fault = faultOf(answer);
        if (fault === undefined) return resolve(answer);
        answer.resume();
        reject(new ResetAwayError(fault));
      });
      outgoing.end(body);
    });
  }

  return {
    async send(wanted) {
      try {
        return await once(wanted).catch((error: unknown) => {
          if (error instanceof StaleConnectionError) return once(wanted, true);
          throw error;
        });
      } catch (error) {
        if (error instanceof ResetAwayError || wanted.signal?.aborted === true) throw error;
        const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
        const distrust = explainDistrust(code, 'service');
        if (distrust !== undefined) throw new ResetAwayError(`it has ${distrust}`, { cause: error });
        throw new ResetAwayError(`it cannot be reached (${code})`, { cause: error });
      }
    },
    close: () => agent.destroy(),
  };
}

/** The service had closed the connection while it was idle; nothing was done. */
class StaleConnectionError extends Error {}

/** Says why this answer is none of a reset service that knows us. */
function faultOf(answer: IncomingMessage): string | undefined {
  if (answer.headers[ANSWER_MARK] === undefined) {
    return `what answers at service.url is no reset service of Gatehouse (status ${answer.statusCode})`;
  }
  return answer.headers[ANSWER_MARK] === 'refused' ? 'it has another service.secret' : undefined;
}
