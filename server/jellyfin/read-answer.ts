import type { z } from 'zod';
import { JellyfinUnreachableError } from './errors.ts';
import type { JellyfinAnswer } from './send.ts';

/** Jellyfin answers, but not as it should; what it says is left out, for it could repeat what we sent. */
export function unexpectedAnswer(what: string, answer: JellyfinAnswer): JellyfinUnreachableError {
  const why =
    answer.status === 503
      ? 'is still starting (status 503)'
      : `answered ${what} in a way Gatehouse cannot read (status ${answer.status})`;
  return new JellyfinUnreachableError(`Jellyfin ${why}. Is jellyfin.url really Jellyfin?`, {
    mayHaveArrived: answer.status >= 500,
  });
}

/**
 * Reads an answer's JSON.
 *
 * @param what Name of the call, for the error.
 * @throws {JellyfinUnreachableError} when it is none, or of another shape.
 */
export function readJsonAnswer<Schema extends z.ZodType>(
  schema: Schema,
  what: string,
  answer: JellyfinAnswer,
): z.infer<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(answer.text);
  } catch {
    throw unexpectedAnswer(what, answer);
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw unexpectedAnswer(what, answer);
  return parsed.data;
}
