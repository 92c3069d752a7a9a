/** What we use of the client's dialogs. Source: `components/dialogHelper` of jellyfin-web 10.8.13 to 12.0, seen in the running clients. */
interface DialogHelper {
  createDialog(options: { readonly removeOnClose: boolean }): HTMLElement;
  /** Resolves when it is closed. */
  open(dialog: HTMLElement): Promise<unknown>;
  close(dialog: HTMLElement): void;
}

/** What a dialog is made of. */
export interface DialogParts {
  /** What it is about, to who does not see it. */
  readonly label: string;
  readonly className: string;
  /** What can be pressed in it are buttons. */
  readonly content: Node;
  /** Has the focus when it is closed, if it is still there. */
  readonly opener: HTMLElement;
  /** Called once it is closed, when the client may be led elsewhere again; must not throw. */
  readonly onClosed?: () => void;
  /** As `ClientContext.guard`. */
  guard<Values extends unknown[]>(run: (...values: Values) => void): (...values: Values) => void;
}

/**
 * Opens a dialog of the client: Back closes it, another page takes it away, and remote controls find their way in it. What the
 * client leaves out is added: Escape closes it in every layout, Tab stays in it, and the focus goes back.
 *
 * @returns Closes it; once it is closed, nothing.
 * @throws {Error} where the client has no dialogs for plugins.
 */
export function openDialog({ label, className, content, opener, onClosed, guard }: DialogParts): () => void {
  const { Dashboard } = window as { readonly Dashboard?: { readonly dialogHelper?: DialogHelper } };
  const helper = Dashboard?.dialogHelper;
  if (helper === undefined) throw new Error('the client has no dialogs');
  const dialog = helper.createDialog({ removeOnClose: true });
  dialog.classList.add(className);
  dialog.setAttribute('role', 'dialog');
  dialog.setAttribute('aria-modal', 'true');
  dialog.setAttribute('aria-label', label);
  dialog.tabIndex = -1;
  dialog.appendChild(content);

  let isOpen = true;
  const close = () => {
    if (isOpen) helper.close(dialog);
  };
  const onKey = guard((event: KeyboardEvent) => {
    if (event.key === 'Tab') keepFocusIn(dialog, event);
    if (event.key !== 'Escape') return;
    event.preventDefault();
    // In the layout for television sets the client goes back a page by it.
    event.stopPropagation();
    close();
  });
  document.addEventListener('keydown', onKey, true);
  const end = guard(() => {
    isOpen = false;
    document.removeEventListener('keydown', onKey, true);
    if (document.body.contains(opener)) opener.focus();
    onClosed?.();
  });
  helper.open(dialog).then(end, end);
  return close;
}

function keepFocusIn(dialog: HTMLElement, event: KeyboardEvent): void {
  const stops = dialog.querySelectorAll<HTMLElement>('button:not([disabled])');
  const first = stops[0];
  const last = stops[stops.length - 1];
  const at = document.activeElement;
  const isInside = dialog.contains(at) && at !== dialog;
  if (isInside && at !== (event.shiftKey ? first : last)) return;
  event.preventDefault();
  (event.shiftKey ? last : first)?.focus();
}
