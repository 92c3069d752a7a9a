/**
 * The JSON documents of Jellyfin whose top-level values mods may change, with the canonical path of each
 * (lower case, below the base URL). The manifest has a hashed name up to 10.10, so it is found by the page that links
 * it (`rel="manifest"`); the path here is that of later versions.
 * Source: `web/config.json` and `web/manifest.json` as shipped by jellyfin-web 10.8 to 12.0; `BrandingController`, 10.8 to 12.0.
 */
export const JSON_DOCUMENTS = {
  config: '/web/config.json',
  branding: '/branding/configuration',
  manifest: '/web/manifest.json',
} as const;

/** Name of a JSON document that mods may change. */
export type JsonDocument = keyof typeof JSON_DOCUMENTS;
