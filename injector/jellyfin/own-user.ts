/** Where Jellyfin tells the person who is signed in about themselves. Source: `GET /Users/Me`, Jellyfin 10.8 to 12.0. */
export const OWN_USER = 'Users/Me';

/** Whether its answer is that of an administrator. Source: `Policy.IsAdministrator`, Jellyfin 10.8 to 12.0. */
export function readIsAdministrator(user: unknown): boolean {
  return (Object(Object(user).Policy) as { IsAdministrator?: unknown }).IsAdministrator === true;
}
