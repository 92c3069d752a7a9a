import { ACCOUNT_PROMISE_ROWS } from './promises-account.ts';
import { RESET_PROMISE_ROWS } from './promises-reset.ts';
import type { Row } from './row.ts';

/**
 * The promises of SECURITY.md. `holds` is how each begins there; `by` are the tests that try, over sockets and from
 * outside, what its sentence "It would be broken by" says.
 */
export const PROMISE_ROWS: readonly Row[] = [
  ...RESET_PROMISE_ROWS,
  {
    id: 'P13',
    holds: 'A request that two readers could understand',
    by: [
      ['attacks/smuggling/framing', 'lengths and codings'],
      ['attacks/smuggling/chunks', 'chunks'],
      ['attacks/smuggling/lines', 'the absolute form'],
      ['attacks/smuggling/connections', 'pipelines'],
      ['attacks/early-answers', 'an answer that comes before the end of the body mixes nothing up'],
      ['attacks/crossing', 'never reads a byte of a body behind another head'],
      ['attacks/crossing', 'is forwarded no more once the answer is over'],
      ['attacks/crossing/moments', '$act $moment touches nobody but its own client'],
      ['attacks/mutations', 'ten seconds of mutated requests and answers'],
      ['faults/mutations', 'mutated requests and answers: nobody is told anything of another'],
      ['attacks/crossing/moments', 'on an idle connection ends that connection and is told to nobody'],
      [
        'attacks/fidelity/malformed-answers',
        'an answer of Jellyfin that is none never reaches another client',
      ],
    ],
  },
  {
    id: 'P14',
    holds: 'A socket becomes a tunnel',
    by: [
      ['attacks/fidelity/web-sockets', 'that Jellyfin accepts with the key %j becomes no tunnel'],
      ['attacks/smuggling/connections', 'upgrades'],
    ],
  },
  {
    id: 'P15',
    holds: 'With `public.hosts`',
    by: [['attacks/forwarding', 'refuses %s with 421 before anything is forwarded']],
  },
  {
    id: 'P16',
    holds: 'Jellyfin is told exactly one client address',
    by: [
      ['attacks/forwarding', 'a claim of somebody who is not trusted does not arrive'],
      ['attacks/forwarding', 'of a trusted proxy, the rightmost address'],
      ['attacks/fidelity/web-sockets', 'keeps subprotocols, origin, cookies and the address of the client'],
    ],
  },
  {
    id: 'P17',
    holds: 'With `jellyfin.dataFolder` and no API key',
    by: [
      ['attacks/promises/data-folder', 'a PIN file is there only while a password is set'],
      ['attacks/promises/data-folder', 'an account whose password Gatehouse cannot set'],
      ['journeys/data-folder', 'with the method link, and Jellyfin is asked for a PIN only when'],
    ],
  },
  {
    id: 'P60',
    holds: '`gatehouse rescue` can do nothing that',
    by: [
      ['server/rescue/kills', 'a rescue that is killed leaves the old state or the new one'],
      ['server/rescue/kills', 'a rescue over the API that is killed leaves no key behind'],
      ['server/rescue/owners', 'is rescued by root as that user'],
      ['server/rescue/owners', 'is rescued by that user, and by nobody else'],
      ['server/rescue/running', 'never opens a database that Jellyfin has open without a lock'],
      ['server/rescue/running', 'lets the administrator of %s in over the API, and takes its key away'],
      ['server/rescue/stopped', 'says with --dry-run what it would write, and changes no byte'],
      ['server/rescue/stopped', 'prints a password of its own once, and nothing else'],
      ['faults/kill-rescue', '$kills kills of a rescue of $version leave'],
    ],
  },
  {
    id: 'P18',
    holds: "With the reset service on, Jellyfin's own PIN reset",
    by: [
      ['injector/spellings', 'takes $'],
      ['injector/spellings', 'refuses the method %s, which Jellyfin would take'],
      ['attacks/promises/jellyfin-pins', 'a PIN that Jellyfin made for somebody who asked it past us'],
    ],
  },
  {
    id: 'P19',
    holds: 'Wrong PINs are counted',
    by: [['attacks/promises/wrong-pins', 'guessed PINs are held back from one network']],
  },
  {
    id: 'P20',
    holds: 'Only files of the web client are kept',
    by: [
      ['attacks/static-cache', 'nothing a client sends reaches Jellyfin or others through a kept file'],
      ['attacks/static-cache', 'an answer that is not a whole file for everybody is never kept'],
      ['attacks/static-cache', 'headers that hold for one asker only do not reach the next'],
      ['attacks/promises/running-program', 'keeps files of the web client where nobody else may look'],
    ],
  },
  {
    id: 'P29',
    holds: 'A file with a build in its query is kept',
    by: [
      ['injector/static/preloads', 'is of the build that the page names'],
      ['injector/static/static-cache', 'is asked for once whatever builds strangers make up'],
      ['attacks/static-cache', 'made-up builds of one file are passed through and fill nothing'],
      [
        'attacks/static-cache',
        'made-up hashes of bytes give the file as it is, for one use, and fill nothing',
      ],
    ],
  },
  {
    id: 'P21',
    holds: 'What Jellyfin opens to the home network',
    by: [
      ['injector/admission/path-guard', '%s is refused to guests from outside'],
      ['injector/admission/path-guard', 'refuses a WebSocket there'],
      ['injector/admission/path-guard', 'is gone for everybody once it is done'],
      ['journeys/home-network', 'keeps the home network to itself until'],
    ],
  },
  {
    id: 'P22',
    holds: 'Behind a proxy that is not in `listen.trustedProxies`',
    by: [['injector/admission/path-guard-proxies', 'makes nobody a person of the home network']],
  },
  {
    id: 'P23',
    holds: 'Mods run in a process of their own',
    by: [
      ['attacks/promises/running-program', 'mods find no secret in the environment'],
      ['attacks/rewriting/bad-mods', 'C17: one that %s is named once, and the page is served without it'],
    ],
  },
  {
    id: 'P40',
    holds: 'Of files that options of mods name',
    by: [
      ['injector/files/local-files', 'through a link to a file, or to a folder'],
      ['injector/files/local-files', 'svg %s, which runs and loads nothing when it is opened'],
      ['injector/files/serving', 'an svg runs nothing when it is opened by itself'],
    ],
  },
  {
    id: 'P41',
    holds: 'A file that an option names by its address',
    by: [
      ['injector/files/fetch-file', 'nobody outside can send Gatehouse into the home network'],
      ['injector/files/fetch-file', 'by a redirect to %s from a server that is allowed'],
      [
        'injector/files/fetched-theme',
        'a theme of several files is fetched once, and served with its server switched off',
      ],
      [
        'injector/files/fetched-theme',
        'what changed at its address does not change here until it is updated',
      ],
    ],
  },
  {
    id: 'P42',
    holds: 'With the split that `gatehouse nginx`',
    by: [
      ['attacks/nginx-split', 'lets none of 600 spellings of what Gatehouse answers or guards past it'],
      ['attacks/nginx-split', 'takes %s to Gatehouse'],
      ['attacks/caddy-split', 'lets none of 600 spellings of what Gatehouse answers or guards past it'],
      ['server/nginx-without-gatehouse', 'while Gatehouse is killed under load, films and sign-ins go on'],
    ],
  },
  {
    id: 'P61',
    holds: 'The nginx that `gatehouse nginx` writes keeps the page',
    by: [
      ['attacks/nginx-cache', 'is poisoned by nobody with %s'],
      ['attacks/nginx-cache', 'is deceived by no address'],
      ['attacks/nginx-cache', 'answers nobody under a name that Gatehouse refuses'],
      ['attacks/nginx-cache', 'grows little under made-up codings and names'],
      ['attacks/nginx-unmarked', 'a page that may be kept for ever'],
      ['server/reverse-proxy/nginx-cache', 'keeps none where it matters who asks'],
      ['injector/nginx-cache', 'with a mod that goes by %s, says so where all get the same'],
    ],
  },
  {
    id: 'P43',
    holds: 'While a first configuration is not complete',
    by: [
      ['server/program/setup', 'tells strangers, and people behind a proxy it was not told of, nothing'],
      ['server/program/setup', 'opens nothing by a typing error'],
    ],
  },
  {
    id: 'P44',
    holds: 'Nobody sets Gatehouse up in a browser but whoever reads its log',
    by: [
      ['attacks/promises/setup-in-browser', 'asks nobody but people at home'],
      ['attacks/promises/setup-in-browser', 'lets nobody in by guessing'],
      ['attacks/promises/setup-in-browser', 'takes no form but of its own page'],
      ['attacks/promises/setup-in-browser', 'listens to one browser'],
      ['attacks/promises/setup-in-browser', 'asks nothing where the file was whole once'],
      ['attacks/promises/setup-in-browser', 'deletes the key it made'],
      ['journeys/setup-in-browser', 'an admin goes from an empty folder to a reset that arrives'],
    ],
  },
  {
    id: 'P24',
    holds: 'Everything that happens to an account',
    by: [
      ['server/audit/once', 'a day with everything in it: each event is one line and one row'],
      ['attacks/promises/audit-floods', 'nothing that people can do as often as they like fills the disk'],
    ],
  },
  {
    id: 'P25',
    holds: 'Every secret of the config is taken out',
    by: [
      ['server/no-secret-outside', 'leaves no key, token, PIN or password'],
      ['attacks/promises/log-secrets', 'a mail server that says our secrets back'],
      ['server/own-routes/random-strings', '1,500 random strings in seven doors'],
    ],
  },
  ...ACCOUNT_PROMISE_ROWS,
  {
    id: 'P50',
    holds: 'The admin API answers administrators',
    by: [
      ['server/http/routes/admin', 'does nothing and tells nothing to %s'],
      ['server/http/routes/admin', 'wants a page of ours to say that it sends the call'],
      ['server/http/routes/admin', 'is refused before its body is read'],
      ['server/http/routes/admin', 'is in the audit log with who made it'],
      [
        'server/admin/api/contact-calls',
        'are set, proved and removed, and every answer but one has them shortened',
      ],
      ['server/own-routes/cross-site', '%s changes nothing with forms, fetches, beacons and images'],
    ],
  },
  {
    id: 'P26',
    holds: 'Which test proves which of these promises',
    by: [['security-requirements', 'has a sentence that says how it would be broken']],
  },
];
