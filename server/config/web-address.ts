import { z } from 'zod';

/**
 * An http or https address with an optional path, for one kind of server. Its output has no slash at the end.
 * Query, fragment, user name and password are refused: they would be sent along, or be lost, in ways nobody expects.
 *
 * @param example Shown in the sentence of the error.
 * @param other Further addresses that are taken as they are written.
 */
export function webAddress(example: string, other?: RegExp) {
  const fault = `must be an http:// or https:// address such as ${example}`;
  return z
    .string({ error: (issue) => (issue.input === undefined || issue.input === null ? undefined : fault) })
    .superRefine((text, context) => {
      if (other?.test(text) === true) return;
      const url = URL.canParse(text) ? new URL(text) : undefined;
      if (url === undefined || !/^https?:\/\/[^/]/i.test(text) || /\s/.test(text)) {
        context.addIssue({ code: 'custom', message: fault });
      } else if (url.username !== '' || url.password !== '') {
        context.addIssue({ code: 'custom', message: 'must not hold a user name or password; remove them' });
      } else if (/[?#]/.test(text)) {
        context.addIssue({ code: 'custom', message: 'must end with its path; remove what begins at ? or #' });
      }
    })
    .transform((text) =>
      other?.test(text) !== true && URL.canParse(text) ? new URL(text).href.replace(/(?<!\/)\/+$/, '') : text,
    );
}

/** Whether every `%` of a part of an address encodes something, so that decoding it cannot fail. Never throws. */
export function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
