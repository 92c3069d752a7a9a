import type { ClientContext } from '../../client/client-mod.ts';
import { openDialog } from '../../jellyfin/dialog.client.ts';
import { codeClose, codeHere, codeTitle, codeWords } from './texts.json';

/**
 * Shows the address of My Account as a code for a telephone, so that nobody has to type with a remote control.
 *
 * @param opener Has the focus afterwards.
 * @param goOn Called once the dialog is closed by who wants to type here all the same; left out where that is of no use.
 * @throws {Error} where the client has no dialogs.
 */
export function showCode(
  { gatehouseUrl, text, guard }: Pick<ClientContext<unknown>, 'gatehouseUrl' | 'text' | 'guard'>,
  opener: HTMLElement,
  goOn: (() => void) | undefined,
): void {
  let isGoingOn = false;
  const content = document.createElement('div');
  content.appendChild(document.createElement('h2')).textContent = text(codeTitle);
  content.appendChild(document.createElement('p')).textContent = text(codeWords);
  const code = content.appendChild(document.createElement('img'));
  // Shown in its place where it does not come.
  code.alt = gatehouseUrl('account');
  code.src = gatehouseUrl('account.svg');
  const addButton = (words: string, press: () => void): void => {
    const button = content.appendChild(document.createElement('button'));
    button.type = 'button';
    button.className = 'emby-button raised';
    button.textContent = words;
    button.onclick = guard(press);
  };
  addButton(text(codeClose), () => close());
  if (goOn !== undefined)
    addButton(text(codeHere), () => {
      isGoingOn = true;
      close();
    });
  const close = openDialog({
    label: text(codeTitle),
    className: 'forgot-password-code',
    content,
    opener,
    onClosed: () => {
      if (isGoingOn) goOn?.();
    },
    guard,
  });
}
