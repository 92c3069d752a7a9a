import { METHODS } from '../../server/config/methods.ts';
import type { FakeUser } from '../jellyfin/fake-jellyfin.ts';
import type { DemoOptions, Place } from './options.ts';

/** The people of the demo; each has the address NAME@example.org and their own name as password. */
export const DEMO_USERS: readonly FakeUser[] = [
  { name: 'alice', password: 'alice' },
  { name: 'bob', password: 'bob' },
  { name: 'carol', password: 'carol' },
  { name: 'admin', password: 'admin', isAdministrator: true },
];

/** Where things are, as whole addresses. */
export type Addresses = { readonly [place in Place]: string };

/** What there is to look at, for the terminal and for the start page; plain text. */
export interface Guide {
  readonly addresses: readonly { readonly place: Place; readonly url: string; readonly about: string }[];
  readonly people: readonly {
    readonly name: string;
    readonly password: string;
    readonly address: string;
    readonly about: string;
  }[];
  readonly parts: readonly { readonly title: string; readonly steps: readonly string[] }[];
}

/** Writes it for what was asked for. */
export function writeGuide(options: DemoOptions, addresses: Addresses): Guide {
  return {
    addresses: [
      { place: 'inbox', url: addresses.inbox, about: 'start here: what to try, and everybody’s messages' },
      { place: 'login', url: addresses.login, about: 'Jellyfin behind Gatehouse, with mods' },
      { place: 'jellyfin', url: addresses.jellyfin, about: 'the same server without Gatehouse, to compare' },
    ],
    people: DEMO_USERS.map(({ name, password, isAdministrator }) => ({
      name,
      password,
      address: `${name}@example.org`,
      about: isAdministrator === true ? 'administrator' : '',
    })),
    parts: [
      { title: `A forgotten password (--method ${options.method})`, steps: resetSteps(options) },
      { title: 'My Account', steps: accountSteps(addresses) },
      { title: 'The login throttle', steps: throttleSteps(options) },
      { title: 'Mods', steps: modSteps(options, addresses) },
    ],
  };
}

function resetSteps({ method, show }: DemoOptions): readonly string[] {
  const { secret, message } = METHODS[method];
  const asked =
    show === 'account'
      ? 'Press Forgot Password on the login page: it leads to My Account. Enter alice, or alice@example.org.'
      : 'Press Forgot Password on the login page and enter alice.';
  const choose = 'Choose a new password, then sign in with it.';
  if (secret === 'link')
    return [asked, 'The message arrives in the inbox. Press its button: a new tab opens.', choose];
  const type = 'Type it on the page that Jellyfin shows after the form.';
  return message === 'reset-pin-link'
    ? [
        asked,
        `The message with a PIN arrives in the inbox. ${type} Or press the button of the message.`,
        choose,
      ]
    : [asked, `The message with a PIN arrives in the inbox. ${type}`, choose];
}

function accountSteps({ login }: Addresses): readonly string[] {
  return [
    'Sign in as carol. The home page says that her address is not confirmed yet: press Confirm. The settings lead to the same place, by Password recovery.',
    'Press Replace and enter any address and her password. A code arrives in the inbox; with it the address counts, and the one before is told, with a link that undoes it.',
    `Somebody who is signed out finds it at ${new URL('../gatehouse/account', login).href} and signs in there.`,
  ];
}

function throttleSteps({ isOutside }: DemoOptions): readonly string[] {
  if (!isOutside)
    return [
      'You count as at home here, where nobody is held back. Start it with npm run demo -- --outside to be a stranger.',
    ];
  return [
    'To Gatehouse and Jellyfin you come from 203.0.113.7, outside the home network.',
    'Sign in as bob with a wrong password, five times. The sixth try is held back for 15 minutes, even with the right one, and the form says so.',
    'carol can still sign in, and Forgot Password lets bob in at once.',
  ];
}

function modSteps({ mods }: DemoOptions, { inbox }: Addresses): readonly string[] {
  return [
    mods.length === 0
      ? 'Compare the two login pages: the badge below the heading, the colour of the button, the notice below and the title of the tab come from mods.'
      : `On by --mod: ${mods.join(', ')}. Compare the two servers; the notice on the login page comes from a mod too.`,
    'Signed in, the menu has a link to the inbox.',
    `All mods, and how to start with one of them: ${inbox}mods`,
  ];
}

/**
 * Everything of it for a terminal, with a line for each address that begins with its name.
 *
 * @param configPath Where the configuration is that runs, for whoever tries commands on it.
 * @param mailUrl Of the mail server behind the inbox, for whoever tries to set up a Gatehouse of their own.
 */
export function printGuide({ addresses, people, parts }: Guide, configPath: string, mailUrl: string): string {
  const width = Math.max(...addresses.map(({ url }) => url.length));
  const lines = addresses.map(({ place, url, about }) => `${place.padEnd(9)} ${url.padEnd(width)}  ${about}`);
  const names = people.map(
    ({ name, password, about }) => `${name} (password ${password}${about === '' ? '' : `, ${about}`})`,
  );
  const commands = `Commands, in another terminal\n  GATEHOUSE_CONFIG=${configPath} npm run gatehouse -- users list\n  To set up one of your own (gatehouse init): its mail server is ${mailUrl}, without a user name.`;
  const told = parts.map(({ title, steps }) => `${title}\n${steps.map((step) => `  - ${step}`).join('\n')}`);
  return `${lines.join('\n')}\n\nPeople\n  ${names.join(', ')}\n\n${told.join('\n\n')}\n\n${commands}\n\nCtrl+C ends the demo.\n`;
}
