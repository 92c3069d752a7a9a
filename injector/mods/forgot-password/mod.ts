import { z } from 'zod';
import { ANCHORS } from '../../jellyfin/anchors.ts';
import { defineMod, type ResetFacts } from '../../kit/define-mod.ts';
import { elseTheirs, type Translations } from '../../kit/translations.ts';
import { isSafeWebAddress } from '../../kit/web-address.ts';
import { toTranslations, writtenText } from '../../kit/written-text.ts';
import texts from './texts.json' with { type: 'json' };

/**
 * Where the browser part leads people: our own page, Jellyfin's form, from its PIN page to the choice of a password, back to the
 * login page, or an address. With the first three, television sets show a code in place of it.
 */
export interface ForgotPasswordLead {
  readonly to: 'account' | 'form' | 'pin-page' | 'login' | { readonly url: string };
}

const WRONG_SHOW =
  'use check-your-messages, account, pin-page, hide, or an address that begins with https:// (http:// only inside your own network)';

/** What leads to the reset service of Gatehouse. */
const LEADS: readonly ResetFacts['lead'][] = ['check-your-messages', 'account', 'pin-page'];

const NEEDS_RESET =
  'needs the reset service: add `reset: { method: link }`, or use hide, or the https:// address of another portal';
const NEEDED_FOR_PIN =
  'must stay on where messages hold a PIN, or the dialog of Jellyfin would speak of a file on the server; remove the line, or use reset.method: link';
const LEADS_BACK =
  'leads back to this server: use account for My Account of Gatehouse, or check-your-messages to stay on the form of Jellyfin';
const NOT_A_LINK =
  'tells people of a link, and with this reset.method the message holds a PIN; use pin-page, or leave it out';
const NOT_A_PIN =
  'asks for a PIN, and with this reset.method the message holds a link; use check-your-messages, or set reset.method: pin';

