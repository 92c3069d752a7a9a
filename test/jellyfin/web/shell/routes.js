/* Which page lives at which address (jellyfin-web.md a). A page is { kind: 'legacy' | 'react', public, admin, … }. */
const pages = new Map();

function definePage(name, page) {
  pages.set(name, Object.assign(page, { name, kind: page.kind ?? 'legacy' }));
}

/** 10.8 to 10.10 end most addresses in .html; these never did. */
const BARE_PAGES = GENERATION === 8 ? ['details', 'video'] : ['details', 'video', 'quickconnect', 'dashboard', 'dashboard/users'];
const PROFILE_PAGE = GENERATION === 8 ? 'myprofile' : 'userprofile';
const REACT_SINCE_11 = GENERATION >= 11 ? 'react' : 'legacy';

function pathOf(name) {
  return `/${name}${GENERATION >= 11 || BARE_PAGES.includes(name) ? '' : '.html'}`;
}

function hrefOf(name, query = '') {
  return `${GENERATION === 8 ? '#!' : '#'}${pathOf(name)}${query}`;
}

function pageAt(pathname) {
  const plain = pathname.replace(/^\//, '').toLowerCase();
  for (const page of pages.values()) if (pathOf(page.name).slice(1) === plain) return page;
  return undefined;
}

function paramsOf(path) {
  const at = path.indexOf('?');
  return Object.fromEntries(new URLSearchParams(at === -1 ? '' : path.slice(at + 1)));
}

/** Puts a page on screen; `isBack` looks for a kept view first. */
let pendingView = null;

async function showPage(page, { path, url = path, state, isBack }) {
  if (pendingView) pendingView.cancelled = true;
  if (page.kind === 'react') {
    reactPage.mount(page, { params: paramsOf(path) });
    return;
  }
  reactPage.unmount();
  const request = {
    url,
    state,
    type: GENERATION === 8 ? page.type : undefined,
    autoFocus: GENERATION === 8 && page.autoFocus !== false,
    options: { supportsThemeMedia: false, enableMediaControl: true },
    controller: page.controller,
  };
  pendingView = request;
  if (isBack && (await viewContainer.restore(request))) return;
  const template = page.contentPath ? await ApiClient.get(ApiClient.getUrl(`/web${page.contentPath}`)) : page.template;
  request.html = globalize.translateHtml(template, page.dictionary ?? 'core');
  if (!request.cancelled) await viewContainer.load(request);
}

async function isAllowed(page) {
  if (!page.admin) return true;
  const user = await ApiClient.getCurrentUser().catch(() => null);
  return !!user?.Policy?.IsAdministrator;
}
