import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createClientAddresses } from '../../injector/addresses/client-address.ts';
import { explainHidden } from '../../injector/admission/hidden-clients.ts';
import { type ArrivalWay, describeWay } from '../../injector/answers/status-port.ts';
import type { Config } from '../config/config.ts';
import {
  askReach,
  MAX_REACH_ANSWER,
  REACH_HEADER,
  REACH_PATH,
  reachKey,
  readQuestion,
  writeAnswer,
} from '../health/reach.ts';
import { type Finding, failed, fine, skipped } from './finding.ts';
import { readStart } from './read-start.ts';

const NAME = 'reach';

/** What was found, and how the question came to this Gatehouse, if it did. */
export interface Reach {
  readonly finding: Finding;
  readonly way?: ArrivalWay;
  /** Whether no Gatehouse runs, so that nobody is behind it. */
  readonly isByDoctor: boolean;
}

/** How long an answer may take, in milliseconds. */
const ANSWER_MS = 5_000;

/**
 * Asks through `public.url` whether it leads to this Gatehouse, and sees by which proxy, and whether that one tells who
 * asks. Where a Gatehouse runs, it answers, and proves by the key of `reachKey` that it is this one; where none does,
 * doctor listens at `listen` for as long as the question takes. Undefined where there is no `public.url`. Never rejects.
 */
export async function checkReach(config: Config): Promise<Reach | undefined> {
  const { publicUrl, listen } = config;
  if (publicUrl === undefined) return undefined;
  const shared = reachKey(config);
  const key = shared ?? randomBytes(32);
  const own = await listenMeanwhile(config, key);
  try {
    if (own === undefined && shared === undefined) {
      const says =
        'Gatehouse runs, and the configuration holds no secret by which to know it behind public.url: set metrics.token, or ask while it is stopped.';
      return { finding: skipped(NAME, says), isByDoctor: false };
    }
    const asked = await ask(publicUrl, key);
    const finding = explain(publicUrl, listen, asked);
    const isByDoctor = own !== undefined;
    return 'way' in asked ? { finding, way: asked.way, isByDoctor } : { finding, isByDoctor };
  } finally {
    own?.close();
    own?.closeAllConnections();
  }
}

/** How the question came, or what happened in place of that. */
type Asked = { readonly way: ArrivalWay } | { readonly status: number } | { readonly fault: string };

async function ask(publicUrl: string, key: Buffer): Promise<Asked> {
  const question = askReach(key);
  try {
    const answer = await fetch(`${publicUrl}/gatehouse${REACH_PATH}?${question.nonce}`, {
      headers: { ...question.headers, Connection: 'close' },
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    const way = question.read(await readStart(answer, MAX_REACH_ANSWER));
    return way === undefined ? { status: answer.status } : { way };
  } catch (error) {
    return { fault: faultOf(error) };
  }
}

/** `fetch` says "fetch failed", and why in the cause. */
function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${ANSWER_MS / 1000} s`;
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  return 'code' in cause ? String(cause.code) : cause.message;
}

function explain(publicUrl: string, listen: Config['listen'], asked: Asked): Finding {
  const lead = `Let the proxy in front, or the DNS entry, lead ${publicUrl} to port ${listen.port} of this Gatehouse`;
  if ('fault' in asked) {
    const fix = `${lead}. Some routers let nobody at home use the public name; then try the page with a phone that is not in the Wi-Fi.`;
    return failed(NAME, `${publicUrl} cannot be asked from here (${asked.fault}).`, fix);
  }
  if ('status' in asked) {
    const says = `What answers at ${publicUrl} is not this Gatehouse (status ${asked.status}).`;
    return failed(NAME, says, `${lead}, or correct public.url.`);
  }
  const { peer, proxy, isEncrypted } = asked.way;
  if (proxy === 'trusted')
    return fine(NAME, `${publicUrl} leads to this Gatehouse, by the proxy ${peer}, which tells who asks.`);
  const isSilent = proxy === 'none-seen' && publicUrl.startsWith('https:') && !isEncrypted;
  if (proxy === 'none-seen' && !isSilent)
    return fine(NAME, `${publicUrl} leads to this Gatehouse; no proxy in front is seen.`);
  const isTrusted = createClientAddresses(listen.trustedProxies).isTrusted(peer);
  const says = `${publicUrl} leads to this Gatehouse by ${peer}, which ${
    isTrusted ? 'does not tell who asks' : 'is not in listen.trustedProxies'
  }.`;
  const send = isSilent && !isTrusted ? 'Let it send X-Forwarded-For. ' : '';
  return failed(NAME, says, send + explainHidden({ peer, why: isTrusted ? 'silent' : 'unnamed' }));
}

/** Answers the question at `listen`; undefined when that port cannot be had, mostly because Gatehouse runs. */
async function listenMeanwhile({ listen, only }: Config, key: Buffer): Promise<Server | undefined> {
  if (only === 'reset') return undefined;
  const addresses = createClientAddresses(listen.trustedProxies);
  const answer: RequestListener = (request, response) => {
    const nonce = readQuestion(key, request.headers[REACH_HEADER]);
    response.writeHead(nonce === undefined ? 503 : 200, { 'Cache-Control': 'no-store' });
    response.end(nonce === undefined ? '' : writeAnswer(key, nonce, describeWay(request, addresses)));
  };
  try {
    const server = await makeServer(listen.tls, answer);
    return await new Promise((resolve) => {
      server.once('error', () => resolve(undefined));
      server.listen({ host: listen.host, port: listen.port, exclusive: true }, () => resolve(server));
    });
  } catch {
    return undefined;
  }
}

async function makeServer(tls: Config['listen']['tls'], answer: RequestListener): Promise<Server> {
  if (tls === undefined) return createServer(answer);
  const [cert, key] = await Promise.all([readFile(tls.certFile), readFile(tls.keyFile)]);
  return createHttpsServer({ cert, key }, answer);
}
