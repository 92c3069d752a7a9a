import { z } from 'zod';
import { ANCHORS } from '../../jellyfin/anchors.ts';
import { defineMod } from '../../kit/define-mod.ts';
import { type Translations, untranslated } from '../../kit/translations.ts';
import { isSafeWebAddress } from '../../kit/web-address.ts';

/**
 * Where the browser part leads people: our own page, from Jellyfin's PIN page to the choice of a password, back to the
 * login page, or an address.
 */
export interface ForgotPasswordLead {
  readonly to: 'account' | 'pin-page' | 'login' | { readonly url: string };
}

/** What Jellyfin's form and its dialogs say, without a word about a file on the server. */
interface FormWords {
  /** Below the field for the name. */
  readonly enterName: Translations;
  /** The dialog after it, the same for every name. */
  readonly asked: Translations;
}

/** Where the message holds a link. */
const LINK_WORDS: FormWords = {
  enterName: {
    en: 'Enter your user name. You will get a message with a link to choose a new password.',
    de: 'Gib deinen Benutzernamen ein. Du bekommst eine Nachricht mit einem Link, um ein neues Passwort zu wählen.',
    fr: 'Saisissez votre nom d’utilisateur. Vous recevrez un message avec un lien pour choisir un nouveau mot de passe.',
    es: 'Escribe tu nombre de usuario. Recibirás un mensaje con un enlace para elegir una contraseña nueva.',
  },
  asked: {
    en:
      'Check your messages.\n\nIf there is an account with that name and we know how to reach you, a message with a ' +
      'link is on its way.\n\nNothing after a few minutes? Look in your spam folder, then ask the person who runs this server.',
    de:
      'Sieh in deinen Nachrichten nach.\n\nWenn es ein Konto mit diesem Namen gibt und wir wissen, wie wir dich erreichen, ' +
      'ist eine Nachricht mit einem Link unterwegs.\n\nNach ein paar Minuten noch nichts? Sieh im Spam-Ordner nach und ' +
      'frag dann die Person, die diesen Server betreibt.',
    fr:
      'Consultez vos messages.\n\nS’il existe un compte à ce nom et que nous savons comment vous joindre, un message ' +
      'contenant un lien est en route.\n\nRien après quelques minutes\u00a0? Regardez dans vos courriers indésirables, puis ' +
      'adressez-vous à la personne qui gère ce serveur.',
    es:
      'Mira tus mensajes.\n\nSi existe una cuenta con ese nombre y sabemos cómo contactar contigo, hay un mensaje con un ' +
      'enlace en camino.\n\n¿Nada después de unos minutos? Mira en la carpeta de correo no deseado y luego pregunta a la ' +
      'persona que administra este servidor.',
  },
};

/** Where the message holds a PIN. */
const PIN_WORDS: FormWords & {
  /** Above our sentence in the dialog after a good PIN; seen only where the browser part did not run. */
  readonly accepted: Translations;
} = {
  enterName: {
    en: 'Enter your user name. You will get a message with a PIN to choose a new password.',
    de: 'Gib deinen Benutzernamen ein. Du bekommst eine Nachricht mit einer PIN, um ein neues Passwort zu wählen.',
    fr: 'Saisissez votre nom d’utilisateur. Vous recevrez un message avec un code PIN pour choisir un nouveau mot de passe.',
    es: 'Escribe tu nombre de usuario. Recibirás un mensaje con un PIN para elegir una contraseña nueva.',
  },
  asked: {
    en:
      'Check your messages.\n\nIf there is an account with that name and we know how to reach you, a message with a ' +
      'PIN is on its way. Enter it on the next page.\n\nNothing after a few minutes? Look in your spam folder, then ask ' +
      'the person who runs this server.',
    de:
      'Sieh in deinen Nachrichten nach.\n\nWenn es ein Konto mit diesem Namen gibt und wir wissen, wie wir dich erreichen, ' +
      'ist eine Nachricht mit einer PIN unterwegs. Gib sie auf der nächsten Seite ein.\n\nNach ein paar Minuten noch ' +
      'nichts? Sieh im Spam-Ordner nach und frag dann die Person, die diesen Server betreibt.',
    fr:
      'Consultez vos messages.\n\nS’il existe un compte à ce nom et que nous savons comment vous joindre, un message ' +
      'contenant un code PIN est en route. Saisissez-le à la page suivante.\n\nRien après quelques minutes\u00a0? Regardez ' +
      'dans vos courriers indésirables, puis adressez-vous à la personne qui gère ce serveur.',
    es:
      'Mira tus mensajes.\n\nSi existe una cuenta con ese nombre y sabemos cómo contactar contigo, hay un mensaje con un ' +
      'PIN en camino. Escríbelo en la página siguiente.\n\n¿Nada después de unos minutos? Mira en la carpeta de correo no ' +
      'deseado y luego pregunta a la persona que administra este servidor.',
  },
  accepted: {
    en: 'Your PIN is right.',
    de: 'Deine PIN stimmt.',
    fr: 'Votre code PIN est correct.',
    es: 'Tu PIN es correcto.',
  },
};

