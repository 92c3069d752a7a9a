/* The bar on top (.skinHeader) and what a shown page does to it, to the body's classes and to the title. */
function buildHeader() {
  const header = document.querySelector('.skinHeader');
  header.innerHTML = `<div class="flex align-items-center flex-grow headerTop">
      <div class="headerLeft">
        ${headerButton('headerBackButton', 'arrow_back', 'headerButtonLeft')}
        ${headerButton('headerHomeButton barsMenuButton', 'home', 'headerButtonLeft')}
        ${headerButton('mainDrawerButton barsMenuButton', 'menu', 'headerButtonLeft')}
        <h3 class="pageTitle" aria-hidden="true"></h3>
      </div>
      <div class="headerRight">
        ${headerButton('headerSyncButton syncButton', 'groups', 'headerButtonRight')}
        <span class="headerSelectedPlayer"></span>
        ${headerButton('headerAudioPlayerButton audioPlayerButton', 'music_note', 'headerButtonRight')}
        ${layoutManager.tv && GENERATION >= 12 ? '' : headerButton('headerCastButton castButton', 'cast', 'headerButtonRight')}
        ${headerButton('headerSearchButton', 'search', 'headerButtonRight')}
        ${headerButton('headerUserButton', 'person', 'headerButtonRight')}
        ${GENERATION > 8 ? '<div class="currentTimeText hide"></div>' : ''}
      </div>
    </div>
    <div class="headerTabs sectionTabs hide"></div>`;
  upgradeElements(header);
  const on = (selector, action) => header.querySelector(selector)?.addEventListener('click', action);
  on('.headerBackButton', () => appRouter.back());
  on('.headerHomeButton', () => appRouter.goHome());
  on('.mainDrawerButton', () => toggleDrawer());
  on('.headerSearchButton', () => appRouter.showSearch());
  on('.headerUserButton', () => appRouter.showSettings());
  if (GENERATION >= 10) Events.trigger(document, 'HEADER_RENDERED');
}

function updateHeaderUser(user) {
  const header = document.querySelector('.skinHeader');
  for (const name of ['.headerUserButton', '.headerSearchButton', '.headerCastButton', '.headerSyncButton']) {
    header.querySelector(name)?.classList.toggle('hide', !user);
  }
  const button = header.querySelector('.headerUserButton');
  button.title = user ? user.Name : globalize.translate('Settings');
  const titles = { Back: 'ButtonBack', Home: 'Home', Sync: 'ButtonSyncPlay', AudioPlayer: 'ButtonPlayer', Cast: 'ButtonCast', Search: 'Search' };
  for (const [name, key] of Object.entries(titles)) header.querySelector(`.header${name}Button`)?.setAttribute('title', globalize.translate(key));
  header.querySelector('.mainDrawerButton').title = globalize.translate('Menu');
}

/** 11 and 12 show the server's name where no page title is set. */
function setTitle(title) {
  const element = document.querySelector('.skinHeader .pageTitle');
  const plain = title === 'Jellyfin' ? '' : title;
  element.classList.toggle('pageTitleWithLogo', !plain);
  element.classList.toggle('pageTitleWithDefaultLogo', !plain);
  element.textContent = plain || '';
  const serverName = window.ApiClient?.serverName?.();
  document.title = plain || (GENERATION >= 11 && serverName) || 'Jellyfin';
}

function updateBody(page) {
  const isDashboard = page.classList.contains('type-interior');
  const isPublic = page.classList.contains('standalonePage');
  const mark = (name, on) => document.body.classList.toggle(name, on);
  mark('libraryDocument', !isDashboard && page.classList.contains('libraryPage'));
  mark('dashboardDocument', isDashboard);
  mark('hideMainDrawer', isPublic);
  mark('withSectionTabs', page.classList.contains('withTabs'));
}

function updateHeaderButtons(page) {
  const header = document.querySelector('.skinHeader');
  const isPublic = page.classList.contains('standalonePage');
  const isHome = page.id === 'indexPage';
  const signedIn = !!window.ApiClient?.isLoggedIn?.();
  header.classList.toggle('noHeaderRight', isPublic);
  header.classList.toggle('semiTransparent', page.id === 'loginPage');
  header.querySelector('.headerTabs').classList.toggle('hide', !page.classList.contains('withTabs'));
  header.querySelector('.headerBackButton').classList.toggle('hide', page.dataset.backbutton === 'false' || !appRouter.canGoBack());
  // The style sheet hides them: home on home itself, the drawer's on public pages.
  header.classList.toggle('noHomeButtonHeader', isHome);
  header.querySelector('.headerHomeButton').classList.toggle('hide', isPublic || !signedIn);
  header.querySelector('.mainDrawerButton').classList.remove('hide');
}

document.addEventListener('pageshow', ({ target: page }) => {
  if (!(page instanceof Element) || page.dataset.role !== 'page') return;
  // The login page ends its own waiting.
  if (page.id !== 'loginPage') loading.hide();
  setTitle(page.getAttribute('data-title') ?? '');
  updateBody(page);
  updateHeaderButtons(page);
  updateDrawer(page);
  if (layoutManager.modern) updateModernBar(page);
});

/* Home's tabs live in the header. */
function showHeaderTabs(names, selected, onSelect) {
  const tabs = document.querySelector('.headerTabs');
  tabs.innerHTML = `<div is="emby-tabs" class="emby-tabs tabs-viewmenubar"><div class="emby-tabs-slider">${names
    .map((name, index) => `<button type="button" class="emby-tab-button emby-button${index === selected ? ' emby-tab-button-active' : ''}" data-index="${index}"><div class="emby-button-foreground">${escapeHtml(name)}</div></button>`)
    .join('')}</div></div>`;
  for (const button of tabs.querySelectorAll('button')) {
    button.addEventListener('click', () => {
      tabs.querySelector('.emby-tab-button-active')?.classList.remove('emby-tab-button-active');
      button.classList.add('emby-tab-button-active');
      onSelect(Number(button.dataset.index));
    });
  }
}
