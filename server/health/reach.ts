import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { ArrivalWay } from '../../injector/answers/status-port.ts';
import type { Config } from '../config/config.ts';
import { isSameSecret } from '../secrets/same-secret.ts';

/** What follows `/gatehouse` in the address of the question. */
export const REACH_PATH = '/health/reach';

/** The header that carries the question. Lower case, as Node gives names. */
export const REACH_HEADER = 'x-gatehouse-reach';

/**
 * The key by which `doctor` knows this Gatehouse, and Gatehouse knows `doctor`: made of the configuration, which both have
 * read, so that it works from another container or machine with the same one, where the process that runs could not be
 * asked directly. Whether a port is held by it is asked the same way. It comes from a long random secret: who sees question and answer on their way could try out a weak one.
 * Undefined where the configuration holds none.
 */
export function reachKey(
  config: Pick<Config, 'jellyfin' | 'remoteReset' | 'resetListener' | 'metrics'>,
): Buffer | undefined {
  const secret =
    config.jellyfin.apiKey ??
    config.metrics.token ??
    config.remoteReset?.secret ??
    config.resetListener?.secret;
  return secret === undefined
    ? undefined
    : createHash('sha256').update(`gatehouse-reach\n${secret}`).digest();
}

/**
 * Writes the question: a nonce and the proof that whoever asks has the key. Seen and asked again, it tells how one's own
 * request came, which is no secret, so it has no time at which it ends.
 *
 * @param nonce 32 lower-case hex digits.
 */
export function writeQuestion(key: Buffer, nonce: string): string {
  return `${nonce}.${sign(key, 'question', nonce)}`;
}

/** Longest answer that is read, in bytes; ours is under 400. */
export const MAX_REACH_ANSWER = 4_096;

/** A question on its way. */
export interface AskedReach {
  /** 32 lower-case hex digits, new each time. */
  readonly nonce: string;
  readonly headers: Readonly<Record<string, string>>;
  /** How the question came; undefined where the answer is not from a Gatehouse of this configuration. Never throws. */
  readonly read: (answer: string) => ArrivalWay | undefined;
}

/** Makes a question for whoever has the key; the address is `/gatehouse` and {@link REACH_PATH}. */
export function askReach(key: Buffer): AskedReach {
  const nonce = randomBytes(16).toString('hex');
  const headers = { [REACH_HEADER]: writeQuestion(key, nonce) };
  return { nonce, headers, read: (answer) => readAnswer(key, nonce, answer) };
}

/** Reads the nonce of a question; undefined when there is none, or it was asked without the key. Never throws. */
export function readQuestion(key: Buffer, header: string | string[] | undefined): string | undefined {
  const [, nonce, proof] = /^([0-9a-f]{32})\.([0-9a-f]{64})$/.exec(String(header)) ?? [];
  if (nonce === undefined || proof === undefined) return undefined;
  return isSameSecret(proof, sign(key, 'question', nonce)) ? nonce : undefined;
}

/** Writes the answer: its proof, a space, and how the question came, as JSON. */
export function writeAnswer(key: Buffer, nonce: string, way: ArrivalWay): string {
  const told = JSON.stringify(way);
  return `${sign(key, `answer ${nonce}`, told)} ${told}`;
}

/** Reads an answer; undefined when it is not from somebody with the key, or to another question. Never throws. */
export function readAnswer(key: Buffer, nonce: string, text: string): ArrivalWay | undefined {
  const [proof = '', told = ''] = [text.slice(0, 64), text.slice(65)];
  return isSameSecret(proof, sign(key, `answer ${nonce}`, told))
    ? (JSON.parse(told) as ArrivalWay)
    : undefined;
}

function sign(key: Buffer, what: string, text: string): string {
  return createHmac('sha256', key).update(`${what}\n${text}`).digest('hex');
}
