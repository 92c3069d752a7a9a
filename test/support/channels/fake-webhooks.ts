import { createHmac, timingSafeEqual } from 'node:crypto';
import { type HeardRequest, type Reply, startFakeService } from './fake-service.ts';

/** A message as a service took it. */
export interface TakenMessage {
  /** `Idempotency-Key`. */
  readonly key: string;
  readonly address: string;
  /** As the person reads it. */
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** What of it is more than letters, our own link aside. */
  readonly markup: readonly string[];
}

const bodyOf = ({ body }: HeardRequest): Record<string, unknown> =>
  typeof body === 'object' && body !== null ? { ...body } : {};
const keyOf = ({ headers }: HeardRequest): string => String(headers['idempotency-key']);

/** Starts a receiver of signed JSON, which checks signature and time as docs/channels.md tells its readers to. */
export async function startReceiver(secret: string) {
  const taken: TakenMessage[] = [];
  function isSigned({ headers, raw }: HeardRequest): boolean {
    const timestamp = String(headers['x-gatehouse-timestamp']);
    if (Math.abs(Date.now() / 1000 - Number(timestamp)) > 300) return false;
    const mac = createHmac('sha256', secret).update(timestamp).update('.').update(raw);
    const expected = Buffer.from(`v1=${mac.digest('hex')}`);
    return String(headers['x-gatehouse-signature'])
      .split(' ')
      .map((signature) => Buffer.from(signature))
      .some((given) => given.length === expected.length && timingSafeEqual(given, expected));
  }
  const service = await startFakeService((request): Reply => {
    if (request.method !== 'POST') return { status: 405 };
    if (!isSigned(request)) return { status: 401 };
    const body = bodyOf(request);
    if (body['type'] !== 'message') return { status: 204 };
    const [address, text] = [String(body['recipient']), String(body['text'])];
    taken.push({ key: keyOf(request), address, text, body, markup: [] });
    return { status: 202 };
  });
  return { ...service, taken };
}

/**
 * Starts an ntfy that takes JSON at its root. Source: docs.ntfy.sh/publish, "Publish as JSON"; errors as ntfy's server gives
 * them: code, http, error.
 *
 * @param token What may write; undefined: everybody.
 */
export async function startFakeNtfy(token?: string) {
  const taken: TakenMessage[] = [];
  const denied = new Set<string>();
  const refuse = (code: number, error: string): Reply => {
    const http = Math.floor(code / 100);
    return { status: http, body: { code, http, error } };
  };
  const service = await startFakeService((request): Reply => {
    const { path, method, headers } = request;
    if (path === '/v1/health') return { status: 200, body: { healthy: true } };
    if (token !== undefined && headers.authorization !== `Bearer ${token}`)
      return refuse(40101, 'unauthorized');
    if (path === '/v1/account') return { status: 200, body: { username: 'gate', role: 'user' } };
    if (path !== '/' || method !== 'POST') return refuse(40401, 'page not found');
    const body = bodyOf(request);
    const topic = String(body['topic']);
    if (!/^[-_A-Za-z0-9]{1,64}$/.test(topic)) return refuse(40009, 'invalid request: topic invalid');
    if (denied.has(topic)) return refuse(40301, 'forbidden');
    const text = String(body['message']);
    const markup = ['attach', 'icon', 'actions'].filter((field) => field in body);
    if (body['markdown'] === true) markup.push('markdown');
    taken.push({ key: keyOf(request), address: topic, text, body, markup });
    return { status: 200, body: { id: 'abc', event: 'message', topic, message: text } };
  });
  return { ...service, taken, denied, refuse };
}

/** Starts a Gotify. Source: gotify.net/api-docs, `POST /message`. @param tokens Token of each person's application. */
export async function startFakeGotify(tokens: Readonly<Record<string, string>>) {
  const taken: TakenMessage[] = [];
  const refuse = (status: number, error: string): Reply => {
    return { status, body: { error, errorCode: status, errorDescription: `about ${error}` } };
  };
  const service = await startFakeService((request): Reply => {
    const { path, method, headers } = request;
    if (path !== '/message' || method !== 'POST') return refuse(404, 'Not Found');
    const address = Object.keys(tokens).find((name) => tokens[name] === headers['x-gotify-key']);
    if (address === undefined) return refuse(401, 'Unauthorized');
    const body = bodyOf(request);
    if (typeof body['message'] !== 'string' || body['message'] === '') return refuse(400, 'Bad Request');
    const extras = (body['extras'] ?? {}) as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    const isPlain = extras['client::display']?.['contentType'] === 'text/plain';
    const markup = isPlain ? [] : ['markdown'];
    taken.push({ key: keyOf(request), address, text: body['message'], body, markup });
    return { status: 200, body: { id: taken.length, appid: 1, message: body['message'] } };
  });
  return { ...service, taken, refuse };
}

/**
 * Starts an Apprise API. Source: github.com/caronc/apprise-api, README, "Persistent Storage Solution".
 *
 * @param tags Of the configuration under this key.
 */
export async function startFakeApprise(key: string, tags: readonly string[]) {
  const taken: TakenMessage[] = [];
  const service = await startFakeService((request): Reply => {
    const { path, method } = request;
    const [, place, asked] = /^\/(notify|json\/urls)\/([\w-]{1,128})(?:\?privacy=1)?$/.exec(path) ?? [];
    if (place === undefined) return { status: 404, body: { error: 'not found' } };
    if (asked !== key) return { status: 204 };
    if (place === 'json/urls') return { status: 200, body: { tags, urls: [] } };
    if (method !== 'POST') return { status: 405 };
    const body = bodyOf(request);
    const tag = String(body['tag']);
    if (typeof body['body'] !== 'string') return { status: 400, body: { error: 'bad request' } };
    if (!tags.includes(tag)) return { status: 424, body: { error: 'one or more could not be sent' } };
    const markup = body['format'] === 'text' ? [] : [String(body['format'])];
    taken.push({ key: keyOf(request), address: tag, text: body['body'], body, markup });
    return { status: 200, body: { error: null } };
  });
  return { ...service, taken };
}
