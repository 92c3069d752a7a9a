import { rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { readRefreshToken } from '../config/mail-files.ts';
import type { Oauth2Options } from '../config/sections/mail-oauth2.ts';
import { systemCode } from '../errors/system-code.ts';

/** Code of the error when there is no access token; its message is a whole sentence with the fix. */
export const NO_TOKEN = 'NO_ACCESS_TOKEN';

/** How long the provider may take. */
const TIMEOUT_MS = 30_000;

/** Longest answer that is read; a token of Microsoft has some 3 kB. */
const MAX_ANSWER_BYTES = 128 * 1024;

/** How long a token is taken to last whose answer does not say it. */
const UNSAID_LIFETIME_S = 300;

/** How long before its end a token is not used any more. */
const MARGIN_MS = 60_000;

/** How long a refusal counts, and one new token for refused ones: mails that wait must not hammer the provider. */
const PAUSE_MS = 30_000;

/** What a provider answers. Source: RFC 6749 sections 5.1 and 5.2. */
const ANSWER = z.object({
  access_token: z.string().min(1).max(16_384).optional(),
  expires_in: z.coerce.number().positive().max(31_536_000).optional(),
  refresh_token: z.string().min(1).max(16_384).optional(),
  error: z.string().max(200).optional(),
});

/** Access tokens for the mail server, each used as long as it lasts. */
export interface AccessTokens {
  /** The one to sign in with. @throws {Error} with the code {@link NO_TOKEN}. */
  get(): Promise<string>;
  /**
   * Drops the last one, which the mail server refused; at most one in half a minute.
   *
   * @returns Whether another try with another one is worth it.
   */
  drop(): boolean;
  /** Secrets that are in use now, for the log to hide. */
  secrets(): readonly string[];
}

/**
 * Fetches access tokens by a refresh token, or by the app's own secret where there is none. nodemailer's own fetching is
 * not used: it does so once for each connection, and drops the new refresh token that Microsoft sends with each answer, so
 * that the first one would end after 90 days. Source: learn.microsoft.com, "Refresh tokens in the Microsoft identity platform".
 */
export function createAccessTokens(options: Oauth2Options): AccessTokens {
  const { refreshTokenFile: file } = options;
  let refreshToken = options.refreshToken;
  /** What the file is known to hold; when it holds something else, somebody put that there. */
  let inFile: string | undefined;
  let writeFault: string | undefined;
  let current: { readonly token: string; readonly until: number } | undefined;
  let refusal: { readonly error: Error; readonly until: number } | undefined;
  let droppedAt = Number.NEGATIVE_INFINITY;
  let fetching: Promise<string> | undefined;

  async function readToken(): Promise<string | undefined> {
    if (file === undefined) return refreshToken;
    const read = await readRefreshToken(file);
    if ('value' in read && read.value !== inFile) {
      inFile = read.value;
      refreshToken = read.value;
    }
    if (refreshToken === undefined && 'fault' in read)
      throw noToken(`mail.oauth2.refreshTokenFile: ${read.fault}.`);
    return refreshToken;
  }

  /** Keeps the newest refresh token, in the file too. */
  async function keep(token: string | undefined): Promise<void> {
    if (token === undefined || token === refreshToken) return;
    refreshToken = token;
    if (file === undefined) return;
    writeFault = await write(file, token);
    if (writeFault === undefined) inFile = token;
  }

  async function fetchToken(): Promise<string> {
    const refresh = await readToken();
    const answer = await ask(options, refresh);
    if (answer.access_token === undefined) {
      const error = noToken(explainRefusal(answer.error, options, writeFault));
      refusal = { error, until: performance.now() + PAUSE_MS };
      throw error;
    }
    const lifetimeMs = (answer.expires_in ?? UNSAID_LIFETIME_S) * 1000;
    const until = performance.now() + Math.max(lifetimeMs - MARGIN_MS, lifetimeMs / 2);
    current = { token: answer.access_token, until };
    refusal = undefined;
    await keep(answer.refresh_token);
    return answer.access_token;
  }

  return {
    async get() {
      const now = performance.now();
      if (current !== undefined && current.until > now) return current.token;
      if (refusal !== undefined && refusal.until > now) throw refusal.error;
      fetching ??= fetchToken().finally(() => {
        fetching = undefined;
      });
      return fetching;
    },
    drop() {
      const now = performance.now();
      if (now - droppedAt < PAUSE_MS) return false;
      droppedAt = now;
      current = undefined;
      return true;
    },
    secrets: () => [current?.token, refreshToken].filter((one) => one !== undefined),
  };
}

/** Writes by way of a file beside it, so that a crash leaves one or the other; straight into it where only that may be written. */
async function write(file: string, token: string): Promise<string | undefined> {
  try {
    await writeFile(`${file}.new`, `${token}\n`, { mode: 0o600 });
    await rename(`${file}.new`, file);
    return undefined;
  } catch {
    try {
      await writeFile(file, `${token}\n`);
      return undefined;
    } catch (error) {
      return systemCode(error) ?? 'unknown error';
    }
  }
}

async function ask(
  { tokenUrl, clientId, clientSecret, scope }: Oauth2Options,
  refreshToken: string | undefined,
): Promise<z.output<typeof ANSWER>> {
  const body = new URLSearchParams({
    grant_type: refreshToken === undefined ? 'client_credentials' : 'refresh_token',
    client_id: clientId,
    ...(clientSecret === undefined ? {} : { client_secret: clientSecret }),
    ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
    ...(scope === undefined ? {} : { scope }),
  });
  const { host } = new URL(tokenUrl);
  let status: number;
  let text: string;
  try {
    const response = await fetch(tokenUrl, {
      method: 'POST',
      headers: { Accept: 'application/json' },
      body,
      // The secrets are for that address and no other.
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    status = response.status;
    text = await readShort(response);
  } catch (error) {
    throw noToken(
      `${host}, which mail.oauth2.tokenUrl names, could not be asked for an access token (${reasonOf(error)}); check the address, and that this machine reaches it.`,
    );
  }
  const read = ANSWER.safeParse(parse(text));
  if (read.success && (read.data.access_token !== undefined || read.data.error !== undefined))
    return read.data;
  throw noToken(
    `${host}, which mail.oauth2.tokenUrl names, answered ${status} and no access token; check the address, in Microsoft's the name of the tenant too.`,
  );
}

async function readShort(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > MAX_ANSWER_BYTES) throw new Error('answer too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Node's code, or what it says in its place; neither holds what was sent. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
  return cause instanceof Error ? cause.message : 'unknown error';
}

/** What the codes of RFC 6749 section 5.2 mean for the config. */
function explainRefusal(
  code: string | undefined,
  { clientSecret, refreshTokenFile }: Oauth2Options,
  writeFault: string | undefined,
): string {
  const said = `mail.oauth2: the provider gave no access token (${/^[a-z0-9_]{1,60}$/i.test(code ?? '') ? code : 'unknown error'});`;
  const where = refreshTokenFile === undefined ? 'mail.oauth2.refreshToken' : 'mail.oauth2.refreshTokenFile';
  switch (code) {
    case 'invalid_grant': {
      const unwritten =
        writeFault === undefined
          ? ''
          : ` A newer one could not be written to ${where} (${writeFault}); let Gatehouse write there.`;
      return `${said} the refresh token has ended or was withdrawn, as by a new password of the mailbox, or after seven days for an app of Google that is still in testing. Get a new one as docs/mail.md says, and put it into ${where}.${unwritten}`;
    }
    case 'invalid_client':
    case 'unauthorized_client':
      return `${said} check mail.oauth2.clientId and ${clientSecret === undefined ? 'add mail.oauth2.clientSecret, if the app has one' : 'mail.oauth2.clientSecret, which ends at the provider on the day chosen there'}.`;
    case 'invalid_scope':
      return `${said} correct mail.oauth2.scope, or remove it.`;
    default:
      return `${said} check mail.oauth2 with docs/mail.md.`;
  }
}

function noToken(message: string): Error {
  return Object.assign(new Error(message), { code: NO_TOKEN });
}
