/* The top bar of 12 (and of 9 to 11 with layout=experimental): links, person's menu, drawer when narrow (live A3). */
let modernUser = null;
let modernKey = null;
const isWide = () => innerWidth >= 900;

/** Pictures of the client's own are drawings; one named in config.json is a word set in the icon font. */
function muiIcon(name, word = '') {
  return `<span class="material-icons notranslate MuiIcon-root ${name}" aria-hidden="true">${word}</span>`;
}

function buildModernBar() {
  document.querySelector('.MuiAppBar-root').innerHTML = '<div class="MuiToolbar-root MuiToolbar-gutters MuiToolbar-dense padded-left padded-right"></div>';
  window.addEventListener('resize', () => modernKey !== null && updateModernBar(document.querySelector('.page:not(.hide)')));
}

/** Redrawn only when person, kind of page or width changes, so that foreign children stay through navigation. */
async function updateModernBar(page) {
  const isPublic = page.classList.contains('standalonePage');
  const isDashboard = page.classList.contains('type-interior');
  const key = [isPublic || !modernUser ? '' : modernUser.Id, isDashboard, isWide()].join();
  if (key === modernKey) return;
  modernKey = key;
  const user = isPublic ? null : modernUser;
  const links = user ? await webConfig.menuLinks() : [];
  const toolbar = document.querySelector('.MuiToolbar-root');
  toolbar.innerHTML = `${isWide() || !user ? stackHtml(user, links) : drawerButtonHtml()}
    <div class="MuiBox-root barSpace">${user ? otherButtonsHtml() : ''}</div>
    ${user ? `<div class="MuiBox-root">${barButton('person', 'UserMenu', 'button', ' type="button" aria-controls="app-user-menu" aria-haspopup="true"')}</div>` : ''}`;
  document.getElementById('app-user-menu')?.remove();
  document.querySelector('.MuiDrawer-root')?.remove();
  if (user) buildUserMenu(user, toolbar.querySelector('[aria-controls="app-user-menu"]'));
  if (user && !isWide()) buildNarrowDrawer(links, toolbar.querySelector('.drawerButton'));
}

function barButton(picture, key, tag, attributes) {
  const text = globalize.translate(key);
  return `<${tag} class="MuiButtonBase-root MuiIconButton-root" aria-label="${text}"${attributes}>${muiIcon(picture)}</${tag}>`;
}

function otherButtonsHtml() {
  return [
    barButton('groups', 'ButtonSyncPlay', 'button', ' type="button" aria-controls="app-sync-play-menu" aria-haspopup="true"'),
    barButton('cast', 'ButtonCast', 'button', ' type="button" aria-controls="app-remote-play-menu" aria-haspopup="true"'),
    barButton('search', 'Search', 'a', ' href="#/search"'),
  ].join('');
}

function drawerButtonHtml() {
  return `<button class="MuiButtonBase-root MuiIconButton-root drawerButton" aria-label="${globalize.translate('MenuOpen')}">${muiIcon('menu')}</button>`;
}

function stackHtml(user, links) {
  const button = 'MuiButtonBase-root MuiButton-root MuiButton-text';
  const own = links
    .map(({ name, url, icon: picture }) => `<a class="${button}" href="${escapeHtml(url)}" target="_blank" rel="noopener noreferrer"><span class="MuiButton-icon MuiButton-startIcon">${muiIcon(picture || 'link', picture || 'link')}</span>${escapeHtml(name)}</a>`)
    .join('');
  const inside = user ? `<a class="${button}" href="#/home?tab=1"><span class="MuiButton-icon MuiButton-startIcon">${muiIcon('favorite')}</span>${globalize.translate('Favorites')}</a>${own}` : '';
  return `<div class="MuiStack-root"><a class="${button} serverButton" href="#/"><span class="MuiButton-icon MuiButton-startIcon"><img class="serverLogo" src="assets/img/icon-transparent.svg" alt="" aria-hidden="true"></span>${user ? escapeHtml(ApiClient.serverName() ?? '') : ''}</a>${inside}</div>`;
}

function buildUserMenu(user, button) {
  const item = (href, picture, key) =>
    `<a class="MuiButtonBase-root MuiMenuItem-root" role="menuitem" tabindex="-1" href="${href}"><div class="MuiListItemIcon-root">${muiIcon(picture)}</div><div class="MuiListItemText-root"><span class="MuiTypography-root">${globalize.translate(key)}</span></div></a>`;
  const menu = document.createElement('div');
  menu.id = 'app-user-menu';
  menu.className = 'MuiPopover-root MuiMenu-root MuiModal-root';
  menu.style.visibility = 'hidden';
  menu.innerHTML = `<div class="MuiBackdrop-root"></div><div class="MuiPaper-root MuiMenu-paper"><ul class="MuiList-root MuiMenu-list" role="menu" tabindex="-1">
      ${item(`#/userprofile?userId=${user.Id}`, 'account_circle', 'Profile')}
      ${item('#/mypreferencesmenu', 'settings', 'Settings')}
      ${user.Policy?.IsAdministrator ? `<hr class="MuiDivider-root">${item('#/dashboard', 'dashboard', 'TabDashboard')}` : ''}
      <hr class="MuiDivider-root">
      ${quickConnectEnabled ? item('#/quickconnect', 'phonelink_lock', 'QuickConnect') : ''}
      <li class="MuiButtonBase-root MuiMenuItem-root" role="menuitem" tabindex="-1"><div class="MuiListItemIcon-root">${muiIcon('exit_to_app')}</div><div class="MuiListItemText-root"><span class="MuiTypography-root">${globalize.translate('ButtonSignOut')}</span></div></li>
    </ul></div>`;
  document.body.appendChild(menu);
  button.addEventListener('click', () => {
    menu.style.visibility = 'visible';
  });
  menu.addEventListener('click', (event) => {
    menu.style.visibility = 'hidden';
    if (event.target.closest('li[role="menuitem"]:last-of-type')) Dashboard.logout();
  });
}

function buildNarrowDrawer(links, button) {
  const item = (href, picture, text, extra = '', word = '') =>
    `<li class="MuiListItem-root"><a class="MuiButtonBase-root MuiListItemButton-root" href="${escapeHtml(href)}"${extra}><div class="MuiListItemIcon-root">${muiIcon(picture, word)}</div><div class="MuiListItemText-root"><span class="MuiTypography-root">${escapeHtml(text)}</span></div></a></li>`;
  const drawer = document.createElement('div');
  drawer.className = 'MuiDrawer-root MuiModal-root';
  drawer.style.visibility = 'hidden';
  drawer.innerHTML = `<div class="MuiBackdrop-root"></div><div class="MuiPaper-root MuiDrawer-paper"><ul class="MuiList-root">
      ${item('#/home', 'home', globalize.translate('Home'))}${item('#/home?tab=1', 'favorite', globalize.translate('Favorites'))}
      ${links.length ? '<hr class="MuiDivider-root">' : ''}
      ${links.map(({ name, url, icon: picture }) => item(url, picture || 'link', name, ' target="_blank" rel="noopener noreferrer"', picture || 'link')).join('')}
    </ul></div>`;
  document.body.appendChild(drawer);
  button.addEventListener('click', () => {
    drawer.style.visibility = 'visible';
  });
  drawer.addEventListener('click', () => {
    drawer.style.visibility = 'hidden';
  });
}
