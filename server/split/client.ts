import type {
  LoginAttempt,
  LoginPermission,
  LoginThrottle,
  PinResult,
  ResetPort,
} from '../../injector/answers/reset-port.ts';
import type { Logger } from '../log/log.ts';
import type { ResetStatus } from '../ports/reset-service.ts';
import { createCarrier } from './carry-request.ts';
import { createServiceConnection, ResetAwayError } from './connection.ts';
import { CONNECTION_LIMITS } from './limits.ts';
import { MAX_ACCEPT_LANGUAGE, MAX_NAME, PATHS, ResetRequestReply } from './protocol.ts';

/** What an injector needs to find its reset service. */
export interface ResetClientParts {
  /** `service.url`, without a slash at the end. */
  readonly url: string;
  /** Content of `service.caFile`. */
  readonly ca?: string | undefined;
  readonly secret: string;
  /** Whether messages hold PINs. @default false */
  readonly takesPins?: boolean;
  /** Whether sign-ins are throttled. @default false */
  readonly throttlesLogins?: boolean;
  readonly log: Logger;
}

/** A reset service in another process, as the injector sees it. */
export interface ResetClient extends ResetPort {
  /** How it is now; `unreachable` when it cannot be asked. Never throws. */
  report(): Promise<ResetStatus>;
  /** Closes idle connections. Idempotent. */
  close(): Promise<void>;
}

/**
 * Makes the client. While the service is away, every call fails in the same way for every name, pages say so, sign-ins go
 * on unthrottled, and two lines are in the log: one when it went, one when it is back.
 */
export function createResetClient(parts: ResetClientParts): ResetClient {
  const { log, url } = parts;
  const calls = createServiceConnection({ ...parts, connections: CONNECTION_LIMITS.callConnections });
  const people = createServiceConnection({ ...parts, connections: CONNECTION_LIMITS.connections });
  let awaySince: number | undefined;
  let lastComplaint = '';

  /** Runs one exchange and remembers whether the service was there. */
  async function watched<T>(exchange: () => Promise<T>): Promise<T> {
    try {
      const result = await exchange();
      if (awaySince !== undefined) log.info({ event: 'reset-service-back', url });
      awaySince = undefined;
      return result;
    } catch (error) {
      if (!(error instanceof ResetAwayError) || error.code === 'reset-connections-busy') throw error;
      if (awaySince === undefined) {
        const meanwhile = 'Nobody can reset a password; media is served as ever.';
        log.error({ event: 'reset-service-away', url, problem: error.message, meanwhile });
      }
      awaySince = performance.now();
      throw error;
    }
  }

  async function call(
    path: string,
    body: object,
    timeoutMs: number = CONNECTION_LIMITS.callMs,
  ): Promise<unknown> {
    const answer = await watched(() =>
      calls.send({
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
    const complaint = `${path} ${answer.statusCode}`;
    if (answer.statusCode !== 503 && complaint !== lastComplaint) {
      lastComplaint = complaint;
      const fix = 'Both halves must be of one version, with the same reset.method and loginThrottle.';
      log.error({ event: 'reset-call-refused', path, status: answer.statusCode, fix });
    }
    throw new Error(`the reset service answered ${answer.statusCode} to ${path}`);
  }

  const isResting = (): boolean =>
    awaySince !== undefined && performance.now() - awaySince < CONNECTION_LIMITS.loginRestMs;

  /** Cuts a name to the length that is carried: no account has a longer one. */
  const cut = ({ name, clientAddress }: LoginAttempt) => ({ name: name.slice(0, MAX_NAME), clientAddress });

  const login: LoginThrottle = {
    async begin(attempt) {
      if (isResting()) return { isHeld: false };
      const asked = call(
        PATHS.beginLogin,
        { attempt: cut(attempt) },
        CONNECTION_LIMITS.loginMs,
      ) as Promise<LoginPermission>;
      return asked.catch(() => ({ isHeld: false }));
    },
    async end(attempt, outcome) {
      if (isResting()) return;
      await call(PATHS.endLogin, { attempt: cut(attempt), outcome }, CONNECTION_LIMITS.loginMs).catch(
        () => undefined,
      );
    },
  };

  return {
    async requestReset({ enteredName, clientAddress, acceptLanguage }) {
      const language = acceptLanguage?.slice(0, MAX_ACCEPT_LANGUAGE);
      const asked = { enteredName, clientAddress, acceptLanguage: language };
      const answered = await call(PATHS.requestReset, asked);
      return ResetRequestReply.safeParse(answered).data?.answer;
    },
    answer: createCarrier({ send: (request) => watched(() => people.send(request)), log }),
    redeemPin:
      parts.takesPins === true
        ? async ({ pin, clientAddress }) => (await call(PATHS.redeemPin, { pin, clientAddress })) as PinResult
        : undefined,
    login: parts.throttlesLogins === true ? login : undefined,
    async report() {
      try {
        return (await call(PATHS.report, {}, CONNECTION_LIMITS.reportMs)) as ResetStatus;
      } catch {
        return { storage: 'unreachable' };
      }
    },
    async close() {
      calls.close();
      people.close();
    },
  };
}

async function readText(answer: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer) {
    size += chunk.length;
    if (size > CONNECTION_LIMITS.bodyBytes) throw new ResetAwayError('it sent over 64 KiB');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
