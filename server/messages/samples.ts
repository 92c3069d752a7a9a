import type { MessageData } from './messages.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/**
 * Made-up values for each kind of message, to look at its words. No link in them leads anywhere.
 *
 * @param about.site Address that links begin with, without a slash at the end.
 * @param about.at When what notices tell of has happened, in ms since 1970.
 */
export function sampleData(about: { readonly site: string; readonly at: number }): MessageData {
  const names = { serverName: 'Living Room', userName: 'anna' };
  const linkTo = (page: string) => `${about.site}/gatehouse/${page}#${'a-_B'.repeat(10)}abc`;
  const notice = { ...names, at: about.at };
  const [lifetimeMs, pin] = [30 * MINUTE_MS, '4F7K-9QXM-02TB-RW8D'];
  const code = { ...names, code: '483 920', lifetimeMs: 10 * MINUTE_MS };
  return {
    'reset-link': { ...names, link: linkTo('reset'), lifetimeMs },
    'reset-pin': { ...names, pin, pinPage: `${about.site}/gatehouse/pin`, lifetimeMs },
    'reset-pin-link': { ...names, pin, link: `${about.site}/gatehouse/pin#4F7K9QXM02TBRW8D`, lifetimeMs },
    'account-elsewhere': { ...names, link: 'https://login.example.org/' },
    'account-disabled': names,
    'password-changed': notice,
    'password-changed-former': notice,
    'contact-code': code,
    'contact-changed': { ...notice, link: linkTo('undo'), lifetimeMs: 24 * HOUR_MS },
    'contact-added': notice,
    'contact-confirm': { ...names, link: linkTo('confirm'), lifetimeMs: 7 * 24 * HOUR_MS },
    invitation: { ...names, link: linkTo('invitation'), lifetimeMs: 7 * 24 * HOUR_MS },
    'reset-code': code,
  };
}
