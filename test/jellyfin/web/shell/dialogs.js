/* Message dialogs: .formDialog with title, sanitised text and .btnOption buttons (live A4). */
const DIALOG_TEMPLATE = {
  default: `<div class="formDialogHeader formDialogHeader-clear justify-content-center">
    <h1 class="formDialogHeaderTitle" style="margin-top:.5em;padding:0 1em;"></h1>
  </div>
  <div class="formDialogContent smoothScrollY">
    <div class="dialogContentInner dialog-content-centered" style="padding-top:1em;padding-bottom:1em;text-align:center;">
      <div class="text"></div>
    </div>
  </div>
  <div class="formDialogFooter formDialogFooter-clear formDialogFooter-flex" style="margin:1em"></div>`,
};

/** Resolves to the id of the button that was pressed; rejects when closed another way. */
async function showDialog({ title, text, html, buttons, dialogOptions }) {
  const dialog = dialogHelper.createDialog({ removeOnClose: true, ...dialogOptions, ...(layoutManager.tv && { size: 'fullscreen' }) });
  dialog.classList.add('formDialog', 'align-items-center', 'justify-content-center');
  dialog.innerHTML = globalize.translateHtml(DIALOG_TEMPLATE, 'core');

  const heading = dialog.querySelector('.formDialogHeaderTitle');
  if (title) heading.innerText = title;
  else heading.classList.add('hide');
  const content = dialog.querySelector('.formDialogContent');
  content.classList.add('no-grow');
  if (layoutManager.tv) Object.assign(content.style, { maxWidth: '50%', maxHeight: '60%' });
  else content.style.maxWidth = `${Math.min(buttons.length * 150 + 200, innerWidth - 50)}px`;
  if (!layoutManager.tv) dialog.classList.add('dialog-fullscreen-lowres');

  const shown = html || text || '';
  dialog.querySelector('.text').innerHTML = sanitize(shown);
  if (!shown) dialog.querySelector('.dialogContentInner').classList.add('hide');
  dialog.querySelector('.formDialogFooter').innerHTML = buttons
    .map(
      ({ id, name, type }, index) =>
        `<button is="emby-button" type="button" class="btnOption raised formDialogFooterItem formDialogFooterItem-autosize${type ? ` button-${type}` : ''}" data-id="${id}"${index === 0 ? ' autofocus' : ''}>${escapeHtml(name)}</button>`,
    )
    .join('');

  let pressed;
  for (const button of dialog.querySelectorAll('.btnOption')) {
    button.addEventListener('click', () => {
      pressed = button.dataset.id;
      dialogHelper.close(dialog);
    });
  }
  await dialogHelper.open(dialog);
  return pressed ?? Promise.reject();
}

/** One message, one button. On 10.8 a television other than webOS and old Tizen gets window.alert; 9 and 10 too. */
async function showAlert(text, title) {
  const options = typeof text === 'string' ? { text, title } : text;
  await appRouter.ready();
  const native = GENERATION <= 10 && browser.tv && !browser.web0s && !(browser.tizenVersion && browser.tizenVersion < 3);
  if (native) return void window.alert((options.text || '').replaceAll('<br/>', '\n'));
  return showDialog({ ...options, buttons: [{ id: 'ok', name: globalize.translate('ButtonGotIt'), type: 'submit' }] });
}

async function showConfirm(text, title) {
  const options = typeof text === 'string' ? { text, title } : text;
  const buttons = [
    { id: 'cancel', name: options.cancelText || globalize.translate('ButtonCancel'), type: 'cancel' },
    { id: 'ok', name: options.confirmText || globalize.translate('ButtonOk'), type: options.primary === 'delete' ? 'delete' : 'submit' },
  ];
  const pressed = await showDialog({ ...options, buttons });
  return pressed === 'ok' ? undefined : Promise.reject();
}
