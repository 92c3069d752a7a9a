import { describe, expect, it } from 'vitest';
import { canonicalPath, withoutTrailingSlash } from '../../../injector/jellyfin/path.ts';
import { findRoute } from '../../../injector/jellyfin/routes.ts';

const NO_BASE = { basePath: '', hasLegacyPrefixes: true };

/** True when the path is taken for Jellyfin's Forgot Password route. */
function reaches(target: string, rules = NO_BASE): boolean {
  const path = canonicalPath(target, rules);
  const route = path === undefined ? undefined : findRoute('POST', path);
  return route?.kind === 'answered' && route.route === 'forgot-password';
}

describe('the Forgot Password route is recognised in each spelling that reaches it on a real server', () => {
  it.each([
    '/Users/ForgotPassword',
    '/users/forgotpassword',
    '/USERS/FORGOTPASSWORD',
    '/Users/ForgotPassword/',
    '/Users/ForgotPassword?x=1',
    '/Users/ForgotPassword/?',
    '/%55sers/Forgot%50assword',
    '/U%73ers/%46orgotPassword',
    '/Users/./ForgotPassword',
    '/x/../Users/ForgotPassword',
    '/x/%2e%2e/Users/ForgotPassword',
    '/x/.%2E/Users/ForgotPassword',
    '/web/../Users/ForgotPassword',
    '/Users/x/%2e%2e/ForgotPassword',
    '/Users/ForgotPassword/x/..',
    '/Users/ForgotPassword/.',
    '/../Users/ForgotPassword',
    '/emby/Users/ForgotPassword',
    '/EMBY/Users/ForgotPassword',
    '/%65mby/Users/ForgotPassword',
    '/mediabrowser/Users/ForgotPassword',
  ])('%s', (target) => {
    expect(reaches(target)).toBe(true);
  });
});

describe('the Forgot Password route is not recognised in spellings that reach something else', () => {
  it.each([
    '//Users/ForgotPassword',
    '/Users//ForgotPassword',
    '/Users/ForgotPassword//',
    '/Users%2FForgotPassword',
    '/Users%2fForgotPassword',
    '/Users/ForgotPassword;x',
    '/Users/ForgotPassword%20',
    '/Users/ForgotPassword%09',
    '/Users/ForgotPassword.',
    '/%2555sers/ForgotPassword',
    '/U\u017Fers/ForgotPassword',
    '/U%C5%BFers/ForgotPassword',
    '/Users/ForgotPassword/Pin/x',
    '/Users/ForgotPasswordx',
    '/emby/emby/Users/ForgotPassword',
    '/embyUsers/ForgotPassword',
    '/emby%2FUsers/ForgotPassword',
    '/x/Users/ForgotPassword',
    '/Users/%FForgotPassword',
  ])('%s', (target) => {
    expect(reaches(target)).toBe(false);
  });
});

it('knows that 12.0 has no /emby prefix', () => {
  const rules = { basePath: '', hasLegacyPrefixes: false };
  expect(reaches('/emby/Users/ForgotPassword', rules)).toBe(false);
  expect(reaches('/Users/ForgotPassword', rules)).toBe(true);
});

it('takes the base URL in any letter case and encoding, and nothing beside it', () => {
  const rules = { basePath: '/jellyfin', hasLegacyPrefixes: true };
  for (const base of ['/jellyfin', '/JELLYFIN', '/%6aellyfin', '/x/../jellyfin', '/jellyfin/emby']) {
    expect(reaches(`${base}/Users/ForgotPassword`, rules), base).toBe(true);
  }
  for (const base of ['', '/jellyfinx', '/jellyfis', '//jellyfin', '/emby/jellyfin']) {
    expect(reaches(`${base}/Users/ForgotPassword`, rules), base).toBe(false);
  }
});

it('tells the PIN route from the other', () => {
  expect(findRoute('POST', canonicalPath('/users/forgotpassword/PIN/', NO_BASE) ?? '')).toEqual({
    kind: 'answered',
    route: 'forgot-password-pin',
  });
});

it('answers no other method on these routes', () => {
  for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS']) {
    expect(findRoute(method, '/users/forgotpassword')).toBeUndefined();
  }
});

it('recognises the files that are rewritten, doubled slashes included', () => {
  for (const path of ['/web/', '/web/index.html', '/WEB//index.html', '/web/%69ndex.html']) {
    expect(findRoute('GET', canonicalPath(path, NO_BASE) ?? ''), path).toMatchObject({
      kind: 'rewritten',
      route: 'page',
    });
  }
  expect(findRoute('GET', '/web/main.jellyfin.bundle.js')).toBeUndefined();
  expect(findRoute('POST', '/web/index.html')).toBeUndefined();
});

it('drops one trailing slash only', () => {
  expect(withoutTrailingSlash('/a/')).toBe('/a');
  expect(withoutTrailingSlash('/a//')).toBe('/a/');
  expect(withoutTrailingSlash('/')).toBe('/');
});
