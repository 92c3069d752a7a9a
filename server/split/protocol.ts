import { isIP } from 'node:net';
import { z } from 'zod';

/**
 * What injector and reset service say to each other when they are two processes: HTTP/1.1 with `Authorization: Bearer
 * SECRET` on each request. Whoever can read the connection could send a request again; it is private or https, and what
 * a repeated call does is limited and harmless (a link is spent once).
 */

/** Calls of the port's methods: POST with JSON, answered with JSON. What is below `people` is a person's request. */
export const PATHS = {
  requestReset: '/port/request-reset',
  redeemPin: '/port/redeem-pin',
  beginLogin: '/port/login/begin',
  endLogin: '/port/login/end',
  report: '/port/report',
  people: '/people',
} as const;

/** Longest user name of a sign-in, in characters. */
export const MAX_NAME = 1024;

/** As much of an Accept-Language as is carried, in characters; browsers send some dozens. */
export const MAX_ACCEPT_LANGUAGE = 1024;

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

/** Answer to `requestReset`. Source: `RequestOutcome` of the port. */
export const ResetRequestReply = z.object({ answer: z.enum(['taken', 'proof-needed']).optional() });

/** Body of `requestReset`: what the port calls `ResetRequest`. */
export const ResetRequestCall = z.strictObject({
  enteredName: z.string().max(256),
  clientAddress: address,
  acceptLanguage: z.string().optional(),
});

/** Body of `redeemPin`. Source: `PinAttempt` of the port. */
export const PinCall = z.strictObject({ pin: z.string().max(256), clientAddress: address });

const loginAttempt = z.strictObject({ name: z.string().max(MAX_NAME), clientAddress: address });

/** Body of `login.begin`. Source: `LoginAttempt` of the port. */
export const BeginLoginCall = z.strictObject({ attempt: loginAttempt });

/** Body of `login.end`. Source: `LoginOutcome` of the port. */
export const EndLoginCall = z.strictObject({
  attempt: loginAttempt,
  outcome: z.enum(['success', 'failure', 'neither']),
});
