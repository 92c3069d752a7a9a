import { z } from 'zod';
import type { ChannelSignIn } from '../../ports/channel.ts';
import { callService, type ServiceAnswer } from '../service-call.ts';
import { ofStrangeAnswer, ofUnanswered } from '../service-outcome.ts';
import { DISCORD } from './discord-answers.ts';

/** The application that people sign in to, as the config has it. */
export interface DiscordApplication {
  readonly clientId: string;
  readonly clientSecret: string;
  /** With the version, without a slash at the end. */
  readonly apiUrl: string;
  /** The page on which people allow it. */
  readonly authorizeUrl: string;
  /** Where Discord leads back to; exactly as it is written in the Developer Portal. */
  readonly redirectUrl: string;
  /** `public.url` of the config, which Discord wants to know of its callers. */
  readonly publicUrl: string;
}

/** Says who somebody is, and nothing else of them. Source: docs.discord.com/developers/topics/oauth2, "OAuth2 Scopes". */
const SCOPE = 'identify';

const Token = z.looseObject({
  access_token: z.string().regex(/^[\x21-\x7e]{1,2048}$/),
  token_type: z.string().regex(/^bearer$/i),
});
const Person = z.looseObject({ id: z.string().regex(/^\d{1,20}$/) });

/**
 * Makes the sign-in to Discord: the authorization code grant. The token is used for one question, who it is, and given back at
 * once. There is no PKCE: Discord has it for applications without a secret only, and ours is shown with each code.
 * Source: docs.discord.com/developers/topics/oauth2, "Authorization Code Grant"; RFC 6749 section 4.1.
 */
export function createDiscordSignIn(application: DiscordApplication): ChannelSignIn {
  const { clientId, clientSecret, apiUrl, authorizeUrl, redirectUrl } = application;
  const userAgent = `DiscordBot (${application.publicUrl}, 1)`;

  /** Forms are what its token endpoints take; JSON is refused. Source: the same page, "OAuth2 URLs". */
  function post(path: string, fields: Readonly<Record<string, string>>): Promise<ServiceAnswer> {
    return callService({
      method: 'POST',
      url: `${apiUrl}${path}`,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
        'user-agent': userAgent,
      },
      body: new URLSearchParams(fields).toString(),
    });
  }

  const unreachable = (answer: ServiceAnswer): Awaited<ReturnType<ChannelSignIn['whose']>> => {
    const outcome =
      answer.kind === 'unanswered' ? ofUnanswered(DISCORD, answer, false) : ofStrangeAnswer(DISCORD, answer);
    return { kind: 'unreachable', detail: 'detail' in outcome ? outcome.detail : '' };
  };

  return {
    address(state) {
      const address = new URL(authorizeUrl);
      const fields = {
        response_type: 'code',
        client_id: clientId,
        scope: SCOPE,
        redirect_uri: redirectUrl,
        state,
      };
      for (const [name, value] of Object.entries(fields)) address.searchParams.set(name, value);
      return address.href;
    },
    async whose(code) {
      const answered = await post('/oauth2/token', {
        ...{ grant_type: 'authorization_code', code, redirect_uri: redirectUrl },
      });
      if (answered.kind === 'answered' && (answered.status === 400 || answered.status === 401)) {
        const fault = z.looseObject({ error: z.string() }).safeParse(answered.json).data?.error;
        // Source: RFC 6749 section 5.2.
        if (fault === 'invalid_grant') return { kind: 'refused', detail: 'Discord does not know the code.' };
        const detail = `Discord refuses the application; compare discord.clientId and discord.clientSecret with the Developer Portal, and add ${redirectUrl} to its redirects.`;
        return { kind: 'unreachable', detail };
      }
      const token = answered.kind === 'answered' ? Token.safeParse(answered.json).data : undefined;
      if (answered.kind === 'unanswered' || answered.status !== 200 || token === undefined)
        return unreachable(answered);
      const asked = await callService({
        method: 'GET',
        url: `${apiUrl}/users/@me`,
        headers: { authorization: `Bearer ${token.access_token}`, 'user-agent': userAgent },
      });
      // It would be good for a week, and is of no more use; whether it is taken back changes nothing of who it was.
      await post('/oauth2/token/revoke', { token: token.access_token, token_type_hint: 'access_token' });
      const person = asked.kind === 'answered' ? Person.safeParse(asked.json).data : undefined;
      if (asked.kind === 'unanswered' || asked.status !== 200 || person === undefined)
        return unreachable(asked);
      return { kind: 'known', address: person.id };
    },
  };
}
