/* #userProfilePage with the form to change one's password. 8: this content inside a legacy view (live A2). */
const PROFILE_CLASS = 'libraryPage userPreferencesPage userPasswordPage noSecondaryNavPage';

function profileHtml() {
  const say = globalize.translate;
  const field = (id, key) => `<div class="inputContainer"><input is="emby-input" type="password" id="${id}" label="${say(key)}" autocomplete="off" /></div>`;
  const addImage = GENERATION === 8 ? 'class="raised btnAddImage' : 'id="btnAddImage" class="raised';
  const reset = GENERATION >= 11 ? 'id="btnResetPassword" class="raised' : 'class="raised btnResetPassword';
  return `<div class="padded-left padded-right padded-bottom-page">
    <div class="readOnlyContent" style="margin:0 auto;margin-bottom:1.8em;padding:0 1em;display:flex;flex-direction:row;align-items:center;">
      <div class="imagePlaceHolder" style="position:relative;display:inline-block;max-width:200px;">
        <input id="uploadImage" type="file" accept="image/*" style="position:absolute;right:0;width:100%;height:100%;opacity:0;cursor:pointer;" />
        <div id="image" style="width:200px;height:200px;background-repeat:no-repeat;background-position:center;border-radius:100%;background-size:cover;"></div>
      </div>
      <div style="vertical-align:top;margin:1em 2em;display:flex;flex-direction:column;align-items:center;">
        <h2 class="username" style="margin:0;font-size:xx-large;"></h2><br />
        <button is="emby-button" type="button" ${addImage} button-submit hide">${say('ButtonAddImage')}</button>
        <button is="emby-button" type="button" id="btnDeleteImage" class="raised hide">${say('DeleteImage')}</button>
      </div>
    </div>
    <form class="updatePasswordForm passwordSection hide" style="margin:0 auto 2em;"><div class="detailSection">
      <div id="fldCurrentPassword" class="inputContainer hide"><input is="emby-input" type="password" id="txtCurrentPassword" label="${say('LabelCurrentPassword')}" autocomplete="off" /></div>
      ${field('txtNewPassword', 'LabelNewPassword')}${field('txtNewPasswordConfirm', 'LabelNewPasswordConfirm')}<br />
      <div>
        <button is="emby-button" type="submit" class="raised button-submit block"><span>${say('Save')}</span></button>
        <button is="emby-button" type="button" ${reset} button-cancel block hide"><span>${say('ResetPassword')}</span></button>
      </div></div></form></div>`;
}

async function fillProfile(page, userId) {
  const me = await Dashboard.getCurrentUser();
  const user = await ApiClient.getUser(userId);
  const hasPassword = user.HasConfiguredPassword ?? user.HasPassword;
  page.querySelector('.username').textContent = user.Name;
  page.querySelector('#fldCurrentPassword').classList.toggle('hide', !hasPassword);
  page.querySelector('.btnResetPassword, #btnResetPassword').classList.toggle('hide', !hasPassword || user.Policy?.IsAdministrator);
  page.querySelector('.passwordSection').classList.toggle('hide', !(me.Policy?.IsAdministrator || user.Policy?.EnableUserPreferenceAccess));
  for (const input of page.querySelectorAll('input[type=password]')) input.value = '';
  setTitle(user.Name);
}

function buildProfile(page, params) {
  const userId = params.userId || Dashboard.getCurrentUserId();
  const value = (id) => page.querySelector(id).value;
  page.innerHTML = profileHtml();
  const isAdmin = () => ApiClient.getCurrentUser().then((user) => !!user.Policy?.IsAdministrator);

  page.querySelector('.updatePasswordForm').addEventListener('submit', async (event) => {
    event.preventDefault();
    if (value('#txtNewPassword') !== value('#txtNewPasswordConfirm')) return toast(globalize.translate('PasswordMatchError'));
    if (GENERATION >= 10 && value('#txtNewPassword') === '' && (await isAdmin())) return toast(globalize.translate('PasswordMissingSaveError'));
    loading.show();
    try {
      const current = page.querySelector('#fldCurrentPassword').classList.contains('hide') ? '' : value('#txtCurrentPassword');
      await ApiClient.updateUserPassword(userId, current, value('#txtNewPassword'));
      loading.hide();
      toast(globalize.translate('PasswordSaved'));
      fillProfile(page, userId);
    } catch {
      loading.hide();
      Dashboard.alert({ title: globalize.translate('HeaderLoginFailure'), message: globalize.translate('MessageInvalidUser') });
    }
  });
  page.querySelector('.btnResetPassword, #btnResetPassword').addEventListener('click', () => {
    showConfirm(globalize.translate('PasswordResetConfirmation'), globalize.translate('ResetPassword')).then(async () => {
      await ApiClient.resetUserPassword(userId);
      Dashboard.alert({ message: globalize.translate('PasswordResetComplete'), title: globalize.translate('ResetPassword') });
      fillProfile(page, userId);
    }, () => {});
  });
  fillProfile(page, userId);
}

definePage(PROFILE_PAGE, {
  kind: GENERATION === 8 ? 'legacy' : 'react',
  template: {
    default: `<div id="userProfilePage" data-role="page" class="page ${PROFILE_CLASS}" data-title="\${Profile}" data-menubutton="false"></div>`,
  },
  controller(view, params) {
    buildProfile(view, params);
    upgradeElements(view);
  },
  id: 'userProfilePage',
  className: PROFILE_CLASS,
  get title() {
    return globalize.translate('Profile');
  },
  build: buildProfile,
});
