import { plainId } from './items.ts';

/** What we use of the client. Source: jellyfin-apiclient 1.10.0 and 1.11.0, in jellyfin-web 10.8 to 12.0. */
interface PictureClient {
  readonly getUrl?: (path: string) => string;
  readonly ajax?: (request: {
    readonly type: 'POST';
    readonly url: string;
    readonly data: string;
    readonly contentType: string;
  }) => Promise<unknown>;
}

/**
 * Sets the picture of the person who is signed in, with that person's own token. From 10.9 on `UserImage` is beside this way,
 * which is there on all versions, and which the client itself takes: base64, with the type of the picture.
 * Source: `ImageController.PostUserImage` of Jellyfin 10.8.13, `PostUserImageLegacy` of later ones; `uploadUserImage` of
 * jellyfin-apiclient 1.10.0 and 1.11.0.
 *
 * @param window That of the browser.
 * @param base64 A PNG.
 * @returns Rejects when Jellyfin refuses, with its answer, whose `status` says why.
 */
export function sendPicture(window: unknown, userId: string, base64: string): Promise<unknown> {
  const { ApiClient: client } = window as { readonly ApiClient?: PictureClient };
  if (client?.getUrl === undefined || client.ajax === undefined)
    return Promise.reject(new Error('the client is not there'));
  const url = client.getUrl(`Users/${userId}/Images/Primary`);
  return client.ajax({ type: 'POST', url, data: base64, contentType: 'image/png' });
}

/** What Jellyfin answers to who may not change the own picture: an administrator has taken that right (`EnableUserPreferenceAccess`). */
export const PICTURE_FORBIDDEN = 403;

/**
 * Whose profile a page shows, by its address; undefined where that names nobody, which is one's own.
 * Source: routes of the profile page of jellyfin-web 10.8.13 to 12.0 (`…profile…?userId=`).
 */
export function profileOf(address: string): string | undefined {
  const id = /[?&]userId=([0-9a-f-]{32,36})(?:&|$)/i.exec(address)?.[1];
  return id === undefined ? undefined : plainId(id);
}

/**
 * What stands on the profile page for the picture: the picture itself, which is a background, and the client's two buttons, of
 * which one shows. Source: `UserProfilePage.tsx` of jellyfin-web 10.8.13 (classes), `userprofile.tsx` of 10.9 to 12.0 (ids).
 */
export const PROFILE_PICTURE = {
  picture: '#image',
  add: '#btnAddImage, .btnAddImage',
  remove: '#btnDeleteImage, .btnDeleteImage',
  /** Class of what does not show. */
  hidden: 'hide',
} as const;
