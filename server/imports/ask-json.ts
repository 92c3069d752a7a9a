import type { z } from 'zod';
import { callService } from '../channels/service-call.ts';
import { SourceError } from '../ports/contact-source.ts';

/** How long another program may take for an answer, in milliseconds: it may ask Jellyfin first. */
export const ANSWER_MS = 120_000;

/** Longest answer or file that is read whole, in bytes: some programs give all people in one. */
export const MOST_BYTES = 64 * 1024 * 1024;

/** The web address of another program. */
export interface ProgramAddress {
  /** Without a slash at the end. */
  readonly url: string;
  /** Its host and path, for rows and errors. */
  readonly place: string;
}

/** Whether a place is meant as a web address. */
export function isWebAddress(location: string): boolean {
  return /^https?:\/\//i.test(location);
}

/**
 * Reads the web address of another program: of its first page, with a path where it has one.
 *
 * @throws {SourceError} when it is none, or holds what is to be asked for or means nothing.
 */
export function readProgramAddress(text: string): ProgramAddress {
  if (!URL.canParse(text))
    throw new SourceError('the address is none; write it as in https://requests.example.org');
  const url = new URL(text);
  if (url.username !== '' || url.password !== '')
    throw new SourceError(
      'the address must hold no user and no password: both are seen by every user of this machine; they are asked for',
    );
  if (url.search !== '' || url.hash !== '')
    throw new SourceError('the address must end with its path, without ? and #');
  const path = url.pathname.replace(/(?<!\/)\/+$/, '');
  return { url: `${url.origin}${path}`, place: `${url.host}${path}` };
}

/**
 * Asks another program for JSON.
 *
 * @param what What is asked for, for errors: `the people`.
 * @param refused What a refused key or password is called, for errors.
 * @throws {SourceError} when it does not answer, refuses, or answers something else.
 */
export async function askJson<Schema extends z.ZodType>(
  { url, place }: ProgramAddress,
  path: string,
  asked: {
    readonly schema: Schema;
    readonly headers: Readonly<Record<string, string>>;
    readonly what: string;
    readonly refused: string;
  },
): Promise<z.output<Schema>> {
  const answer = await callService({
    method: 'GET',
    url: `${url}${path}`,
    headers: asked.headers,
    timeoutMs: ANSWER_MS,
    mostBytes: MOST_BYTES,
  });
  if (answer.kind === 'unanswered') throw new SourceError(`${place} ${answer.why}`);
  const { status } = answer;
  if (status === 401 || status === 403)
    throw new SourceError(`${place} refuses ${asked.refused} (status ${status}); correct it`);
  if (status >= 300 && status < 400)
    throw new SourceError(`${place} leads elsewhere (status ${status}); name the address that it leads to`);
  const read = asked.schema.safeParse(answer.json);
  if (status !== 200 || !read.success)
    throw new SourceError(
      `${place} does not tell ${asked.what} in a way Gatehouse can read (status ${status}); is it the right address?`,
    );
  return read.data;
}
