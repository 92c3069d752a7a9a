import type { PageName } from './anchors.ts';

/**
 * How `Dashboard.navigate` is told to show a page. With `.html`, which all versions understand; without it 10.9 and
 * 10.10 wait for ever. Source: jellyfin-web 10.8.13 to 12.0, seen in the running clients.
 */
export const PAGE_ADDRESSES: { readonly [page in PageName]: string } = {
  login: 'login.html',
  forgotPassword: 'forgotpassword.html',
  forgotPasswordPin: 'forgotpasswordpin.html',
  home: 'home.html',
  settings: 'mypreferencesmenu.html',
};
