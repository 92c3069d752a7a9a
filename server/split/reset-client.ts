import type { AskedReset, ResetPort } from '../../injector/proxy/reset-port.ts';
import type { ResetSight } from '../health/reset-sight.ts';
import type { Logger } from '../log.ts';
import { createCarrier } from './carry-request.ts';
import { createLine, ResetAwayError } from './line.ts';
import { MAX_BODY_BYTES, PATHS } from './line-terms.ts';

/** What an injector needs to find its reset service. */
export interface ResetClientParts {
  /** `service.url`, without a slash at the end. */
  readonly url: string;
  /** Content of `service.caFile`. */
  readonly ca?: string | undefined;
  readonly secret: string;
  readonly log: Logger;
}

/** A reset service in another process, as the injector sees it. */
export interface ResetClient extends ResetPort {
  /** How it is now; `unreachable` when it cannot be asked. Never throws. */
  report(): Promise<ResetSight>;
  /** Closes idle connections. Idempotent. */
  close(): Promise<void>;
}

/** How long a call may take, in milliseconds. Taking a request down waits for one write to the disk. */
const CALL_MS = 6_000;
/** The same for what monitors ask. */
const REPORT_MS = 2_000;

/**
 * Makes the client. While the service is away, every call fails in the same way for every name, pages say so, and two
 * lines are in the log: one when it went, one when it is back.
 */
export function createResetClient(parts: ResetClientParts): ResetClient {
  const { log, url } = parts;
  const line = createLine(parts);
  let isAway = false;

  /** Runs one exchange and notes whether the service was there. */
  async function noting<T>(exchange: () => Promise<T>): Promise<T> {
    try {
      const result = await exchange();
      if (isAway) log.info({ event: 'reset-service-back', url });
      isAway = false;
      return result;
    } catch (error) {
      if (error instanceof ResetAwayError && !isAway) {
        isAway = true;
        log.error({
          event: 'reset-service-away',
          url,
          problem: error.message,
          meanwhile: 'Nobody can reset a password; media is served as ever.',
        });
      }
      throw error;
    }
  }

  async function call(path: string, body: object, timeoutMs = CALL_MS): Promise<unknown> {
    const answer = await noting(() =>
      line.send({
        method: 'POST',
        path,
        headers: { 'Content-Type': 'application/json' },
        body: Buffer.from(JSON.stringify(body)),
        timeoutMs,
        isRepeatable: true,
      }),
    );
    const text = await readText(answer);
    if (answer.statusCode === 200) return JSON.parse(text);
    throw new Error(`the reset service answered ${answer.statusCode} to ${path}`);
  }

  return {
    async askReset({ enteredName, clientAddress, acceptLanguage }: AskedReset) {
      await call(PATHS.askReset, { enteredName, clientAddress, acceptLanguage });
    },
    answer: createCarrier({ send: (request) => noting(() => line.send(request)), log }),
    async report() {
      try {
        return (await call(PATHS.report, {}, REPORT_MS)) as ResetSight;
      } catch {
        return { storage: 'unreachable' };
      }
    },
    async close() {
      line.close();
    },
  };
}

async function readText(answer: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new ResetAwayError('it sent over 64 KiB');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
