/**
 * Calls of Jellyfin's web client to its server whose answers mods may hear first, by name: what the address ends in,
 * whatever its letter case. All of them go through `ajax` of `window.ApiClient`.
 * Source: `controllers/session/{login,resetPassword}/index.js` of jellyfin-web, 10.8.13 to 12.0.
 */
export const CLIENT_CALLS = {
  redeemPin: '/users/forgotpassword/pin',
  signIn: '/users/authenticatebyname',
} as const;

/** Name of a call of the web client. */
export type ClientCall = keyof typeof CLIENT_CALLS;
