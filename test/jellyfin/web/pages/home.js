/* #indexPage: an empty home with its two tabs. React on 12's modern layout (and 9 to 11's experimental one). */
const HOME_CLASS = 'homePage libraryPage allLibraryPage pageWithAbsoluteTabs withTabs';
const HOME_BODY = `<div class="tabContent pageTabContent" id="homeTab" data-index="0"><div class="sections"></div></div>
  <div class="tabContent pageTabContent" id="favoritesTab" data-index="1"><div class="sections"></div></div>`;
const HOME_TEMPLATE = {
  default: `<div id="indexPage" style="outline: none;" data-role="page" data-dom-cache="true" class="page ${HOME_CLASS}" data-backdroptype="movie,series,book">${HOME_BODY}</div>`,
};
const SECTION_COUNT = GENERATION <= 9 ? 7 : 10;

function selectHomeTab(page, index) {
  for (const tab of page.querySelectorAll('.tabContent')) tab.classList.toggle('is-active', Number(tab.dataset.index) === index);
}

async function fillHome(page) {
  await ApiClient.getCurrentUser().catch(() => null);
  const views = await ApiClient.getUserViews().catch(() => null);
  const sections = page.querySelector('#homeTab .sections');
  const libraries = views?.Items ?? [];
  if (libraries.length === 0) {
    const advice = globalize.translate('AskAdminToCreateLibrary');
    sections.innerHTML = `<div class="centerMessage padded-left padded-right"><h2>${globalize.translate('MessageNothingHere')}</h2><p>${advice}</p></div>`;
    return;
  }
  sections.innerHTML = Array.from({ length: SECTION_COUNT }, (_, index) => `<div class="verticalSection section${index}"></div>`).join('');
  const cards = libraries
    .map((one) => `<div class="card overflowBackdropCard"><div class="cardBox"><div class="cardScalable"><div class="cardPadder cardPadder-overflowBackdrop"></div><div class="cardContent defaultCardBackground1">${icon('folder', 'cardImageIcon')}</div></div><div class="cardText cardTextCentered">${escapeHtml(one.Name)}</div></div></div>`)
    .join('');
  sections.querySelector('.section0').innerHTML = `<h2 class="sectionTitle sectionTitle-cards padded-left">${globalize.translate('HeaderMyMedia')}</h2>
    <div class="itemsContainer padded-left">${cards}</div>`;
  const latest = await ApiClient.getJSON(ApiClient.getUrl(`Users/${ApiClient.getCurrentUserId()}/Items/Latest`)).catch(() => []);
  if (latest.length === 0) return;
  sections.querySelector('.section5').innerHTML = `<h2 class="sectionTitle sectionTitle-cards padded-left">${escapeHtml(libraries[0].Name)}</h2>
    <div is="emby-itemscontainer" class="itemsContainer padded-left">${latest.map(filmCard).join('')}</div>`;
}

function homeController(view, params) {
  view.addEventListener('viewshow', () => {
    const selected = Number(params.tab ?? 0);
    showHeaderTabs([globalize.translate('Home'), globalize.translate('Favorites')], selected, (index) => selectHomeTab(view, index));
    selectHomeTab(view, selected);
    fillHome(view);
  });
}

function buildHome(page, params) {
  page.innerHTML = HOME_BODY;
  selectHomeTab(page, Number(params.tab ?? 0));
  fillHome(page);
}

definePage('home', {
  type: 'home',
  kind: layoutManager.modern ? 'react' : 'legacy',
  template: HOME_TEMPLATE,
  controller: homeController,
  autoFocus: false,
  id: 'indexPage',
  className: `mainAnimatedPage ${HOME_CLASS}`,
  attributes: { 'data-backdroptype': 'Movie,Series,Book' },
  backButton: false,
  build: buildHome,
  onSearch: (page, params) => selectHomeTab(page, Number(params.tab ?? 0)),
});
