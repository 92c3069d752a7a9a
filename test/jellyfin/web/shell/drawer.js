/* The drawer on the left of 10.8 to 11 and of 12's older layouts; rebuilt when person or kind of page changes. */
let drawerKind = null;
let drawerUser = null;

function drawerEntry(classes, href, picture, text, extra = '') {
  return `<a is="emby-linkbutton" class="${classes}" href="${href}"${extra}>${icon(picture, 'navMenuOptionIcon')}<span class="navMenuOptionText">${escapeHtml(text)}</span></a>`;
}

function libraryDrawerHtml(user) {
  const say = globalize.translate;
  const entry = 'navMenuOption lnkMediaFolder';
  const admin = user?.Policy.IsAdministrator
    ? `<div class="adminMenuOptions"><h3 class="sidebarHeader">${say('HeaderAdmin')}</h3>
        ${drawerEntry(`${entry} lnkManageServer`, hrefOf('dashboard'), 'dashboard', say('TabDashboard'), ' data-itemid="dashboard"')}</div>`
    : '';
  const person = user
    ? `<div class="userMenuOptions"><h3 class="sidebarHeader">${say('HeaderUser')}</h3>
        ${drawerEntry(`${entry} btnSettings`, '#', 'settings', say('Settings'), ' data-itemid="settings"')}
        ${drawerEntry(`${entry} btnLogout`, '#', 'exit_to_app', say('ButtonSignOut'), ' data-itemid="logout"')}</div>`
    : '';
  return `<div style="height:.5em;"></div>${drawerEntry(entry, hrefOf('home'), 'home', say('Home'))}
    <div class="customMenuOptions"></div><div class="libraryMenuOptions"><h3 class="sidebarHeader">${say('HeaderMedia')}</h3></div>${admin}${person}`;
}

function dashboardDrawerHtml() {
  const entry = (name, picture, key, pageId) =>
    drawerEntry('navMenuOption', hrefOf(name), picture, globalize.translate(key), ` data-pageids="${pageId}"`);
  return `<div class="drawerContent"><h3 class="sidebarHeader">${globalize.translate('HeaderAdmin')}</h3>
    ${entry('dashboard', 'dashboard', 'TabDashboard', 'dashboardPage')}
    ${entry(GENERATION === 8 ? 'userprofiles' : 'dashboard/users', 'people', 'HeaderUsers', 'userProfilesPage')}</div>`;
}

async function fillLibraryDrawer(container, user) {
  container.querySelector('.btnSettings')?.addEventListener('click', () => appRouter.showSettings());
  container.querySelector('.btnLogout')?.addEventListener('click', () => Dashboard.logout());
  for (const { name, url, icon: picture } of user ? await webConfig.menuLinks() : []) {
    const link = document.createElement('a');
    link.className = 'emby-button navMenuOption lnkMediaFolder';
    link.setAttribute('is', 'emby-linkbutton');
    Object.assign(link, { rel: 'noopener noreferrer', target: '_blank', href: url });
    link.innerHTML = `${icon(picture || 'link', 'navMenuOptionIcon')}<span class="navMenuOptionText"></span>`;
    link.querySelector('.navMenuOptionText').textContent = name;
    container.querySelector('.customMenuOptions')?.appendChild(link);
  }
}

function buildDrawer(kind, user) {
  drawerKind = kind;
  drawerUser = user;
  const container = document.querySelector('.mainDrawer-scrollContainer');
  container.innerHTML = kind === 'dashboard' ? dashboardDrawerHtml() : libraryDrawerHtml(user);
  upgradeElements(container);
  if (kind !== 'dashboard') fillLibraryDrawer(container, user);
}

function updateDrawer(page) {
  // Only 10.8 shows the dashboard's entries in this drawer; later ones have a drawer of their own there.
  const kind = GENERATION === 8 && page.classList.contains('type-interior') ? 'dashboard' : 'library';
  if (kind !== drawerKind) buildDrawer(kind, drawerUser);
  toggleDrawer(false);
}

function toggleDrawer(open = !document.querySelector('.mainDrawer').classList.contains('drawer-open')) {
  const drawer = document.querySelector('.mainDrawer');
  drawer.classList.toggle('drawer-open', open);
}

document.addEventListener('click', (event) => {
  if (!event.target.closest?.('.mainDrawer, .mainDrawerButton') || event.target.closest('.navMenuOption')) {
    if (document.querySelector('.drawer-open')) toggleDrawer(false);
  }
});

Events.on(ServerConnections, 'localusersignedin', (_, user) => {
  updateHeaderUser(user);
  buildDrawer('library', user);
  if (layoutManager.modern) modernUser = user;
});

Events.on(ServerConnections, 'localusersignedout', () => {
  updateHeaderUser(null);
  buildDrawer('library', null);
  modernUser = null;
});
