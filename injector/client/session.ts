/** What we read of `window.ApiClient`. Source: jellyfin-apiclient 1.10.0 and 1.11.0, in jellyfin-web 10.8 to 12.0. */
interface ApiClient {
  readonly getCurrentUserId?: () => unknown;
  readonly serverInfo?: () => { readonly Name?: unknown } | undefined;
}

/** The part of `window` the session is read from. */
export interface SessionWindow {
  readonly ApiClient?: ApiClient;
}

/** Says who is signed in, and where. Never throws. */
export interface Session {
  /** Id of the person; undefined while nobody is signed in. */
  personId(): string | undefined;
  /** Name of the server. */
  serverName(): string | undefined;
}

/** Reads the client's own session anew at every call, since 10.8 to 10.10 replace the object after a reload. */
export function createSession(window: SessionWindow): Session {
  return {
    personId: () => read(() => window.ApiClient?.getCurrentUserId?.()),
    serverName: () => read(() => window.ApiClient?.serverInfo?.()?.Name),
  };
}

function read(ask: () => unknown): string | undefined {
  try {
    const value = ask();
    return typeof value === 'string' && value !== '' ? value : undefined;
  } catch {
    return undefined;
  }
}
