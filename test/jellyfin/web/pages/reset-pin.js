/* .forgotPasswordPinPage (no id), a legacy view on all versions, with the inline handler of its cancel button. */
const PIN_TEMPLATE = {
  default: `<div data-role="page" class="page standalonePage forgotPasswordPinPage">
  <div class="padded-left padded-right padded-bottom-page">
    <form class="forgotPasswordPinForm" style="text-align: center; margin: 0 auto;"><div style="text-align: left;">
      <h2>\${HeaderPasswordReset}</h2>
      <div class="inputContainer">
        <input is="emby-input" type="text" id="txtPin" label="\${LabelPasswordRecoveryPinCode}" autocomplete="off" required="required"/>
      </div>
      <div>
        <button is="emby-button" type="submit" class="raised submit block"><span>\${ButtonSubmit}</span></button>
        <button is="emby-button" type="button" class="raised cancel block btnCancel" onclick="history.back()"><span>\${ButtonCancel}</span></button>
      </div>
    </div></form>
  </div>
</div>`,
};

function showPinResult({ Success, UsersReset }) {
  const title = globalize.translate('HeaderPasswordReset');
  if (!Success) return Dashboard.alert({ message: globalize.translate('MessageInvalidForgotPasswordPin'), title });
  Dashboard.alert({
    message: `${globalize.translate('MessagePasswordResetForUsers')}<br/><br/>${UsersReset.join('<br/>')}`,
    title,
    callback: () => {
      location.href = GENERATION >= 11 ? '' : 'index.html';
    },
  });
}

function pinController(view) {
  view.querySelector('form').addEventListener('submit', (event) => {
    event.preventDefault();
    ApiClient.ajax({
      type: 'POST',
      url: ApiClient.getUrl('Users/ForgotPassword/Pin'),
      dataType: 'json',
      contentType: 'application/json',
      data: JSON.stringify({ Pin: view.querySelector('#txtPin').value }),
    }).then(showPinResult);
  });
  if (GENERATION >= 11) view.querySelector('#txtPin').focus();
}

definePage('forgotpasswordpin', { public: true, template: PIN_TEMPLATE, controller: pinController, autoFocus: false });
