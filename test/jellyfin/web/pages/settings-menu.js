/* #myPreferencesMenuPage: the person's settings menu (live A1). Legacy view on 8 to 10, React page on 11 and 12. */
const MENU_CLASS = 'libraryPage userPreferencesPage noSecondaryNavPage';

function menuEntry({ classes, href = '#', picture, text }) {
  const attributes = GENERATION >= 11 ? '' : 'is="emby-linkbutton" data-ripple="false" ';
  return `<a ${attributes}href="${href}" style="display:block;padding:0;margin:0;" class="emby-button ${classes} listItem-border">
    <div class="listItem">${icon(picture, 'listItemIcon listItemIcon-transparent')}
      <div class="listItemBody"><div class="listItemBodyText">${text}</div></div></div></a>`;
}

function menuSection(classes, heading, entries) {
  return `<div class="${classes}verticalSection verticalSection-extrabottompadding">${heading}${entries.join('')}</div>`;
}

/** `say` is a translated text on 11 and 12 and a template's placeholder before. */
function menuHtml(say, userId = '') {
  const of = userId && `?userId=${userId}`;
  const entry = (classes, name, picture, key, query = of) => menuEntry({ classes, href: userId ? hrefOf(name, query) : '#', picture, text: say(key) });
  const quick = GENERATION === 8 ? 'mypreferencesquickconnect' : 'quickconnect';
  const personal = [
    entry(GENERATION === 8 ? 'lnkMyProfile' : 'lnkUserProfile', PROFILE_PAGE, 'person', 'Profile'),
    GENERATION >= 11 && !quickConnectEnabled ? '' : entry(`lnkQuickConnectPreferences${GENERATION >= 11 ? '' : ' hide'}`, quick, GENERATION === 8 ? 'tap_and_play' : 'phonelink_lock', 'QuickConnect'),
    entry('lnkDisplayPreferences', 'mypreferencesdisplay', 'tv', 'Display'),
    entry('lnkHomePreferences', 'mypreferenceshome', 'home', 'Home'),
    entry('lnkPlaybackPreferences', 'mypreferencesplayback', 'play_circle_filled', 'TitlePlayback'),
    entry('lnkSubtitlePreferences', 'mypreferencessubtitles', 'closed_caption', 'Subtitles'),
    GENERATION >= 11 ? '' : menuEntry({ classes: 'clientSettings hide', picture: 'devices_other', text: say('ClientSettings') }),
    layoutManager.mobile && GENERATION >= 11 ? '' : entry(`lnkControlsPreferences${layoutManager.mobile ? ' hide' : ''}`, 'mypreferencescontrols', 'keyboard', 'Controls'),
  ];
  const heading = (key) => `<h2 class="sectionTitle${GENERATION >= 11 ? ' headerUsername' : ''}" style="padding-left:.25em;">${say(key)}</h2>`;
  return `<div class="padded-left padded-right padded-bottom-page padded-top"><div class="readOnlyContent" style="margin: 0 auto;">
    ${menuSection('', '<h2 class="sectionTitle headerUsername" style="padding-left:.25em;"></h2>', personal)}
    ${GENERATION >= 11 ? '' : adminSectionHtml(say)}
    ${menuSection('userSection ', heading('HeaderUser'), [
      GENERATION >= 11 ? '' : menuEntry({ classes: 'selectServer hide', picture: GENERATION === 8 ? 'wifi' : 'storage', text: say('SelectServer') }),
      menuEntry({ classes: 'btnLogout', picture: 'exit_to_app', text: say('ButtonSignOut') }),
      GENERATION >= 11 ? '' : menuEntry({ classes: 'exitApp hide', picture: 'close', text: say('ButtonExitApp') }),
    ])}</div></div>`;
}

function adminSectionHtml(say) {
  const entry = menuEntry({ classes: '', href: hrefOf('dashboard'), picture: 'dashboard', text: say('TabDashboard') });
  const hidden = GENERATION >= 11 ? '' : 'hide ';
  return menuSection(`adminSection ${hidden}`, `<h2 class="sectionTitle${GENERATION >= 11 ? ' headerUsername' : ''}" style="padding-left:.25em;">${say('HeaderAdmin')}</h2>`, [entry]);
}

function bindMenu(page) {
  page.querySelector('.btnLogout').addEventListener('click', (event) => {
    event.preventDefault();
    Dashboard.logout();
  });
}

async function fillMenu(page, userId) {
  const user = await ApiClient.getUser(userId).catch(() => null);
  if (!user) return;
  page.querySelector('.headerUsername').innerText = user.Name;
  if (!user.Policy?.IsAdministrator || layoutManager.tv) return;
  // The React page renders the section only for administrators, before the last one.
  if (GENERATION >= 11) page.querySelector('.userSection').insertAdjacentHTML('beforebegin', adminSectionHtml(globalize.translate));
  else page.querySelector('.adminSection').classList.remove('hide');
}

function settingsMenuController(view, params) {
  bindMenu(view);
  view.addEventListener('viewshow', () => {
    const userId = params.userId || Dashboard.getCurrentUserId();
    const link = (selector, name, query = `?userId=${userId}`) => view.querySelector(selector).setAttribute('href', hrefOf(name, query));
    link('.lnkMyProfile, .lnkUserProfile', PROFILE_PAGE);
    link('.lnkQuickConnectPreferences', ...(GENERATION === 8 ? ['mypreferencesquickconnect', ''] : ['quickconnect']));
    for (const [selector, name] of [['.lnkDisplayPreferences', 'display'], ['.lnkHomePreferences', 'home'], ['.lnkPlaybackPreferences', 'playback'], ['.lnkSubtitlePreferences', 'subtitles'], ['.lnkControlsPreferences', 'controls']]) {
      link(selector, `mypreferences${name}`);
    }
    ApiClient.getQuickConnect('Enabled').then((enabled) => {
      if (enabled === true) view.querySelector('.lnkQuickConnectPreferences').classList.remove('hide');
    }).catch(() => {});
    fillMenu(view, userId);
    autoFocus(view);
  });
}

definePage('mypreferencesmenu', {
  kind: REACT_SINCE_11,
  template: {
    default: `<div id="myPreferencesMenuPage" data-role="page" class="page ${MENU_CLASS}" data-title="\${Settings}" data-backbutton="true">${menuHtml((key) => `\${${key}}`)}</div>`,
  },
  controller: settingsMenuController,
  autoFocus: false,
  id: 'myPreferencesMenuPage',
  className: `${MENU_CLASS} mainAnimatedPage`,
  get title() {
    return globalize.translate('Settings');
  },
  build(page, params) {
    const userId = params.userId || Dashboard.getCurrentUserId();
    page.innerHTML = menuHtml(globalize.translate, userId);
    page.querySelector('.headerUsername').textContent = modernUser?.Name ?? '';
    bindMenu(page);
    fillMenu(page, userId);
  },
});
