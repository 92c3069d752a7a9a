import type { Row } from './row.ts';

/** What ASVS 5.0 asks of pages, input, cryptography, lines, logs and failures: all other chapters. */
export const ASVS_WEB_ROWS: readonly Row[] = [
  {
    id: '3.3.1–3.3.4',
    holds: 'the one cookie has every flag, and no page of another site acts with it',
    by: [
      ['server/account/sign-in', 'over https sets a cookie with every flag'],
      ['server/account/cross-site', 'of two cookies of our name believes neither'],
    ],
  },
  {
    id: '3.4.1–3.4.6, 3.4.8',
    holds: 'the headers stand on every route of ours with every status',
    by: [
      ['server/own-routes/headers', 'stand on every route of ours with every status'],
      ['server/own-routes/headers', 'stand on 503 while the database cannot be used'],
    ],
  },
  {
    id: '3.5.1–3.5.3',
    holds: 'no other site changes anything, and reading changes nothing',
    by: [
      ['server/own-routes/cross-site', '%s changes nothing with forms, fetches, beacons and images'],
      ['server/own-routes/cross-site', 'GET, HEAD and OPTIONS of everything'],
      ['server/account/cross-site', 'changes nothing in twelve ways'],
    ],
  },
  {
    id: '3.5.4',
    holds: 'our pages have no origin of their own',
    because:
      'They are part of the site people sign in to: a button there leads to them. What runs beside them is held by their policy, and they keep nothing in the browser but the token, until it is spent.',
    by: [['ui/every-page', 'leave no way from a string to markup']],
  },
  {
    id: '3.7.2',
    holds: 'no parameter leads anywhere else',
    by: [['server/own-routes/redirects', 'no parameter of any kind leads to another site']],
  },
  {
    id: '1.2.1–1.2.4, 1.3.11',
    holds: 'output is written for where it goes: HTML, URLs, SQL, SMTP',
    by: [
      ['server/channels/smtp-injection', 'of 400 hostile names and addresses none makes a second recipient'],
      ['server/messages/messages-golden', 'names cannot become markup, lines or headers'],
      ['server/own-routes/random-strings', '1,500 random strings in seven doors'],
    ],
  },
  {
    id: '2.3.1–2.3.4',
    holds: 'steps come in their order, once, and whole',
    by: [
      ['server/parallel-redemption', 'C3: '],
      ['server/kill', 'C1, C2: '],
      ['server/reset/choose-password', 'leaves the link good after %j'],
    ],
  },
  {
    id: '2.4.1',
    holds: 'floods are held by limits and by work',
    by: [
      ['server/floods', 'from 125 networks, by form and page, brings three messages'],
      ['server/reset/request-reset', 'a flood from many networks makes everybody work, and shuts nobody out'],
    ],
  },
  {
    id: '4.1.3/15.3.4',
    holds: 'the address that limits count is the one of the connection, or of a trusted proxy',
    by: [
      ['injector/addresses/client-address', 'trusting %j, the peer %s with X-Forwarded-For %j is %s'],
      ['server/floods', 'under 200 made-up addresses counts as the one it comes from'],
      ['server/split/listener', 'refuses a request whose client is %j'],
    ],
  },
  {
    id: '11.2.4',
    holds: 'no comparison tells how much of a secret was right',
    because: 'Tokens and PINs are looked up by their hash; what is configured is compared by digests.',
    by: [
      ['server/secrets/token', 'a token is kept as the SHA-256 of its text'],
      ['server/health', 'are there for this machine and for the token, and for nobody else'],
    ],
  },
  {
    id: '11.5.1',
    holds: 'tokens have 256 random bits, those in messages an HMAC of 256 bits',
    by: [
      ['server/secrets/token', '10,000 tokens have 43 characters'],
      ['server/secrets/message-secrets', 'cannot be made by whoever has the database alone'],
    ],
  },
  {
    id: '12.3.1/12.3.2',
    holds: 'lines to mail, Jellyfin, PostgreSQL and the other half are encrypted to whom they should be',
    by: [
      ['server/channels/email', 'where TLS is required, a certificate nobody trusts gets no mail'],
      ['server/channels/email', 'where TLS is required, a server without it gets no mail'],
      [
        'server/channels/mail-certificates',
        'that shows another certificate than the one in mail.certificate',
      ],
      ['server/channels/smtp-stages', 'is not given to what is said in plain behind the answer to STARTTLS'],
      ['server/upstreams', 'a certificate of another authority is not trusted'],
      ['server/storage/postgres/tls', 'verify-full alone looks at the name'],
      ['server/split/connection', 'over https, trusts the certificate authority it was given'],
    ],
  },
  {
    id: '14.2.1',
    holds: 'no secret is in an address that anybody logs',
    by: [
      ['ui/pages', 'takes the token out of the address and the history'],
      ['ui/pages', 'answers a known and an unknown name with the same page, without the name in any address'],
      ['ui/link-pin', 'takes the PIN out of the address'],
    ],
  },
  {
    id: '14.3.2',
    holds: 'no answer of ours is kept by anybody',
    by: [['server/own-routes/headers', 'stand on every route of ours with every status']],
  },
  {
    id: '15.3.6/15.3.7',
    holds: 'prototypes and repeated parameters are refused',
    by: [
      ['server/http/app', 'with %s are refused'],
      ['server/own-routes/strict-json', 'of a thousand random bodies'],
    ],
  },
  {
    id: '15.4.2',
    holds: 'nothing is done on what was true a moment ago',
    by: [
      ['server/ports/reset-links.contract', 'of 50 claims at once one gets the link'],
      ['server/ports/limits.contract', 'of 20 takes at once no two are the same'],
      ['server/reset/claim-link', 'that was stopped for longer than the lease writes nothing'],
    ],
  },
  {
    id: '16.2.5',
    holds: 'no secret is in a log line',
    by: [
      ['server/log/log', '200 of them, planted in every place of a line at every level'],
      ['server/no-secret-outside', 'leaves no key, token, PIN or password'],
    ],
  },
  {
    id: '16.3.1/16.3.3',
    holds: 'everything that matters is told once, and kept',
    by: [
      ['server/audit/audit-log', 'keeps each event of its list once: a line, a row, a count'],
      ['server/audit/once', 'a day with everything in it'],
      ['server/audit/events', 'has at least the fourteen kinds that authentication wants'],
      ['server/audit/events', 'lists every event the code has'],
    ],
  },
  {
    id: '16.4.1',
    holds: 'a line stays one line for every reader',
    by: [
      ['server/log/log', 'stays one, whatever a name holds'],
      ['deploy/fail2ban', 'cannot be fooled by addresses planted in names'],
    ],
  },
  {
    id: '16.5.1–16.5.4',
    holds: 'failures tell nothing, and what fails takes nothing else with it',
    by: [
      ['server/http/app', 'tells nothing but the code when our own part breaks'],
      ['server/storage-faults', 'because PostgreSQL was killed: resets wait for it'],
      ['server/split/away', 'everybody is told the same, nothing is taken down, and media does not notice'],
      ['server/bare-start', 'C19: '],
      ['server/storms', 'C16: '],
    ],
  },
];
