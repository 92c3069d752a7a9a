/** What a caller says of itself in the one header all versions read. */
export interface ClientIdentity {
  /** Jellyfin keeps one token per user and device; must not be empty (10.8 would end every token of the server). */
  readonly deviceId: string;
  /** Version of this program. */
  readonly version: string;
  /** API key or access token; left out to sign in. */
  readonly token?: string;
}

/**
 * The `Authorization` header, the only way to authenticate that works from 10.8 to 12. Values are percent-encoded,
 * as Jellyfin decodes them. Source: jellyfin AuthorizationContext.cs, 10.8.13 to 12.0; seen live on all five.
 */
export function writeAuthorization({ deviceId, version, token }: ClientIdentity): string {
  const fields: readonly (readonly [string, string | undefined])[] = [
    ['Client', 'Gatehouse'],
    ['Device', 'Gatehouse'],
    ['DeviceId', deviceId],
    ['Version', version],
    ['Token', token],
  ];
  const parts = fields.flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}="${encodeURIComponent(value)}"`],
  );
  return `MediaBrowser ${parts.join(', ')}`;
}
