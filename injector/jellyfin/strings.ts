/**
 * Keys of the texts in Jellyfin's web client that mods may say differently.
 * Source: `src/strings/en-us.json` of jellyfin-web 10.8.13, 10.9.11, 10.10.7, 10.11.11 and 12.0.
 */
export const STRING_KEYS = [
  'ButtonForgotPassword',
  'HeaderPasswordReset',
  'MessageContactAdminToResetPassword',
  'MessageForgotPasswordFileCreated',
  'MessageForgotPasswordInNetworkRequired',
  'MessageForgotPasswordPinReset',
  'MessageInvalidForgotPasswordPin',
  'MessagePasswordResetForUsers',
  'LabelForgotPasswordUsernameHelp',
  'MessageUnauthorizedUser',
] as const;

/** Key of a text in Jellyfin's web client. */
export type StringKey = (typeof STRING_KEYS)[number];

/**
 * Those the client puts into a dialog as HTML. Mods give plain text; it is escaped for them where it is shown.
 * Source: `components/dialog/dialog.js` of jellyfin-web, 10.8.13 to 12.0 (title as text, body as HTML).
 */
export const HTML_STRING_KEYS: readonly StringKey[] = [
  'MessageContactAdminToResetPassword',
  'MessageForgotPasswordFileCreated',
  'MessageForgotPasswordInNetworkRequired',
  'MessageForgotPasswordPinReset',
  'MessageInvalidForgotPasswordPin',
  'MessagePasswordResetForUsers',
];

/**
 * Those behind which the client adds sentences that no key reaches: the dialog of a PIN goes on with "Enter PIN here to
 * finish Password Reset", in English on 10.8 to 10.10, and with the path of a file. Where a mod says such a text
 * differently, the rest is hidden.
 * Source: `controllers/session/forgotPassword` of jellyfin-web 10.8.13 to 12.0.
 */
export const OPENING_STRING_KEYS: readonly StringKey[] = ['MessageForgotPasswordFileCreated'];
