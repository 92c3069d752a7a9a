/* A dialog is a div in .dialogContainer with a history entry of its own, so that browser Back closes it. */
const dialogHelper = {
  createDialog(options = {}) {
    const dialog = document.createElement('div');
    if (options.id) dialog.id = options.id;
    dialog.classList.add('focuscontainer', 'hide', 'dialog');
    dialog.setAttribute('modal', 'modal');
    dialog.dataset.history = String(options.enableHistory !== false);
    dialog.dataset.removeonclose = String(!!options.removeOnClose);
    dialog.dataset.autofocus = 'true';
    if (options.size) {
      dialog.classList.add('dialog-fixedSize', `dialog-${options.size}`);
      if (options.size === 'fullscreen') dialog.dataset.lockscroll = 'true';
    }
    return dialog;
  },

  /** Resolves when the dialog has been closed and its history entry is gone. */
  open(dialog) {
    dialog.parentNode?.removeChild(dialog);
    const container = document.createElement('div');
    container.className = 'dialogContainer';
    container.appendChild(dialog);
    const backdrop = document.createElement('div');
    backdrop.className = 'dialogBackdrop dialogBackdropOpened';
    document.body.append(backdrop, container);
    dialog.dialogContainer = container;
    if (!dialog.classList.contains('dialog-fixedSize')) dialog.classList.add('centeredDialog');
    dialog.classList.remove('hide');
    dialog.classList.add('opened');
    upgradeElements(dialog);
    dialog.dispatchEvent(new CustomEvent('open'));
    const before = document.activeElement;
    focusFirst(dialog);

    return new Promise((resolve) => {
      const finish = () => {
        dialog.dispatchEvent(new CustomEvent('close'));
        resolve({ element: dialog });
      };
      const key = `dlg${Date.now()}`;
      const entry = dialog.dataset.history === 'true' ? appRouter.pushDialog(key, () => dialogHelper.close(dialog)) : null;
      dialog.addEventListener('_close', () => {
        backdrop.remove();
        dialog.classList.remove('opened');
        if (dialog.dataset.removeonclose === 'true') {
          container.remove();
          dialog.dialogContainer = null;
        }
        if (layoutManager.tv) before?.focus?.();
        if (entry) entry.leave().then(finish);
        else finish();
      }, { once: true });
      container.addEventListener('mousedown', (event) => {
        if (event.target === container) dialogHelper.close(dialog);
      });
      // Escape is the "back" command of the tv layout only.
      dialog.addEventListener('keydown', (event) => {
        if (event.key === 'Escape' && layoutManager.tv) dialogHelper.close(dialog);
      });
    });
  },

  close(dialog) {
    if (dialog.classList.contains('hide')) return;
    dialog.dispatchEvent(new CustomEvent('closing'));
    dialog.classList.add('hide');
    dialog.dispatchEvent(new CustomEvent('_close'));
  },
};
