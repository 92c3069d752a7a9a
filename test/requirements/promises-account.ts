import type { Row } from './row.ts';

/** The promises of SECURITY.md about My Account, in its order: F16 to F19 of the faults people cause. */
export const ACCOUNT_PROMISE_ROWS: readonly Row[] = [
  {
    id: 'P51',
    holds: 'A session of My Account begins',
    by: [
      ['server/account/sessions', 'has a new id at each sign-in'],
      ['server/account/sessions', 'ends 30 minutes after it was used last'],
      ['server/account/sessions', 'ends after 8 hours'],
      ['server/account/sessions', 'ends with the token it came from'],
      ['server/account/sessions', 'ends with a password that is changed in Jellyfin'],
      ['server/account/sessions', 'ends sessions of My Account with a reset'],
      ['server/account/sessions', 'leaves nothing in the database that opens it'],
      ['server/account/sign-in', 'over https sets a cookie with every flag'],
      ['server/account/cross-site', 'changes nothing in twelve ways'],
    ],
  },
  {
    id: 'P52',
    holds: "A stolen token of Jellyfin's changes no contact",
    by: [
      ['server/account/takeover', 'F18: a stolen token'],
      ['server/account/takeover', 'alone changes no contact, no password'],
      ['server/account/takeover', 'with the password changes the contact, and the one before hears of it'],
      ['server/account/takeover', 'does not guess the password'],
      ['server/account/contacts', 'is proved by the code that was sent there, changed with a notice'],
      ['server/account/contacts', 'that follows another is taken back with it'],
    ],
  },
  {
    id: 'P53',
    holds: 'A contact of a chat is the number',
    by: [
      ['server/account/takeover', 'F19: an identity of a chat'],
      ['server/account/takeover', 'is bound to the number of whoever sent the code'],
      ['server/account/takeover', 'answers the same to a code that is used, over'],
      ['server/account/takeover', 'proves nothing: the password of the new owner'],
    ],
  },
  {
    id: 'P54',
    holds: 'An address that an administrator entered counts as proved only',
    by: [
      ['journeys/first-contacts', 'answer "is this you?" by a button'],
      ['server/account/confirmations', 'is answered with yes once'],
      ['server/account/confirmations', 'is answered with "this is not me"'],
      ['server/account/confirmations', 'is good for nothing once the address is another one'],
      ['server/account/confirmations', 'works for seven days, is no other link'],
      ['server/outbox/campaign', 'a question uses up nothing of what the person may ask for'],
      ['server/outbox/campaign', 'a reset does not wait behind a campaign'],
      ['server/outbox/campaign-pace', '1,000 contacts are asked at 100 an hour'],
      ['server/outbox/campaign-kills', 'killed three times in the middle of a campaign'],
    ],
  },
];
