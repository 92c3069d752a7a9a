import { pickLanguage, type Translations } from '../kit/translations.ts';

/**
 * Shown behind Jellyfin's own sentence, by clients that do not run our script: web clients served elsewhere, apps,
 * televisions that know plain text only. So there is no markup in it.
 */
const LOOK_THERE: Translations = {
  en: 'Look in your messages: if there is an account with that name and we know how to reach you, a message with your PIN is on its way.',
  de: 'Sieh in deinen Nachrichten nach: Wenn es ein Konto mit diesem Namen gibt und wir wissen, wie wir dich erreichen, ist eine Nachricht mit deiner PIN unterwegs.',
  fr: 'Consultez vos messages\u00a0: s’il existe un compte à ce nom et que nous savons comment vous joindre, un message contenant votre code PIN est en route.',
  es: 'Mira tus mensajes: si existe una cuenta con ese nombre y sabemos cómo contactar contigo, hay un mensaje con tu PIN en camino.',
};

/** True in every client; behind it stands the address. */
const CHOOSE_NOW: Translations = {
  en: 'Nothing is changed yet, and the PIN is no password. Choose your new password here:',
  de: 'Noch ist nichts geändert, und die PIN ist kein Passwort. Wähle dein neues Passwort hier:',
  fr: 'Rien n’est encore changé, et le code PIN n’est pas un mot de passe. Choisissez votre nouveau mot de passe ici\u00a0:',
  es: 'Todavía no ha cambiado nada, y el PIN no es una contraseña. Elige tu contraseña nueva aquí:',
};

/**
 * The body of an answer that lets the client go on to its PIN page: the same for every name. There is no path in it,
 * and no date, which no client shows.
 *
 * Source: `ForgotPasswordResult`, 10.8 to 12.0; the forgot-password page of jellyfin-web, which shows `PinFile`.
 */
export function pinIsOnItsWay(acceptLanguage: string | undefined): string {
  return JSON.stringify({ Action: 'PinCode', PinFile: say(LOOK_THERE, acceptLanguage) });
}

/**
 * The body of the answer to a good PIN. Where Jellyfin lists the people whose password became the PIN stand a true
 * sentence and a link: our script leads there by itself, other clients show them. Jellyfin's web client cleans the
 * list as HTML and keeps the link.
 *
 * Source: `PinRedeemResult`, 10.8 to 12.0; the PIN page of jellyfin-web and its `dialog.js` (DOMPurify).
 */
export function pinWasRight(
  { userName, chooseUrl }: { readonly userName: string; readonly chooseUrl: string },
  acceptLanguage: string | undefined,
): string {
  const url = escapeHtml(chooseUrl);
  const sentence = `${escapeHtml(userName)}: ${say(CHOOSE_NOW, acceptLanguage)}`;
  const link = `<a id="gatehouse-choose-password" href="${url}">${url}</a>`;
  return JSON.stringify({ Success: true, UsersReset: [sentence, link] });
}

function say(translations: Translations, acceptLanguage: string | undefined): string {
  return translations[pickLanguage(acceptLanguage)] ?? translations.en;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
}
