/** What we use of the client. Source: jellyfin-apiclient 1.10.0 and 1.11.0, in jellyfin-web 10.8 to 12.0. */
interface TokenClient {
  readonly serverAddress?: () => unknown;
  readonly accessToken?: () => unknown;
}

/**
 * The token of the person who is signed in; undefined while nobody is, and where the client was led to another server than the
 * one its own files came from: that one's tokens are no business of this one. Never throws.
 *
 * @param window That of the browser.
 * @param server Address of the server that the client's own files came from, without a slash at its end.
 */
export function ownToken(window: unknown, server: string): string | undefined {
  try {
    const { ApiClient: client } = window as { readonly ApiClient?: TokenClient };
    const address = new URL(String(client?.serverAddress?.())).href.replace(/\/$/, '');
    const token = client?.accessToken?.();
    return address === server && typeof token === 'string' && token !== '' ? token : undefined;
  } catch {
    return undefined;
  }
}
