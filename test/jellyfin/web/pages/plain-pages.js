/* Pages journeys only pass through: the right address, id, classes and kind, and a heading. */
function definePlainPage(name, { id, key, classes, react = false, ...page }) {
  const body = `<div class="padded-left padded-right padded-bottom-page padded-top"><h2 class="sectionTitle">\${${key}}</h2></div>`;
  definePage(name, {
    kind: react ? 'react' : 'legacy',
    autoFocus: false,
    template: { default: `<div id="${id}" data-role="page" class="page ${classes}" data-title="\${${key}}" data-backbutton="true">${body}</div>` },
    id,
    className: classes,
    get title() {
      return globalize.translate(key);
    },
    build(element) {
      element.innerHTML = globalize.translateHtml({ default: body }, 'core');
    },
    ...page,
  });
}

const PREFERENCES_CLASS = 'libraryPage userPreferencesPage noSecondaryNavPage';
for (const [part, idPart, key] of [
  ['display', 'display', 'Display'],
  ['home', 'homeScreen', 'Home'],
  ['playback', 'language', 'TitlePlayback'],
  // The real page has the id of the one before it.
  ['subtitles', 'homeScreen', 'Subtitles'],
  ['controls', 'controls', 'Controls'],
]) {
  const react = part === 'display' && GENERATION >= 11;
  definePlainPage(`mypreferences${part}`, { id: `${idPart}PreferencesPage`, key, classes: PREFERENCES_CLASS, react });
}

definePlainPage('selectserver', { id: 'selectServerPage', key: 'SelectServer', classes: 'standalonePage pageContainer', public: true, type: 'selectserver' });
definePlainPage('search', { id: 'searchPage', key: 'Search', classes: 'libraryPage allLibraryPage noSecondaryNavPage', react: GENERATION >= 9 });
definePlainPage('dashboard', { id: 'dashboardPage', key: 'TabDashboard', classes: 'type-interior dashboardHomePage', admin: true, react: GENERATION >= 11 });
definePlainPage(GENERATION === 8 ? 'userprofiles' : 'dashboard/users', { id: 'userProfilesPage', key: 'HeaderUsers', classes: 'type-interior userProfilesPage', admin: true, react: GENERATION >= 9 });

if (GENERATION >= 11) {
  definePlainPage('fallback', { id: 'fallbackPage', key: 'HeaderPageNotFound', classes: 'mainAnimatedPage libraryPage', react: true, public: true });
}
