/* #moviesPage and #tvRecommendedPage of the older layouts: their tabs, without anything in them. */
function defineLibraryPage(name, id, keys) {
  definePage(name, {
    kind: 'legacy',
    autoFocus: false,
    template: { default: `<div id="${id}" data-dom-cache="true" data-role="page" class="page libraryPage backdropPage pageWithAbsoluteTabs withTabs"></div>` },
    controller(view) {
      view.addEventListener('viewshow', () => {
        showHeaderTabs(keys.map((key) => globalize.translate(key)), 0, () => {});
      });
    },
  });
}

defineLibraryPage('movies', 'moviesPage', ['Movies', 'Suggestions', ...(GENERATION <= 10 ? ['Trailers'] : []), 'Favorites', 'Collections', 'Genres']);
defineLibraryPage('tv', 'tvRecommendedPage', ['Shows', 'Suggestions', 'TabUpcoming', 'Genres', 'TabNetworks', 'Episodes']);
