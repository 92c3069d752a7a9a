/* #itemDetailPage: a legacy view on all five, filled after it shows. */
const DETAIL_BUTTONS = [
  ['Play', 'play_arrow'], ['Replay', 'replay'], ['Download', 'get_app'], ['PlayTrailer', 'theaters'], ['InstantMix', 'explore'],
  ['Shuffle', 'shuffle'], ['Playstate', 'check'], ['UserRating', 'favorite'], ['MoreCommands', 'more_vert'],
];
const detailButton = ([name, picture]) =>
  `<button is="emby-button" type="button" class="button-flat btn${name} hide detailButton"><div class="detailButton-content">${icon(picture, 'detailButton-icon')}</div></button>`;
/* Up to 10.8 the ribbon's class is put on the primary container when the item is there. */
const INFO = `<div class="infoWrapper"><div class="detailImageContainer"></div><div class="nameContainer"></div>
  <div class="itemMiscInfo itemMiscInfo-primary" style="margin-bottom: 0.6em;"></div><div class="itemMiscInfo itemMiscInfo-secondary" style="margin-bottom: 0.6em;"></div></div>
  <div class="mainDetailButtons focuscontainer-x">${DETAIL_BUTTONS.map(detailButton).join('')}</div>`;
const DETAILS_TEMPLATE = {
  default: `<div id="itemDetailPage" data-role="page" class="page libraryPage itemDetailPage noSecondaryNavPage selfBackdropPage" data-backbutton="true">
    <div id="itemBackdrop" class="itemBackdrop"></div>
    <div class="detailLogo"></div>
    <div class="detailPageWrapperContainer">
      <div class="detailPagePrimaryContainer padded-left padded-right">${GENERATION === 8 ? INFO : `<div class="detailRibbon padded-left padded-right">${INFO}</div>`}</div>
      <div class="detailPageSecondaryContainer padded-bottom-page"><div class="detailPageContent"><div class="detailPagePrimaryContent padded-right">
        <div class="detailSection"><h3 class="tagline"></h3><p class="overview"></p></div></div></div></div>
    </div></div>`,
};

function renderDetails(page, item) {
  const part = (selector) => page.querySelector(selector);
  const logo = part('.detailLogo');
  const logoTag = item.ImageTags?.Logo;
  if (!(GENERATION === 8 && layoutManager.tv)) {
    logo.classList.toggle('hide', !logoTag);
    if (logoTag) lazyImage(logo, imageUrl(item, 'Logo', logoTag));
  }
  const tag = item.BackdropImageTags?.[0];
  if (tag && (GENERATION === 8 ? !layoutManager.tv : layoutManager.mobile)) lazyImage(part('#itemBackdrop'), imageUrl(item, 'Backdrop', tag));
  if (tag && !layoutManager.mobile && innerWidth >= 1000) backdrop.set(imageUrl(item, 'Backdrop', tag));
  else backdrop.clear();
  if (GENERATION === 8) part('.detailPagePrimaryContainer').classList.add('detailRibbon');
  const poster = item.ImageTags?.Primary;
  const covered = poster ? ` style="background-image:url('${imageUrl(item, 'Primary', poster)}')"` : '';
  part('.detailImageContainer').innerHTML = `<div class="card overflowPortraitCard"><div class="cardBox"><div class="cardScalable"><div class="cardPadder cardPadder-overflowPortrait"></div>
    <div class="cardImageContainer coveredImage cardContent"${covered}></div></div></div></div>`;
  const name = escapeHtml(item.Name);
  part('.nameContainer').innerHTML = `<h1 class="itemName infoText parentNameLast">${GENERATION === 8 ? name : `<bdi>${name}</bdi>`}</h1>`;
  part('.itemMiscInfo-primary').textContent = item.ProductionYear ?? '';
  part('.overview').textContent = item.Overview ?? '';
  for (const shown of ['Play', 'Playstate', 'UserRating', 'MoreCommands']) part(`.btn${shown}`).classList.remove('hide');
}

function detailsController(view, params) {
  let current = null;
  view.querySelector('.btnPlay').addEventListener('click', () => playbackManager.play({ items: [current] }));
  view.addEventListener('viewshow', async () => {
    loading.show();
    const item = await ApiClient.getItem(ApiClient.getCurrentUserId(), params.id).catch(() => null);
    loading.hide();
    if (!item) return;
    current = item;
    renderDetails(view, item);
  });
}

definePage('details', { template: DETAILS_TEMPLATE, controller: detailsController, autoFocus: false });
