/** A source of numbers below 1 that gives the same row for the same seed: mulberry32. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Dice {
  /** A whole number from 0 to `below` - 1. */
  roll(below: number): number;
  pick<T>(list: readonly [T, ...T[]]): T;
}

/** One way to write a path otherwise; some lead to the same route, some do not. */
type Twist = (path: string, dice: Dice, basePath: string) => string;

function atSome(path: string, wanted: RegExp, dice: Dice, change: (found: string) => string): string {
  const places = [...path.matchAll(wanted)];
  if (places.length === 0) return path;
  const { index, 0: found } = places[dice.roll(places.length)] ?? { index: 0, 0: '' };
  return path.slice(0, index) + change(found) + path.slice(index + found.length);
}

function escaped(text: string, dice: Dice): string {
  const hex = [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  return dice.roll(2) === 0 ? hex : hex.toUpperCase();
}

/** Raw bytes, one character each, as they go over the wire. */
function bytes(text: string): string {
  return Buffer.from(text).toString('latin1');
}

const LETTER = /(?<!%[0-9a-f]?)[a-z]/gi;
const SLASH = /\//g;

const TWISTS: readonly [Twist, ...Twist[]] = [
  (path, dice) =>
    path.replace(LETTER, (letter) => (dice.roll(2) === 0 ? letter.toUpperCase() : letter.toLowerCase())),
  (path) => path.toUpperCase(),
  (path, dice) => atSome(path, LETTER, dice, (letter) => escaped(letter, dice)),
  (path, dice) => path.replace(LETTER, (letter) => (dice.roll(3) === 0 ? escaped(letter, dice) : letter)),
  (path, dice) => atSome(path, SLASH, dice, () => dice.pick(['/./', '/%2e/', '/%2E/'])),
  (path, dice) =>
    atSome(path, SLASH, dice, () => dice.pick(['/x/../', '/x/%2e%2e/', '/web/.%2E/', '/x/y/../%2e./'])),
  (path, dice) => dice.pick(['/..', '/%2e%2e', '/.', '/x/..', '/x/y/..']) + path,
  (path, dice) => path + dice.pick(['/', '//', '/.', '/..', '/x/..', '/x/%2e%2e', '/%2e', '/./']),
  (path, dice) => atSome(path, SLASH, dice, () => dice.pick(['//', '///'])),
  (path, dice) => atSome(path, SLASH, dice, () => dice.pick(['%2F', '%2f', '/%2F', '%252F'])),
  (path, dice) => path + dice.pick([';x', ';', '.', '%20', '%09', '%00', '%3F', '%3b', '~', ' '.trim()]),
  (path, dice) => atSome(path, SLASH, dice, () => dice.pick(['\\', '%5C', '%5c', '/\\', '\\/'])),
  (path, dice) => atSome(path, LETTER, dice, (letter) => escaped(letter, dice).replace('%', '%25')),
  (path, dice) => atSome(path, /s/gi, dice, () => dice.pick(['%C5%BF', '%c5%bf', bytes('\u017f')])),
  (path, dice) => atSome(path, /k|c/gi, dice, () => dice.pick(['%E2%84%AA', bytes('\u212a')])),
  (path, dice) =>
    atSome(path, LETTER, dice, (letter) =>
      escaped(String.fromCodePoint(0xfee0 + letter.charCodeAt(0)), dice),
    ),
  (path, dice) =>
    atSome(path, LETTER, dice, (letter) => `${letter}${dice.pick(['%FF', '%C0%AE', '%', '%2', '%G0'])}`),
  (path, dice) =>
    atSome(path, LETTER, dice, (letter) => escaped(letter, dice) + dice.pick(['%FF', '%e2%84', ''])),
  (path, dice, base) =>
    base +
    dice.pick([
      '/emby',
      '/mediabrowser',
      '/EMBY',
      '/%65mby',
      '/emby/emby',
      '/embyx',
      '/emby/',
      '/mediabrowser/emby',
      '/x/../emby',
    ]) +
    path.slice(base.length),
  (path, dice, base) =>
    dice.pick([
      base,
      base.toUpperCase(),
      '/%6aellyfin',
      '',
      `${base}${base}`,
      `${base}x`,
      `/${base}`,
      `/emby${base}`,
      `/x/..${base}`,
      '/jelly%66in/emby',
    ]) + path.slice(base.length),
  (path) => `http://a${path}`,
  (path, dice) =>
    atSome(path, SLASH, dice, () => dice.pick(['/%C0%AF/', '/..%2F', '/..;/', '/...//', '/.%00/'])),
];

/**
 * Spells paths in many ways, the same ones for the same seed. Each takes one to four twists; what comes out may lead to
 * the route or elsewhere, which only a server can tell.
 *
 * @param paths Below the base URL.
 * @param basePath Such as `/jellyfin`; empty for none.
 */
export function spell(paths: readonly string[], basePath: string, count: number, seed: number): string[] {
  const random = createRandom(seed);
  const roll = (below: number): number => Math.floor(random() * below);
  const dice: Dice = { roll, pick: (list) => list[roll(list.length)] ?? list[0] };
  return Array.from({ length: count }, (_unused, index) => {
    let path = basePath + (paths[index % paths.length] ?? '');
    const twists = roll(8) === 0 ? 0 : 1 + roll(3);
    for (let turn = 0; turn < twists; turn++) path = dice.pick(TWISTS)(path, dice, basePath);
    return path;
  });
}

/** What Gatehouse answers, guards or holds back, by method. */
export const GUARDED: readonly (readonly [string, string])[] = [
  ['POST', '/Users/ForgotPassword'],
  ['POST', '/Users/ForgotPassword/Pin'],
  ['POST', '/Users/AuthenticateByName'],
  ['POST', '/Users/00000000000000000000000000000001/Authenticate'],
  ['POST', '/System/Restart'],
  ['GET', '/Startup/User'],
  ['POST', '/Startup/Complete'],
  ['GET', '/Environment/Drives'],
  ['GET', '/gatehouse/health'],
  ['GET', '/web/index.html'],
];

/** Spellings by which other proxies were passed, of a path below the base URL. */
export const HOSTILE: readonly string[] = [
  '/a%2fb/../Users/ForgotPassword',
  '/Users/ForgotPassword%2f',
  '/Users/ForgotPassword/x/..%2f',
  '//Users/ForgotPassword',
  '/emby//Users/ForgotPassword',
  '/emby/Users/AuthenticateByName',
  '/mediabrowser/users/authenticatebyname/',
  '/Users/./ForgotPassword',
  '/%55sers/ForgotPassword',
  '/x/%2e%2e/Users/ForgotPassword',
  '/USERS/FORGOTPASSWORD/PIN',
  '/Users/ForgotPassword/?',
  '/Users/ForgotPassword%3F',
  '/Users/ForgotPassword;x',
  '/Users;x/ForgotPassword',
  '/Users/ForgotPassword%00',
  '/Users/ForgotPa\u00c5\u00bf\u00c5\u00bfword',
  '/Users/ForgotPa%C5%BF%C5%BFword',
  '/System/Restart/..%2f..%2fRestart',
  '/web/../System/Restart',
  '/web/%2e%2e/System/Restart',
  '/web/a.js/../../System/Restart',
  '/Sy\u00e2\u0084\u00aatem/Restart',
  '/%C0%AE%C0%AE/System/Restart',
  '/System%c0%afRestart',
  '/System\\Restart',
  '/Items/../System/Restart',
  '/System/Restart#x',
  '/System/Restart?//..%2f',
];

/** What Gatehouse has nothing to do with, as clients spell it. */
export const HARMLESS: readonly string[] = [
  '/Items/0a1b2c3d4e5f60718293a4b5c6d7e8f9/Images/Primary?fillHeight=300&tag=a%2Fb..//',
  '/Videos/0a1b2c3d4e5f60718293a4b5c6d7e8f9/stream.mkv?Static=true&api_key=x',
  '/videos/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9/hls1/main/0.ts?x=../../gatehouse',
  '/Audio/0a1b2c3d4e5f60718293a4b5c6d7e8f9/universal',
  '/socket?api_key=x&deviceId=y',
  '/System/Info/Public',
  '/Users/0a1b2c3d4e5f60718293a4b5c6d7e8f9/Items/Resume',
  '/Users/Public',
  '/Users/AuthenticateWithQuickConnect',
  '/Sessions/Playing/Progress',
  '/web/ConfigurationPages',
  '/QuickConnect/Enabled',
];
