/* #loginPage, the same on all versions but for the disclaimer's class and the backdrop. */
const DISCLAIMER_CLASS = GENERATION === 8 ? 'disclaimer' : 'loginDisclaimer';

const LOGIN_TEMPLATE = {
  default: `<div id="loginPage" data-role="page" class="page standalonePage${GENERATION >= 11 ? ' backdropPage' : ''}" data-backbutton="false"${GENERATION >= 11 ? ' data-backdroptype="splashscreen"' : ''}>
  <div class="padded-left padded-right padded-bottom-page margin-auto-y">
    <form class="manualLoginForm margin-auto-x hide">
      <div class="padded-left padded-right flex align-items-center justify-content-center">
        <h1 class="sectionTitle">\${HeaderPleaseSignIn}</h1>
      </div>
      <div class="inputContainer">
        <input is="emby-input" type="text" id="txtManualName" required="required" label="\${LabelUser}" autocomplete="username" autocapitalize="off" />
      </div>
      <div class="inputContainer">
        <input is="emby-input" id="txtManualPassword" type="password" label="\${LabelPassword}" autocomplete="current-password" />
      </div>
      <label class="checkboxContainer"><input is="emby-checkbox" type="checkbox" class="chkRememberLogin" checked /><span>\${RememberMe}</span></label>
      <button is="emby-button" type="submit" class="raised button-submit block"><span>\${ButtonSignIn}</span></button>
      <div style="margin-top:.5em;">
        <button is="emby-button" type="button" class="raised cancel block btnCancel"><span>\${ButtonCancel}</span></button>
      </div>
    </form>
    <div class="visualLoginForm" style="text-align: center;">
      <h1 style="margin-top:1em;">\${HeaderPleaseSignIn}</h1>
      <div id="divUsers" class="itemsContainer vertical-wrap centered"></div>
    </div>
    <div class="readOnlyContent" style="margin: .5em auto 1em;">
      <button is="emby-button" type="button" class="raised cancel block btnManual"><span>\${ButtonManualLogin}</span></button>
      <button is="emby-button" type="button" class="raised cancel block btnQuick hide"><span>\${ButtonUseQuickConnect}</span></button>
      <button is="emby-button" type="button" class="raised cancel block btnForgotPassword"><span>\${ButtonForgotPassword}</span></button>
      <button is="emby-button" type="button" class="raised block btnSelectServer"><span>\${ButtonChangeServer}</span></button>
      <div class="${DISCLAIMER_CLASS}Container"><div class="${DISCLAIMER_CLASS}"></div></div>
    </div>
  </div>
</div>`,
};

let quickConnectEnabled = false;

