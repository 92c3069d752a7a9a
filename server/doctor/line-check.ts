import type { RemoteReset } from '../config/config.ts';
import { isLoopbackHost } from '../config/sections/web-address.ts';
import { readAuthority } from '../jellyfin/read-authority.ts';
import { createLine, type Line } from '../split/line.ts';
import { PATHS } from '../split/line-terms.ts';
import { type Finding, failed, fine, messageOf } from './finding.ts';

/** How long the reset service may take to answer, in milliseconds. */
const ANSWER_MS = 5_000;

/** Whether an injector reaches the reset service of another process, and is let in. */
export async function checkLine({ url, caFile, secret }: RemoteReset): Promise<Finding> {
  const name = 'reset-service';
  let line: Line | undefined;
  try {
    line = createLine({ connections: 1, url, secret, ca: await readAuthority(caFile, 'service.caFile') });
    const answer = await line.send({
      method: 'POST',
      path: PATHS.report,
      timeoutMs: ANSWER_MS,
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
    line?.close();
  }
}
