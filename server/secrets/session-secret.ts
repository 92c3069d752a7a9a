import { createToken, hashToken } from './token.ts';

/** What a session's cookie holds, as we use it. */
export interface SessionSecret {
  /** SHA-256 of its id, the only form in which that is kept. */
  readonly idHash: string;
  /** 32 bytes that seal what belongs to the session. Kept nowhere: the cookie alone has it. */
  readonly key: Buffer;
}

/** Makes a session's secret: an id and a key of 256 random bits each. Source: ASVS 5.0 7.2.3, 7.2.4. */
export function createSessionSecret(): SessionSecret & { readonly cookie: string } {
  const [id, key] = [createToken(), createToken()];
  return { cookie: `${id}.${key}`, idHash: hashToken(id), key: Buffer.from(key, 'base64url') };
}

/** Reads the value of a cookie; undefined when it cannot be one of ours. */
export function readSessionSecret(cookie: string): SessionSecret | undefined {
  const [, id, key] = /^([A-Za-z0-9_-]{43})\.([A-Za-z0-9_-]{43})$/.exec(cookie) ?? [];
  if (id === undefined || key === undefined) return undefined;
  return { idHash: hashToken(id), key: Buffer.from(key, 'base64url') };
}
