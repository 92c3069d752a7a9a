import { plainId } from './items.ts';

/**
 * Where a person's own picture is sent to, for `ClientContext.send`: as base64, with the type of the picture. From 10.9 on
 * `UserImage` is beside it; this way is there on all versions, and the client itself takes it.
 * Source: `ImageController.PostUserImage` of Jellyfin 10.8.13, `PostUserImageLegacy` of later ones; `uploadUserImage` of
 * jellyfin-apiclient 1.10.0 and 1.11.0.
 */
export function userPicturePath(userId: string): string {
  return `Users/${userId}/Images/Primary`;
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
