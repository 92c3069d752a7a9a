import type { RunClient } from '../../client/client-mod.ts';
import { readSignInHeld } from '../../jellyfin/web-client.ts';
import type { Translations } from '../../kit/translations.ts';

const TOO_MANY: Translations = {
  en: 'Too many wrong passwords were tried. Wait {0}, then try again; until then even the right password is not accepted here.',
  de: 'Es wurden zu viele falsche Passwörter versucht. Warte {0} und versuche es dann noch einmal; bis dahin wird hier auch das richtige nicht angenommen.',
  fr: 'Trop de mots de passe erronés ont été essayés. Attendez {0}, puis réessayez\u00a0; d’ici là, même le bon n’est pas accepté ici.',
  es: 'Se han probado demasiadas contraseñas incorrectas. Espera {0} y vuelve a intentarlo; hasta entonces aquí no se acepta ni la correcta.',
};

const NOT_FROM_HERE: Translations = {
  en: 'Others have tried wrong passwords for this account. For now it opens only where it was signed in to before, or at home.',
  de: 'Andere haben für dieses Konto falsche Passwörter versucht. Vorerst öffnet es sich nur dort, wo es schon angemeldet war, oder zu Hause.',
  fr: 'D’autres ont essayé des mots de passe erronés pour ce compte. Pour l’instant, il ne s’ouvre que là où il a déjà été utilisé, ou à la maison.',
  es: 'Otros han probado contraseñas incorrectas para esta cuenta. Por ahora solo se abre donde ya se había usado, o en casa.',
};

const RESET_HELPS: Translations = {
  en: 'With “Forgot Password” you can choose a new one, and sign in at once.',
  de: 'Mit „Passwort vergessen“ kannst du ein neues wählen und dich sofort anmelden.',
  fr: 'Avec «\u00a0Mot de passe oublié\u00a0», vous pouvez en choisir un nouveau et vous connecter aussitôt.',
  es: 'Con «Contraseña olvidada» puedes elegir una nueva e iniciar sesión enseguida.',
};

const MINUTES: Translations = { en: '{0} min', de: '{0} Min.', fr: '{0} min', es: '{0} min' };
const HOURS: Translations = { en: '{0} h', de: '{0} Std.', fr: '{0} h', es: '{0} h' };

/** Puts a line into the sign-in form when Gatehouse held the sign-in back, and takes it away at the next answer. */
export const run: RunClient<{ readonly resets: boolean }> = ({
  options,
  find,
  insertOnce,
  onAnswer,
  text,
}) => {
  let lines: HTMLElement[] = [];

  function durationOf(seconds: number): string {
    const minutes = Math.ceil(seconds / 60);
    const [unit, count] = minutes < 120 ? [MINUTES, minutes] : [HOURS, Math.ceil(minutes / 60)];
    return text(unit).replace('{0}', String(count));
  }
  function makeLine(words: string): HTMLElement {
    const line = document.createElement('div');
    line.setAttribute('role', 'alert');
    line.style.margin = '1em 0';
    line.textContent = words;
    lines.push(line);
    return line;
  }

  onAnswer('signIn', ({ errorCode }) => {
    for (const line of lines) if (line.parentNode !== null) line.parentNode.removeChild(line);
    lines = [];
    const seconds = readSignInHeld(errorCode);
    if (seconds === undefined) return;
    const why = seconds === 0 ? text(NOT_FROM_HERE) : text(TOO_MANY).replace('{0}', durationOf(seconds));
    const words = options.resets ? `${why} ${text(RESET_HELPS)}` : why;
    for (const form of find('loginForm', document)) insertOnce(form, 'held', () => makeLine(words));
  });
};
