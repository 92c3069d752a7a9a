import { load } from 'cheerio';
import type { Finding } from './finding.ts';
import { PROPOSE } from './proposals.ts';

const WHERE = 'login disclaimer';
const ABOUT_PASSWORDS = /forgot|reset|passwor[dt]|wachtwoord|mot de passe|contrase|vergessen|\/my\/account/i;
const MARKDOWN_LINK = /\[([^[\]\n]+)\]\((https?:\/\/[^()[\]\s]+)\)/g;
const STAYS = 'Take the link out of the disclaimer afterwards (Dashboard, Branding).';

/**
 * Recognises buttons in the text that Jellyfin shows below the sign-in form: a link for who forgot the password, links made to
 * look like buttons, and the forms of plugins for single sign-on. Never throws.
 *
 * @param text Markdown with HTML, as Jellyfin keeps it.
 */
export function recogniseDisclaimer(text: string): Finding[] {
  const page = load(text, null, false);
  const links = page('a[href]')
    .toArray()
    .map((element) => {
      const link = page(element);
      const isButton = /(?:^|\s)(?:raised|emby-button|button\S*)(?:\s|$)/.test(link.attr('class') ?? '');
      return { name: words(link.text()), url: (link.attr('href') ?? '').trim(), isButton };
    });
  const written = [...text.matchAll(MARKDOWN_LINK)].map(([, name = '', url = '']) => {
    return { name: words(name), url, isButton: false };
  });
  const forms = page('form[action]')
    .toArray()
    .flatMap((element): Finding[] => {
      const form = page(element);
      const name =
        words(form.find('button').first().text()) || (form.find('input[value]').attr('value') ?? '');
      const url = (form.attr('action') ?? '').trim();
      if (name === '') return [];
      return [
        {
          where: WHERE,
          what: `has the button "${name}"`,
          proposal: PROPOSE.signInButton({ name, url }),
          advice: STAYS,
        },
      ];
    });
  return [...[...links, ...written].flatMap(recogniseLink), ...forms];
}

function recogniseLink({ name, url, isButton }: { name: string; url: string; isButton: boolean }): Finding[] {
  if (url === '' || name === '') return [];
  if (ABOUT_PASSWORDS.test(`${name} ${url}`)) {
    const what = 'leads people who forgot their password to a page';
    const advice = `${STAYS} Where Gatehouse resets passwords itself (reset), leave forgot-password out.`;
    return [{ where: WHERE, what, proposal: PROPOSE.forgotPassword(url), advice }];
  }
  if (!isButton) return [];
  return [
    {
      where: WHERE,
      what: `has the button "${name}"`,
      proposal: PROPOSE.loginButton({ name, url }),
      advice: STAYS,
    },
  ];
}

const words = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, 60).trim();
