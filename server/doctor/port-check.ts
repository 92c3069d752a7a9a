import { createServer } from 'node:net';
import { hostAndPort } from '../config/listen-address.ts';
import { askListener, isThisGatehouse, type ListenPlace } from '../health/ask-listener.ts';
import { type Finding, failed, fine, warning } from './finding.ts';

/** How long whoever holds the port may take to answer, in milliseconds. */
const ANSWER_MS = 2_000;

/** Where Gatehouse is to listen. */
export interface Place extends ListenPlace {
  /** Where the configuration says so. */
  readonly setting: 'listen' | 'service.listen';
  /** As of `reachKey`: by it a Gatehouse of this configuration is told from another. */
  readonly key: Buffer | undefined;
}

/** Checks whether the port is free, or held by the Gatehouse of this configuration. Never rejects. */
export async function checkPort(place: Place): Promise<Finding> {
  const { host, port, setting } = place;
  const where = hostAndPort(host, port);
  if (port === 0) return fine('port', 'Any free port will be taken.');
  const code = await tryToListen(host, port);
  if (code === undefined)
    return fine('port', `${where} is free: no Gatehouse runs with this configuration now.`);
  if (code === 'EADDRINUSE') {
    const holder = await findHolder(place);
    if (holder === 'ours') return fine('port', `This Gatehouse is listening on ${where}.`);
    if (holder === 'unproved')
      return warning(
        'port',
        `A Gatehouse is listening on ${where}, and the configuration holds no secret by which to know whether it is this one.`,
        `Set metrics.token and start Gatehouse anew, then ask again. If it is another, such as the demo, choose another ${setting}.port.`,
      );
    return failed(
      'port',
      holder === 'other'
        ? `Another Gatehouse, or one that was started with another configuration, such as the demo, listens on ${where}.`
        : `Another program listens on ${where}.`,
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

/** Who has the port: the Gatehouse of this configuration, another, one of which that cannot be told, or another program. */
async function findHolder(place: Place): Promise<'ours' | 'other' | 'unproved' | 'stranger'> {
  const { key } = place;
  // It is told to everybody, by whatever name it is asked.
  const health = await askListener(place, '/gatehouse/health', { timeoutMs: ANSWER_MS });
  if (!('start' in health && health.start.startsWith('{"status":"'))) return 'stranger';
  if (key === undefined) return 'unproved';
  return (await isThisGatehouse(place, key, ANSWER_MS)) ? 'ours' : 'other';
}
