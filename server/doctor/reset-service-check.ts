import { isLoopbackHost } from '../../injector/addresses/networks.ts';
import type { RemoteReset } from '../config/config.ts';
import { readAuthority } from '../config/files.ts';
import { createServiceConnection, type ServiceConnection } from '../split/connection.ts';
import { PATHS } from '../split/protocol.ts';
import { type Finding, failed, fine, messageOf } from './finding.ts';

/** How long the reset service may take to answer, in milliseconds. */
const SERVICE_ANSWER_MS = 5_000;

/** Checks whether an injector reaches the reset service of another process, and is let in. */
export async function checkResetService({ url, caFile, secret }: RemoteReset): Promise<Finding> {
  const name = 'reset-service';
  let connection: ServiceConnection | undefined;
  try {
    connection = createServiceConnection({
      connections: 1,
      url,
      secret,
      ca: await readAuthority(caFile, 'service'),
    });
    const answer = await connection.send({
      method: 'POST',
      path: PATHS.report,
      timeoutMs: SERVICE_ANSWER_MS,
      isRepeatable: true,
    });
    answer.resume();
    const { protocol, hostname } = new URL(url);
    const isOpen = protocol === 'http:' && !isLoopbackHost(hostname);
    const caution = isOpen ? ' Nothing on that line is encrypted: keep it within a private network.' : '';
    return fine(name, `The reset service answers at ${url}.${caution}`);
  } catch (error) {
    const fix =
      'Start gatehouse serve --only reset there, and write its address and its secret to service.url and service.secret.';
    return failed(name, `The reset service at ${url}: ${messageOf(error)}.`, fix);
  } finally {
    connection?.close();
  }
}
