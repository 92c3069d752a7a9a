/** Jellyfin could not be asked: no connection, no answer in time, still starting, broken, or not Jellyfin at all. */
export class JellyfinUnreachableError extends Error {
  override readonly name: string = 'JellyfinUnreachableError';
  /** False when the request surely never reached Jellyfin, so that nothing can have come of it. */
  readonly mayHaveArrived: boolean;
  /** True when it is there, and its certificate is why nothing was sent. */
  readonly isUntrusted: boolean;

  constructor(
    message: string,
    details: { readonly mayHaveArrived: boolean; readonly isUntrusted?: boolean; readonly cause?: unknown },
  ) {
    super(message, { cause: details.cause });
    this.mayHaveArrived = details.mayHaveArrived;
    this.isUntrusted = details.isUntrusted === true;
  }
}

/** Jellyfin answers, but not to our API key. Nothing was changed, and only the admin can mend it. */
export class JellyfinRefusedKeyError extends JellyfinUnreachableError {
  override readonly name = 'JellyfinRefusedKeyError';

  constructor(status: number) {
    super(
      `Jellyfin refuses the API key (status ${status}). Make one under Dashboard, API Keys and put it into ` +
        'jellyfin.apiKey.',
      { mayHaveArrived: false },
    );
  }
}
