/* "Use Quick Connect" on the login page: a dialog with the code, asked for every 5 s; closing it stops nothing. */
async function startQuickConnect(onSignedIn) {
  const url = ApiClient.getUrl('/QuickConnect/Initiate');
  let ticket;
  try {
    ticket = await ApiClient.ajax({ type: GENERATION === 8 ? 'GET' : 'POST', url, dataType: 'json' });
  } catch {
    return Dashboard.alert({ message: globalize.translate('QuickConnectNotActive'), title: globalize.translate('HeaderError') });
  }
  showAlert({
    dialogOptions: { id: 'quickConnectAlert' },
    title: globalize.translate('QuickConnect'),
    text: globalize.translate('QuickConnectAuthorizeCode', ticket.Code),
  }).catch(() => {});

  const closeDialog = () => {
    const dialog = document.getElementById('quickConnectAlert');
    if (dialog) dialogHelper.close(dialog);
  };
  const timer = setInterval(async () => {
    try {
      const state = await ApiClient.getJSON(ApiClient.getUrl(`/QuickConnect/Connect?Secret=${ticket.Secret}`));
      if (!state.Authenticated) return;
      clearInterval(timer);
      closeDialog();
      onSignedIn(await ApiClient.quickConnect(state.Secret));
    } catch {
      clearInterval(timer);
      closeDialog();
      Dashboard.alert({ message: globalize.translate('QuickConnectDeactivated'), title: globalize.translate('HeaderError') });
    }
  }, 5000);
}