function loginController(view, params) {
  const part = (selector) => view.querySelector(selector);
  const hide = (selector, hidden) => part(selector).classList.toggle('hide', hidden);
  const targetPath = () => (GENERATION >= 9 && params.url ? decodeURIComponent(params.url) : pathOf('home'));

  function showManualForm({ cancel, focusPassword }) {
    part('.chkRememberLogin').checked = appSettings.enableAutoLogin();
    hide('.manualLoginForm', false);
    hide('.visualLoginForm', true);
    hide('.btnManual', true);
    hide('.btnCancel', !cancel);
    part(focusPassword ? '#txtManualPassword' : '#txtManualName').focus();
  }

  function showVisualForm() {
    hide('.visualLoginForm', false);
    hide('.manualLoginForm', true);
    hide('.btnManual', false);
    autoFocus(view);
  }

  async function signIn(name, password) {
    loading.show();
    try {
      const result = await ApiClient.authenticateUserByName(name, password);
      loading.hide();
      onSignedIn(result);
    } catch (response) {
      part('#txtManualPassword').value = '';
      loading.hide();
      if (response?.status === 401) toast(globalize.translate('MessageInvalidUser'));
      else if (response?.status === 403) toast(globalize.translate('MessageUnauthorizedUser'));
      else {
        Dashboard.alert({
          message: globalize.translate('MessageUnableToConnectToServer'),
          title: globalize.translate('HeaderConnectionFailure'),
        });
      }
    }
  }

  function onSignedIn(result) {
    Dashboard.onServerChanged(result.User.Id, result.AccessToken, ApiClient);
    Dashboard.navigate(targetPath());
  }

  part('.manualLoginForm').addEventListener('submit', (event) => {
    event.preventDefault();
    appSettings.enableAutoLogin(part('.chkRememberLogin').checked);
    signIn(part('#txtManualName').value, part('#txtManualPassword').value);
  });
  part('#divUsers').addEventListener('click', (event) => {
    const content = event.target.closest('.card')?.querySelector('.cardContent');
    if (!content) return;
    if (content.dataset.haspw === 'false') return signIn(content.dataset.username, '');
    part('#txtManualName').value = content.dataset.username;
    part('#txtManualPassword').value = '';
    showManualForm({ cancel: true, focusPassword: true });
  });
  part('.btnForgotPassword').addEventListener('click', () => Dashboard.navigate(pathOf('forgotpassword')));
  part('.btnCancel').addEventListener('click', showVisualForm);
  part('.btnQuick').addEventListener('click', () => startQuickConnect(onSignedIn));
  part('.btnManual').addEventListener('click', () => {
    part('#txtManualName').value = '';
    showManualForm({ cancel: true });
  });
  part('.btnSelectServer').addEventListener('click', () => Dashboard.selectServer());

  view.addEventListener('viewshow', () => {
    loading.show();
    hide('.btnSelectServer', !appHost.supports('multiserver'));
    ApiClient.getQuickConnect('Enabled').then((enabled) => {
      quickConnectEnabled = enabled === true;
      if (enabled === true) hide('.btnQuick', false);
    }).catch(() => {});
    ApiClient.getPublicUsers().then((users) => {
      if (users.length) {
        showVisualForm();
        part('#divUsers').innerHTML = users.map(userCardHtml).join('');
      } else {
        part('#txtManualName').value = '';
        showManualForm({ cancel: false });
      }
    }).catch(() => {}).then(() => loading.hide());
    showDisclaimer(view);
  });
  if (GENERATION < 11) return;
  view.addEventListener('pageshow', async () => {
    const options = await theme.applyBrandingOptions();
    if (options?.SplashscreenEnabled) backdrop.set(ApiClient.getUrl('/Branding/Splashscreen', { t: Date.now() }));
  });
}

async function showDisclaimer(view) {
  const options = await ApiClient.getJSON(ApiClient.getUrl('Branding/Configuration'));
  const disclaimer = view.querySelector(`.${DISCLAIMER_CLASS}`);
  disclaimer.innerHTML = sanitize(renderMarkdown(options.LoginDisclaimer || ''), { wideAddresses: GENERATION >= 12 });
  for (const link of disclaimer.querySelectorAll('a')) {
    link.rel = 'noopener noreferrer';
    link.target = '_blank';
    link.classList.add('button-link', 'emby-button');
    link.setAttribute('is', 'emby-linkbutton');
    if (layoutManager.tv) link.tabIndex = -1;
  }
}

function userCardHtml(user) {
  const tag = user.PrimaryImageTag;
  const image = tag
    ? `<div class="cardImageContainer coveredImage" style="background-image:url('${ApiClient.getUserImageUrl(user.Id, { width: 300, tag, type: 'Primary' })}');"></div>`
    : `<div class="cardImage flex align-items-center justify-content-center defaultCardBackground defaultCardBackground1">${icon('person', 'cardImageIcon')}</div>`;
  return `<button type="button" class="card squareCard scalableCard squareCard-scalable">
    <div class="cardBox cardBox-bottompadded"><div class="cardScalable"><div class="cardPadder cardPadder-square"></div>
      <div class="cardContent" data-haspw="${user.HasPassword}" data-username="${escapeHtml(user.Name)}" data-userid="${user.Id}">${image}</div></div>
      <div class="cardFooter visualCardBox-cardFooter"><div class="cardText singleCardText cardTextCentered">${escapeHtml(user.Name)}</div></div>
    </div></button>`;
}

definePage('login', { public: true, type: 'login', template: LOGIN_TEMPLATE, controller: loginController, autoFocus: false });
