import http from 'node:http';
import https from 'node:https';
import { hostToConnect } from '../config/listen-address.ts';
import { askReach, REACH_PATH } from './reach.ts';

/** Where a Gatehouse on this machine listens, or should. */
export interface ListenPlace {
  readonly host: string;
  readonly port: number;
  /** Whether https is spoken there. */
  readonly isEncrypted: boolean;
}

/**
 * Whether whoever listens there is the Gatehouse of this configuration. Never rejects.
 *
 * @param key As of `reachKey`.
 */
export async function isThisGatehouse(place: ListenPlace, key: Buffer, timeoutMs: number): Promise<boolean> {
  const { headers, read } = askReach(key);
  const answer = await askListener(place, `/gatehouse${REACH_PATH}`, { headers, timeoutMs });
  return 'start' in answer && read(answer.start) !== undefined;
}

/**
 * Asks whoever listens there. Its certificate is not looked at: it is for the name people use, and no secret goes this way.
 *
 * @returns the status and the start of the answer, empty when it has no body; or why there is none, by the system's code. Never
 * rejects.
 */
export function askListener(
  { host, port, isEncrypted }: ListenPlace,
  path: string,
  {
    headers = {},
    timeoutMs,
  }: { readonly headers?: Readonly<Record<string, string>>; readonly timeoutMs: number },
): Promise<{ readonly status: number; readonly start: string } | { readonly fault: string }> {
  const there = { host: hostToConnect(host), port, path, headers, agent: false, rejectUnauthorized: false };
  return new Promise((resolve) => {
    const options = { ...there, signal: AbortSignal.timeout(timeoutMs) };
    const request = (isEncrypted ? https : http).get(options, (answer) => {
      const { statusCode: status = 0 } = answer;
      answer.once('data', (part: Buffer) => {
        resolve({ status, start: part.toString('utf8') });
        request.destroy();
      });
      answer.once('end', () => resolve({ status, start: '' }));
    });
    request.on('error', (error: NodeJS.ErrnoException) => resolve({ fault: error.code ?? error.message }));
  });
}
