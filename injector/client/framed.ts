import { toHtml } from './texts.ts';

/** The window, as far as it says whether it is framed, and tells the person something. */
export interface FramedWindow {
  readonly top: unknown;
  readonly self: unknown;
  /** Source: `utils/dashboard.js` of jellyfin-web 10.8.13 to 12.0; the message is HTML in a dialog. */
  readonly Dashboard?: {
    readonly alert?: (options: { readonly title: string; readonly message: string }) => unknown;
  };
}

const TITLE = {
  en: 'Go on with another device',
  de: 'Weiter mit einem anderen Gerät',
  fr: 'Continuer sur un autre appareil',
  es: 'Continúa en otro dispositivo',
};
const MESSAGE = {
  en: 'This device cannot show the next page. Open this address on another one, such as a phone or a computer:',
  de: 'Dieses Gerät kann die nächste Seite nicht zeigen. Öffne diese Adresse auf einem anderen, etwa einem Telefon oder Computer:',
  fr: 'Cet appareil ne peut pas afficher la page suivante. Ouvrez cette adresse sur un autre, par exemple un téléphone ou un ordinateur\u00a0:',
  es: 'Este dispositivo no puede mostrar la página siguiente. Abre esta dirección en otro, por ejemplo un teléfono o un ordenador:',
};

/** Whether the client stands in a frame, where pages of ours and of most others are refused: LG's television app does that. */
export function isFramed({ top, self }: FramedWindow): boolean {
  return top !== self;
}

/**
 * Says in a dialog of the client where to go on with another device.
 *
 * @param address Shown whole but for its fragment, which may be a secret.
 * @param pick As `ClientContext.text`.
 */
export function tellAddress(
  window: FramedWindow,
  address: string,
  pick: (translations: typeof TITLE) => string,
): void {
  const shown = address.split('#')[0] ?? '';
  window.Dashboard?.alert?.({ title: pick(TITLE), message: toHtml(`${pick(MESSAGE)}\n\n${shown}`) });
}