/**
 * When it takes a proof of work, which the form cannot make, and when nothing could be taken down. From 10.11 on the form
 * asks past our script. The page is called what its heading says (`account.title` of `ui/strings/`).
 */
const ASK_ELSEWHERE: Translations = {
  en: 'This form cannot take your request at the moment. The page [Forgot your password?](gatehouse/account) can.',
  de: 'Dieses Formular kann deine Bitte gerade nicht annehmen. Die Seite [Passwort vergessen?](gatehouse/account) kann es.',
  fr: 'Ce formulaire ne peut pas prendre votre demande pour le moment. La page [Mot de passe oublié\u00a0?](gatehouse/account) le peut.',
  es: 'Este formulario no puede aceptar tu solicitud en este momento. La página [¿Has olvidado tu contraseña?](gatehouse/account) sí puede.',
};

const WRONG_SHOW =
  'use check-your-messages, account, pin-page, hide, or an address that begins with https:// (http:// only inside your own network)';

/** Makes Jellyfin's Forgot Password button lead somewhere useful. */
export const forgotPassword = defineMod({
  name: 'forgot-password',
  title: 'Make Forgot Password lead to a new password',
  jellyfin: '>=10.8 <13',
  options: z.strictObject({
    show: z
      .union(
        [
          z.enum(['check-your-messages', 'account', 'pin-page', 'hide']),
          z.string().max(2000).refine(isSafeWebAddress, { error: WRONG_SHOW }).meta({ format: 'uri' }),
        ],
        { error: WRONG_SHOW },
      )
      .meta({
        description:
          'What the button does: "check-your-messages" keeps the form of Jellyfin and says that a message is on its way, ' +
          '"account" leads to My Account of Gatehouse, "pin-page" keeps the form and asks for the PIN of the message ' +
          'behind it, "hide" takes the button away, and an address leads to that page.',
      }),
    text: z
      .string()
      .trim()
      .min(1)
      .max(1000)
      .optional()
      .meta({
        description:
          'Your own words for the dialog of "check-your-messages" or "pin-page", as plain text, the same in every language; ' +
          'without it the dialog speaks English, German, French or Spanish.',
      }),
  }),
  example: { show: 'check-your-messages' },
  hooks({ show, text }) {
    const own = text === undefined ? undefined : untranslated(text);
    if (show === 'check-your-messages') {
      return {
        strings: {
          MessageContactAdminToResetPassword: own ?? LINK_WORDS.asked,
          MessageForgotPasswordInNetworkRequired: ASK_ELSEWHERE,
          LabelForgotPasswordUsernameHelp: LINK_WORDS.enterName,
        },
      };
    }
    if (show === 'pin-page') {
      return {
        strings: {
          MessageForgotPasswordFileCreated: own ?? PIN_WORDS.asked,
          MessagePasswordResetForUsers: PIN_WORDS.accepted,
          MessageForgotPasswordInNetworkRequired: ASK_ELSEWHERE,
          LabelForgotPasswordUsernameHelp: PIN_WORDS.enterName,
        },
        client: lead({ to: 'pin-page' }),
      };
    }
    if (show === 'hide') {
      return {
        css: `${ANCHORS.forgotPasswordButton.selector} { display: none !important; }`,
        client: lead({ to: 'login' }),
      };
    }
    return { client: lead({ to: show === 'account' ? 'account' : { url: show } }) };
  },
});

/** The literal of an interface has no index signature; this names it as the public value it becomes. */
function lead({ to }: ForgotPasswordLead) {
  return { to: typeof to === 'string' ? to : { url: to.url } };
}