/** Makes Jellyfin's Forgot Password button lead somewhere useful. */
export const forgotPassword = defineMod({
  name: 'forgot-password',
  title: 'Make Forgot Password lead to a new password',
  jellyfin: '>=10.8 <13',
  options: z.strictObject({
    show: z
      .union(
        [
          z.enum([...LEADS, 'hide']),
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
    text: writtenText(1000)
      .optional()
      .meta({
        description:
          'Your own words for the dialog of "check-your-messages" or "pin-page", as plain text: one text for everybody, or one ' +
          'for each language ({ en: …, de: … }), where the others get English, or our words if there is none. Without it the ' +
          'dialog speaks the language of the person, if it is one of ours.',
      }),
    channels: z
      .array(z.string().regex(/^[^\p{Cc}<>]{1,40}$/u, 'must be mail, or the name of a service'))
      .max(10)
      .optional()
      .meta({
        description:
          'What our words in that dialog say messages come by, the same for every name: "mail", or the name of a service. Left out: ' +
          'the channels that this file sets up.',
      }),
  }),
  example: {
    show: 'check-your-messages',
    text: {
      en: 'Look in your mailbox. Nothing there? Ask Ada.',
      de: 'Sieh in dein Postfach. Nichts da? Frag Ada.',
    },
    channels: ['mail', 'Telegram'],
  },
  defaults: {
    description:
      'With `reset` it is on, and fits the method, when the file does not name it; its dialog names the channels that are set up.',
    fill(written, { reset }) {
      if (reset === undefined) return written;
      const filled = { show: reset.lead, ...written };
      const hasDialog = filled.show === 'check-your-messages' || filled.show === 'pin-page';
      return hasDialog ? { channels: reset.channels, ...filled } : filled;
    },
  },
  check(written, { reset, publicUrl }) {
    const show = written === false ? undefined : written?.['show'];
    if (leadsBack(show, publicUrl)) return [{ option: 'show', message: LEADS_BACK }];
    if (reset === undefined) {
      return LEADS.some((lead) => lead === show) ? [{ option: 'show', message: NEEDS_RESET }] : [];
    }
    if (reset.asksPin && written === false) return [{ message: NEEDED_FOR_PIN }];
    if (reset.asksPin && show === 'check-your-messages') return [{ option: 'show', message: NOT_A_LINK }];
    return !reset.asksPin && show === 'pin-page' ? [{ option: 'show', message: NOT_A_PIN }] : [];
  },
  hooks({ show, text, channels = [] }) {
    const say = (ours: Translations) => {
      const told = withChannels(ours, channels);
      return text === undefined ? told : toTranslations(text, told);
    };
    if (show === 'check-your-messages') {
      return {
        strings: {
          MessageContactAdminToResetPassword: say(texts.linkRequested),
          MessageForgotPasswordInNetworkRequired: texts.askInMyAccount,
          LabelForgotPasswordUsernameHelp: elseTheirs(texts.enterNameForLink),
        },
        css: CODE_RULES,
        client: lead({ to: 'form' }),
      };
    }
    if (show === 'pin-page') {
      return {
        strings: {
          MessageForgotPasswordFileCreated: say(texts.pinRequested),
          MessagePasswordResetForUsers: texts.pinAccepted,
          MessageForgotPasswordInNetworkRequired: texts.askInMyAccount,
          LabelForgotPasswordUsernameHelp: elseTheirs(texts.enterNameForPin),
        },
        css: CODE_RULES,
        client: lead({ to: 'pin-page' }),
      };
    }
    if (show === 'hide') {
      return {
        css: `${ANCHORS.forgotPasswordButton.selector} { display: none !important; }`,
        client: lead({ to: 'login' }),
      };
    }
    if (show === 'account') return { css: CODE_RULES, client: lead({ to: 'account' }) };
    return { client: lead({ to: { url: show } }) };
  },
});

/**
 * Our words of what happens now, with the ways a message may come before the last paragraph, which is for when none came: those
 * of the server, the same for everybody, so that they tell nothing of the account.
 */
function withChannels(ours: Translations, channels: readonly string[]): Translations {
  if (channels.length === 0) return ours;
  const told = Object.entries(ours).map(([tag, words = '']) => {
    const last = words.lastIndexOf('\n\n');
    const names = channels.map((name) => (name === 'mail' ? translated(texts.mail, tag) : name));
    const list = new Intl.ListFormat(tag, { type: 'disjunction' }).format(names);
    // The wide colon of Chinese and Japanese has its blank in itself.
    const ways = `${translated(texts.reachesBy, tag)} ${list}`.replace('： ', '：');
    return [tag, `${words.slice(0, last)}\n\n${ways}${words.slice(last)}`] as const;
  });
  return { ...ours, ...Object.fromEntries(told) };
}

const translated = (words: Translations, tag: string): string => words[tag] ?? words.en;

/** Whether an address is a page of the client that the button would be left for, or one of ours that has a name here. */
function leadsBack(show: unknown, publicUrl: string | undefined): boolean {
  if (typeof show !== 'string' || publicUrl === undefined) return false;
  const own = publicUrl.replace(/(?<!\/)\/+$/, '').toLowerCase();
  return ['/web', '/gatehouse/account'].some((page) => show.toLowerCase().startsWith(`${own}${page}`));
}

/** The literal of an interface has no index signature; this names it as the public value it becomes. */
function lead({ to }: ForgotPasswordLead) {
  return { to: typeof to === 'string' ? to : { url: to.url } };
}

/** The dialog with the code; the picture has letters of its own, on white whatever the theme is. */
const CODE_RULES = `.forgot-password-code { max-width: 92vw; max-height: 94vh; padding: 1.2em 2em; box-sizing: border-box; overflow-y: auto; text-align: center; }
.forgot-password-code h2, .forgot-password-code p { margin: 0 0 0.6em; }
.forgot-password-code img { display: block; height: 56vh; max-width: 100%; margin: 0 auto 1em; }
.forgot-password-code button { margin: 0 0.4em; }
.forgot-password-code button:focus { box-shadow: 0 0 0 0.2em #00a4dc; outline: none; }`;
