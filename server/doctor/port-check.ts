import http from 'node:http';
import https from 'node:https';
import { createServer } from 'node:net';
import { type Finding, failed, fine } from './finding.ts';

/** How long whoever holds the port may take to answer, in milliseconds. */
const ANSWER_MS = 2_000;

/** Where Gatehouse is to listen. */
export interface Place {
  readonly host: string;
  readonly port: number;
  /** Whether https is spoken there. */
  readonly isEncrypted: boolean;
  /** Where the configuration says so. */
  readonly setting: 'listen' | 'service.listen';
}

/** Checks whether the port is free, or held by a running Gatehouse. */
export async function checkPort(place: Place): Promise<Finding> {
  const { host, port, setting } = place;
  const where = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  if (port === 0) return fine('port', 'Any free port will be taken.');
  const code = await tryToListen(host, port);
  if (code === undefined) return fine('port', `${where} is free.`);
  if (code === 'EADDRINUSE') {
    if (await isGatehouse(place)) return fine('port', `Gatehouse is listening on ${where}.`);
    return failed(
      'port',
      `Another program listens on ${where}.`,
      `Stop it, or choose another ${setting}.port.`,
    );
  }
  if (code === 'EACCES')
    return failed('port', `${where} may not be listened on.`, `Choose a ${setting}.port above 1023.`);
  return failed(
    'port',
    `${where} cannot be listened on (${code}).`,
    `Write an address of this machine into ${setting}.host; 0.0.0.0 is all of them.`,
  );
}

function tryToListen(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

/** Asks for its health, which Gatehouse tells everybody, whatever name it is asked by. */
function isGatehouse({ host, port, isEncrypted }: Place): Promise<boolean> {
  const there = {
    host: host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host,
    port,
    path: '/gatehouse/health',
    agent: false,
    rejectUnauthorized: false,
    signal: AbortSignal.timeout(ANSWER_MS),
  } as const;
  return new Promise((resolve) => {
    const request = (isEncrypted ? https : http).get(there, (answer) => {
      answer.once('data', (part: Buffer) => {
        resolve(part.toString('latin1').startsWith('{"status":"'));
        request.destroy();
      });
      answer.once('end', () => resolve(false));
    });
    request.on('error', () => resolve(false));
  });
}
