/* #quickConnectPreferencesPage: a signed-in person authorises another device's code (live A2). */
function quickConnectHtml() {
  const say = globalize.translate;
  const button = GENERATION === 8 ? 'id="btnQuickConnectAuthorize" ' : '';
  return `<div class="padded-left padded-right padded-bottom-page"><form class="quickConnectSettingsContainer" style="margin: 0 auto;">
    <div class="verticalSection"><h2 class="sectionTitle">${say('QuickConnect')}</h2><div>${say('QuickConnectDescription')}</div><br />
      <div class="inputContainer"><input is="emby-input" type="text" inputmode="numeric" id="txtQuickConnectCode" required pattern="[0-9\\s]*" minlength="6" autocomplete="off" label="${say('LabelQuickConnectCode')}" /></div>
      <button is="emby-button" ${button}type="submit" class="raised button-submit block"><span>${say('Authorize')}</span></button>
    </div></form></div>`;
}

function buildQuickConnect(page) {
  page.innerHTML = quickConnectHtml();
  page.querySelector('form').addEventListener('submit', async (event) => {
    event.preventDefault();
    const Code = page.querySelector('#txtQuickConnectCode').value.replace(/\s/g, '');
    try {
      await ApiClient.ajax({ type: 'POST', url: ApiClient.getUrl('/QuickConnect/Authorize', { Code, userId: GENERATION === 8 ? undefined : ApiClient.getCurrentUserId() }) });
      toast(globalize.translate('QuickConnectAuthorizeSuccess'));
    } catch {
      toast(globalize.translate('QuickConnectAuthorizeFail'));
    }
  });
}

const QUICK_CONNECT_CLASS = 'libraryPage userPreferencesPage noSecondaryNavPage';
definePage(GENERATION === 8 ? 'mypreferencesquickconnect' : 'quickconnect', {
  kind: GENERATION === 8 ? 'legacy' : 'react',
  template: {
    default: `<div id="quickConnectPreferencesPage" data-role="page" class="page ${QUICK_CONNECT_CLASS}" data-title="\${QuickConnect}" data-backbutton="true"></div>`,
  },
  controller(view) {
    buildQuickConnect(view);
    upgradeElements(view);
  },
  id: 'quickConnectPreferencesPage',
  className: QUICK_CONNECT_CLASS,
  get title() {
    return globalize.translate('QuickConnect');
  },
  build: buildQuickConnect,
});
