import { randomBytes } from 'node:crypto';
import type { HeardRequest, Reply } from './fake-service.ts';

/** The application that people sign in to. */
export const APPLICATION = {
  clientId: '123456789012345678',
  clientSecret: 'fake-client-secret-of-the-tests',
};

const oauthError = (status: number, error: string): Reply => ({ status, body: { error } });

/**
 * The sign-in of Discord: the page on which people allow it, as `consent`, codes that work once, and tokens. Its token
 * endpoints take forms only. Source: docs.discord.com/developers/topics/oauth2.
 */
export function createFakeDiscordSignIns() {
  const codes = new Map<string, { readonly person: string; readonly redirect: string }>();
  const tokens = new Map<string, string>();
  const revoked: string[] = [];
  const basic = `Basic ${Buffer.from(`${APPLICATION.clientId}:${APPLICATION.clientSecret}`).toString('base64')}`;
  let secret = basic;

  let asked: { readonly person: string | undefined; readonly registered: string } | undefined;

  /**
   * What a person does on the page that the browser was led to.
   *
   * @param person Who allows it; undefined: they refuse.
   * @returns Where Discord leads the browser.
   * @throws {Error} what Discord shows in place of that page.
   */
  function consent(address: string, person: string | undefined, registered: string): URL {
    const { searchParams: query } = new URL(address);
    const redirect = query.get('redirect_uri') ?? '';
    if (query.get('client_id') !== APPLICATION.clientId) throw new Error('Unknown Application');
    if (redirect !== registered) throw new Error('Invalid OAuth2 redirect_uri');
    if (query.get('response_type') !== 'code' || query.get('scope') !== 'identify')
      throw new Error('Invalid OAuth2 scope');
    const back = new URL(redirect);
    if (person === undefined) {
      back.searchParams.set('error', 'access_denied');
      back.searchParams.set(
        'error_description',
        'The resource owner or authorization server denied the request',
      );
    } else {
      const code = randomBytes(15).toString('base64url');
      codes.set(code, { person, redirect });
      back.searchParams.set('code', code);
    }
    back.searchParams.set('state', query.get('state') ?? '');
    return back;
  }

  /** Undefined: the request is none of these. */
  function answer({ path, method, headers, raw }: HeardRequest): Reply | undefined {
    if (path.startsWith('/oauth2/authorize?') && asked !== undefined) {
      const { person, registered } = asked;
      const location = consent(`http://localhost${path}`, person, registered).href;
      return { status: 302, body: '', headers: { location } };
    }
    if (path === '/users/@me' && headers.authorization?.startsWith('Bearer ') === true) {
      const person = tokens.get(headers.authorization.slice('Bearer '.length));
      if (person === undefined) return { status: 401, body: { message: '401: Unauthorized', code: 0 } };
      return { status: 200, body: { id: person, username: 'anna', global_name: 'Anna' } };
    }
    if (path !== '/oauth2/token' && path !== '/oauth2/token/revoke') return undefined;
    if (method !== 'POST' || headers['content-type'] !== 'application/x-www-form-urlencoded')
      return { status: 400, body: { error: 'invalid_request' } };
    if (headers.authorization !== secret) return oauthError(401, 'invalid_client');
    const form = new URLSearchParams(raw);
    if (path === '/oauth2/token/revoke') {
      const token = form.get('token') ?? '';
      tokens.delete(token);
      revoked.push(token);
      return { status: 200, body: {} };
    }
    if (form.get('grant_type') !== 'authorization_code') return oauthError(400, 'unsupported_grant_type');
    const code = form.get('code') ?? '';
    const found = codes.get(code);
    codes.delete(code);
    if (found === undefined || form.get('redirect_uri') !== found.redirect)
      return oauthError(400, 'invalid_grant');
    const token = randomBytes(15).toString('base64url');
    tokens.set(token, found.person);
    return {
      status: 200,
      body: {
        access_token: token,
        token_type: 'Bearer',
        expires_in: 604_800,
        refresh_token: 'r',
        scope: 'identify',
      },
    };
  }

  return {
    answer,
    revoked,
    consent,
    /** Who is in front of the browser that comes to the page, so that it leads back at once. */
    isHere: (person: string | undefined, registered: string) => {
      asked = { person, registered };
    },
    /** The application gets another secret, so that the one that is known is refused. */
    changeSecret: () => {
      secret = 'Basic another';
    },
  };
}
