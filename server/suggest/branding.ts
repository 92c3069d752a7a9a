import { createUpstream } from '../../injector/upstream/upstream.ts';

/** What an administrator wrote into Jellyfin's branding settings; empty where there is nothing. */
export interface Branding {
  readonly css: string;
  readonly disclaimer: string;
}

/**
 * Asks Jellyfin for what everybody may see of its branding settings.
 * Source: `BrandingController`, 10.8 to 12.0: `GET /Branding/Configuration` and `/Branding/Css` are anonymous, and the latter
 * has 204 where there are no rules.
 *
 * @param jellyfin.url As `jellyfin.url` of the configuration.
 * @param jellyfin.ca Content of `jellyfin.caFile`.
 * @throws {Error} when Jellyfin cannot be reached, or does not answer as Jellyfin does.
 */
export async function askBranding(jellyfin: {
  readonly url: string;
  readonly ca?: string | undefined;
}): Promise<Branding> {
  const upstream = createUpstream(jellyfin.url, jellyfin.ca);
  const ask = async (path: string) => {
    const answer = await upstream.ask({
      path: `${upstream.basePath}${path}`,
      headers: {},
      timeoutMs: 10_000,
    });
    return { status: answer.status, text: answer.body.toString() };
  };
  try {
    const configuration = await ask('/Branding/Configuration');
    if (configuration.status !== 200)
      throw new Error(`/Branding/Configuration answers ${configuration.status}; is this Jellyfin?`);
    const { CustomCss, LoginDisclaimer } = readObject(configuration.text);
    const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
    if (textOf(CustomCss) !== '') return { css: textOf(CustomCss), disclaimer: textOf(LoginDisclaimer) };
    const css = await ask('/Branding/Css');
    return { css: css.status === 200 ? css.text : '', disclaimer: textOf(LoginDisclaimer) };
  } finally {
    upstream.client.close();
  }
}

function readObject(text: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(text)) as Record<string, unknown>;
  } catch {
    throw new Error('/Branding/Configuration answers no JSON; is this Jellyfin?');
  }
}
