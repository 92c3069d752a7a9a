import { z } from 'zod';

/**
 * Bodies between our pages and our API. Both sides import this file; the browser takes types only.
 * Every call is a POST with `Content-Type: application/json` to an address below `/gatehouse/api/`.
 */

/** Our own pages, each at `/gatehouse/NAME`; all are one file, whose script looks at the address. */
export const PAGE_NAMES = ['reset', 'pin', 'account', 'undo', 'invitation', 'connect', 'confirm'] as const;

/** Name of one of our pages. */
export type PageName = (typeof PAGE_NAMES)[number];

const hex = (bytes: number) =>
  z
    .string()
    .length(2 * bytes)
    .regex(/^[0-9a-f]*$/);

/**
 * A puzzle: find the counter whose SHA-256, over the salt, the nonce and the counter as four bytes (the highest first),
 * begins with the prefix. The rest is what we check it by. All texts are hex.
 */
export const WorkChallenge = z.strictObject({
  nonce: hex(16),
  salt: hex(16),
  keyPrefix: hex(16),
  keySignature: hex(32),
  /** In seconds since 1970. */
  expiresAt: z.int(),
  signature: hex(32),
});
export type WorkChallenge = z.infer<typeof WorkChallenge>;

/** A solved puzzle; good once. */
export const Proof = z.strictObject({
  challenge: WorkChallenge,
  counter: z.int().min(0).max(0xff_ff_ff_ff),
  /** The SHA-256 that was found. */
  derivedKey: hex(32),
});
export type Proof = z.infer<typeof Proof>;

/** `POST api/reset-requests`: somebody asks for a message. Answered 202 `{}` for every name, before any look-up. */
export const ResetRequestBody = z.strictObject({
  /** User name or mail address, as typed. */
  enteredName: z.string().trim().min(1).max(256),
  /** What a first try was told to solve (`proof-needed`). */
  proof: Proof.optional(),
});
export type ResetRequestBody = z.infer<typeof ResetRequestBody>;

/** Answer 202 to `POST api/reset-requests`, the same for every name. */
export interface ResetRequestAnswer {
  /** The message will hold a PIN, to be typed at `/gatehouse/pin`; absent: a link. */
  readonly holds?: 'pin';
}

/** `POST api/pins`: a PIN as it was typed, or as it stands in a link. Changes nothing about the account. */
export const PinBody = z.strictObject({ pin: z.string().trim().min(1).max(256) });
export type PinBody = z.infer<typeof PinBody>;

/**
 * Answer 200 to `POST api/pins`: the token of a link that works for ten minutes. Codes of a PIN that is none:
 * `link-unknown`, `link-expired`, `link-used`, `link-busy`.
 */
export interface PinAnswer {
  readonly token: string;
}

/** A reset token as it stands in a link: 256 random bits, base64url. */
const token = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/** `POST api/links`: what is the link good for? Changes nothing. */
export const LinkBody = z.strictObject({ token });
export type LinkBody = z.infer<typeof LinkBody>;

/** What a new password must be like. Lengths in characters (Unicode code points). */
export interface PasswordRules {
  readonly minLength: number;
  readonly maxLength: number;
}

/** Answer to `POST api/links`, always 200. */
export type LinkAnswer =
  | {
      readonly state: 'open';
      readonly userName: string;
      readonly serverName: string;
      readonly passwordRules: PasswordRules;
      /** A code is needed besides, which `POST api/codes` sends. Absent: none is, as far as is known at this moment. */
      readonly needsCode?: true;
    }
  | { readonly state: 'expired' | 'used' | 'unknown' };

/** `POST api/codes`: sends the code that a link needs besides. The link stays as it is. */
export const CodeBody = z.strictObject({
  token,
  /** What a first try was told to solve (`proof-needed`). */
  proof: Proof.optional(),
});
export type CodeBody = z.infer<typeof CodeBody>;

/** A channel that carried something; says nothing of an address. */
export interface CodeChannel {
  readonly channel: string;
  /** Undefined where the page has its own word, as for mail. */
  readonly properName: string | undefined;
}

/** Answer 200 to `POST api/codes`. */
export interface CodeAnswer {
  /** Those the code went out on. Empty: no code is needed (any more). */
  readonly channels: readonly CodeChannel[];
}

/** `POST api/passwords`: the new password. The only call that spends a link. */
export const PasswordBody = z.strictObject({
  token,
  password: z.string().min(1).max(1024),
  /** As typed; where the link needs one. */
  code: z.string().trim().min(1).max(64).optional(),
});
export type PasswordBody = z.infer<typeof PasswordBody>;

/** Answer 200 to `POST api/passwords`. */
export interface PasswordAnswer {
  /** Where to sign in, relative to `/gatehouse/`. */
  readonly signInUrl: string;
}

/** Why a password is refused, in the order in which the page shows them. */
export type PasswordFault = 'too-short' | 'too-long' | 'common' | 'contains-name';

/** Every code an API call may fail with; `server/http/errors.ts` has status and sentence of each. */
export type ApiErrorCode =
  | 'bad-body'
  | 'link-unknown'
  | 'link-expired'
  | 'link-used'
  | 'link-busy'
  | 'password-refused'
  | 'account-unavailable'
  | 'account-elsewhere'
  | 'jellyfin-unreachable'
  | 'change-not-kept'
  | 'too-many-requests'
  | 'proof-needed'
  | 'signed-out'
  | 'sign-in-refused'
  | 'password-wrong'
  | 'address-refused'
  | 'code-needed'
  | 'code-wrong'
  | 'code-expired'
  | 'codes-used-up'
  | 'link-locked'
  | 'not-found'
  | 'unavailable'
  | 'internal';

/** Body of every failed API call. */
export interface ApiError {
  readonly code: ApiErrorCode;
  /** One English sentence for logs and curl; the page has its own words for each code. */
  readonly message: string;
  /** Only with `password-refused`. */
  readonly faults?: readonly PasswordFault[];
  /** Only with `proof-needed`. */
  readonly challenge?: WorkChallenge;
  /** Only with `account-elsewhere`: where the password is changed, if the admin has said so. */
  readonly url?: string;
}
