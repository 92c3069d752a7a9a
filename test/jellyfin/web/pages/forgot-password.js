/* #forgotPasswordPage: a legacy view on 10.8 to 10.10, a React page with a controlled input on 11 and 12. */
const FORGOT_TEMPLATE = {
  default: `<div data-role="page" id="forgotPasswordPage" class="page standalonePage forgotPasswordPage">
  <div class="padded-left padded-right padded-bottom-page">
    <form class="forgotPasswordForm" style="text-align: center; margin: 0 auto;"><div style="text-align: left;">
      <h1>\${ButtonForgotPassword}</h1>
      <div class="inputContainer">
        <input is="emby-input" type="text" id="txtName" label="\${LabelUser}" autocomplete="off"/>
        <div class="fieldDescription">\${LabelForgotPasswordUsernameHelp}</div>
      </div>
      <div>
        <button is="emby-button" type="submit" class="raised submit block"><span>\${ButtonSubmit}</span></button>
        <button is="emby-button" type="button" class="raised cancel block btnCancel" onclick="history.back()"><span>\${ButtonCancel}</span></button>
      </div>
    </div></form>
  </div>
</div>`,
};

/** The message for each Action, word by word as in jellyfin-web.md a; none for an unknown Action. */
function forgotPasswordMessage({ Action, PinFile }) {
  if (Action === 'ContactAdmin') return globalize.translate('MessageContactAdminToResetPassword');
  if (Action === 'InNetworkRequired') return globalize.translate('MessageForgotPasswordInNetworkRequired');
  if (Action !== 'PinCode') return null;
  const created = globalize.translate('MessageForgotPasswordFileCreated');
  if (GENERATION <= 10) return `${created}<br/><br/>Enter PIN here to finish Password Reset<br/><br/>${PinFile}<br/>`;
  return `${created}<br/><br/>${globalize.translate('MessageForgotPasswordPinReset')}<br/><br/>${PinFile}<br/>`;
}

function showForgotPasswordResult(result) {
  const message = forgotPasswordMessage(result);
  if (message === null) return;
  const title = globalize.translate('ButtonForgotPassword');
  const callback = result.Action === 'PinCode' ? () => Dashboard.navigate(pathOf('forgotpasswordpin')) : () => {};
  if (GENERATION <= 10) return Dashboard.alert({ message, title, callback });
  return showAlert({ text: message, title }).then(callback);
}

function forgotPasswordController(view) {
  view.querySelector('form').addEventListener('submit', (event) => {
    event.preventDefault();
    ApiClient.ajax({
      type: 'POST',
      url: ApiClient.getUrl('Users/ForgotPassword'),
      dataType: 'json',
      contentType: 'application/json',
      data: JSON.stringify({ EnteredUsername: view.querySelector('#txtName').value }),
    }).then(showForgotPasswordResult);
  });
}

function buildForgotPasswordPage(page) {
  const say = globalize.translate;
  page.innerHTML = `<div class="padded-left padded-right padded-bottom-page">
    <form class="forgotPasswordForm" style="text-align: center; margin: 0px auto;"><div style="text-align: left;">
      <h1>${say('ButtonForgotPassword')}</h1>
      <div class="inputContainer">
        ${reactInput('txtName', 'text', say('LabelUser'), ' value=""')}
        <div class="fieldDescription">${say('LabelForgotPasswordUsernameHelp')}</div>
      </div>
      <div>
        <button type="submit" id="btnSubmit" class="emby-button raised submit block"><span>${say('ButtonSubmit')}</span></button>
        <button type="button" id="btnCancel" class="emby-button raised cancel block btnCancel"><span>${say('ButtonCancel')}</span></button>
      </div>
    </div></form></div>`;
  const enteredName = controlInput(page.querySelector('#txtName'));
  page.querySelector('#btnCancel').addEventListener('click', () => history.back());
  page.querySelector('form').addEventListener('submit', async (event) => {
    event.preventDefault();
    try {
      const url = ApiClient.getUrl('Users/ForgotPassword');
      await showForgotPasswordResult(await sdkFetch(url, { method: 'POST', body: { EnteredUsername: enteredName() } }));
    } catch (error) {
      console.debug('forgot password request failed', error);
    }
  });
}

definePage('forgotpassword', {
  public: true,
  kind: REACT_SINCE_11,
  template: FORGOT_TEMPLATE,
  controller: forgotPasswordController,
  id: 'forgotPasswordPage',
  className: 'standalonePage forgotPasswordPage mainAnimatedPage',
  build: buildForgotPasswordPage,
});
