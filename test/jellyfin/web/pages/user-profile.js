/* #userProfilePage with the form to change one's password. 8: this content inside a legacy view (live A2). */
const PROFILE_CLASS = 'libraryPage userPreferencesPage userPasswordPage noSecondaryNavPage';

/** Up to 10 each field and button stands in a div of its own and is the older element; later ones are React's. */
function profileField(id, key) {
  const text = globalize.translate(key);
  if (GENERATION > 10) return reactInput(id, 'password', text);
  return `<div><input is="emby-input" type="password" id="${id}" label="${text}" autocomplete="off" /></div>`;
}

function profileButton(name, key, { type = 'button', classes = '', last = '' }) {
  const text = `<span>${globalize.translate(key)}</span>`;
  const id = name && GENERATION > 8 ? `id="${name}" ` : '';
  if (GENERATION > 10) return `<button type="${type}" ${id}class="emby-button raised ${classes} ${last}">${text}</button>`;
  return `<div><button is="emby-button" type="${type}" ${id}class="raised ${GENERATION === 8 ? name : ''} ${classes} ${last}">${text}</button></div>`;
}

function profileHtml() {
  return `<div class="padded-left padded-right padded-bottom-page">
    <div class="readOnlyContent" style="margin:0 auto;margin-bottom:1.8em;padding:0 1em;display:flex;flex-direction:row;align-items:center;">
      <div${GENERATION > 8 ? ' class="imagePlaceHolder"' : ''} style="position:relative;display:inline-block;max-width:200px;">
        <input id="uploadImage" type="file" accept="image/*" style="position:absolute;right:0;width:100%;height:100%;opacity:0;cursor:pointer;" />
        <div id="image" style="width:200px;height:200px;background-repeat:no-repeat;background-position:center;border-radius:100%;background-size:cover;"></div>
      </div>
      <div style="vertical-align:top;margin:1em 2em;display:flex;flex-direction:column;align-items:center;">
        <h2 class="username" style="margin:0;font-size:xx-large;"></h2><br />
        ${profileButton('btnAddImage', 'ButtonAddImage', { classes: GENERATION === 8 ? '' : 'button-submit', last: 'hide' })}
        ${profileButton('btnDeleteImage', 'DeleteImage', { last: 'hide' })}
      </div>
    </div>
    <div><form class="updatePasswordForm passwordSection hide" style="margin:0 auto 2em;"><div class="detailSection">
      <div id="fldCurrentPassword" class="inputContainer hide">${profileField('txtCurrentPassword', 'LabelCurrentPassword')}</div>
      <div class="inputContainer">${profileField('txtNewPassword', 'LabelNewPassword')}</div>
      <div class="inputContainer">${profileField('txtNewPasswordConfirm', 'LabelNewPasswordConfirm')}</div><br />
      <div>
        ${profileButton('', GENERATION > 8 ? 'SavePassword' : 'Save', { type: 'submit', classes: 'button-submit block' })}
        ${profileButton('btnResetPassword', 'ResetPassword', { classes: 'button-cancel block', last: 'hide' })}
      </div></div></form></div></div>`;
}

async function fillProfile(page, userId) {
  const me = await Dashboard.getCurrentUser();
  const user = await ApiClient.getUser(userId);
  const hasPassword = user.HasConfiguredPassword ?? user.HasPassword;
  page.querySelector('.username').textContent = user.Name;
  page.querySelector('#fldCurrentPassword').classList.toggle('hide', !hasPassword);
  page.querySelector('.btnResetPassword, #btnResetPassword').classList.toggle('hide', !hasPassword || user.Policy?.IsAdministrator);
  page.querySelector('.passwordSection').classList.toggle('hide', !(me.Policy?.IsAdministrator || user.Policy?.EnableUserPreferenceAccess));
  const tag = user.PrimaryImageTag;
  const picture = tag ? ApiClient.getUserImageUrl(user.Id, { tag, type: 'Primary' }) : 'assets/img/avatar.png';
  page.querySelector('#image').style.backgroundImage = `url(${picture})`;
  const mayAdd = me.Policy?.IsAdministrator || user.Policy?.EnableUserPreferenceAccess;
  if (tag || mayAdd) page.querySelector('#btnAddImage, .btnAddImage').classList.toggle('hide', !!tag);
  if (tag || mayAdd) page.querySelector('#btnDeleteImage, .btnDeleteImage').classList.toggle('hide', !tag);
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
  const upload = page.querySelector('#uploadImage');
  upload.addEventListener('change', () => {
    ApiClient.uploadUserImage(userId, 'Primary', upload.files[0]).then(() => fillProfile(page, userId));
  });
  page.querySelector('#btnAddImage, .btnAddImage').addEventListener('click', () => upload.click());
  page.querySelector('#btnDeleteImage, .btnDeleteImage').addEventListener('click', () => {
    showConfirm(globalize.translate('DeleteImageConfirmation'), globalize.translate('DeleteImage')).then(async () => {
      await ApiClient.deleteUserImage(userId, 'Primary');
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
    const content = document.createElement('div');
    view.appendChild(content);
    buildProfile(content, params);
    upgradeElements(content);
  },
  autoFocus: false,
  id: 'userProfilePage',
  className: `mainAnimatedPage ${PROFILE_CLASS}`,
  get title() {
    return globalize.translate('Profile');
  },
  build: buildProfile,
});
