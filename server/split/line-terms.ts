import { isIP } from 'node:net';
import { z } from 'zod';

/**
 * What injector and reset service say to each other when they are two processes: HTTP/1.1 with `Authorization: Bearer
 * SECRET` on each request. Whoever can read the line could send a request again; the line is private or https, and what
 * a repeated call does is limited and harmless (a link is spent once).
 */

/** Calls of the port's methods: POST with JSON, answered with JSON. What is below `people` is a person's request. */
export const PATHS = {
  askReset: '/port/ask-reset',
  report: '/port/report',
  people: '/people',
} as const;

/** Largest body of a call, and of a person's request; the same as on our own routes. In bytes. */
export const MAX_BODY_BYTES = 64 * 1024;

/** On every answer of the reset service, so that nothing else is taken for it. */
export const ANSWER_MARK = 'gatehouse-service';

/** What the injector found out about a person's request; believed with the secret only. Lower case, as Node gives them. */
export const CARRIED = {
  /** One IP address. */
  client: 'gatehouse-client',
  /** `http` or `https`. */
  scheme: 'gatehouse-scheme',
  /** The host that was asked for; absent when there was none. */
  host: 'gatehouse-host',
  /** The person's own Authorization header, whose place the secret takes. */
  authorization: 'gatehouse-authorization',
} as const;

const address = z.string().refine((text) => isIP(text) !== 0);

/** Body of `askReset`. Source: `AskedReset` of the port. */
export const AskCall = z.strictObject({
  enteredName: z.string().max(256),
  clientAddress: address,
  acceptLanguage: z.string().optional(),
});
