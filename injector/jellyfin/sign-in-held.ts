/**
 * How a sign-in that Gatehouse holds back tells the web client so: Jellyfin's client hands the value of this header on
 * with a failed call, untouched, from 10.8 to 12.0. Behind the code stand the seconds to wait, 0 when waiting does not help.
 * Source: jellyfin-apiclient 1.10.0 and 1.11.0, `requestfail`; seen in the running clients.
 */
export const SIGN_IN_HELD = { header: 'X-Application-Error-Code', code: 'GatehouseSignInHeld-' } as const;

/** Seconds to wait, 0 when waiting does not help; undefined when the value says something else. */
export function readSignInHeld(errorCode: string | undefined): number | undefined {
  const seconds = /^GatehouseSignInHeld-(\d{1,9})$/.exec(errorCode ?? '')?.[1];
  return seconds === undefined ? undefined : Number(seconds);
}
