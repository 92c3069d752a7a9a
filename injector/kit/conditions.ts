import { z } from 'zod';
import { createHomeNetwork, createNetworks, isAddressOrRange } from '../addresses/networks.ts';
import { CLIENT_KINDS, clientKindOf } from '../jellyfin/clients.ts';
import { dayOption, minuteOf, timeZoneOption, wallClock, weekdayOf } from './zoned-time.ts';

/** Who uses the client, as the browser tells it. */
export const PERSONS = ['signed-in', 'administrator', 'signed-out'] as const;

/** Who uses the client. */
export type Person = (typeof PERSONS)[number];

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** One value, or several of which one must hold; always several in the output. */
function oneOrMore<T extends z.ZodType>(one: T) {
  return z.union([one, z.array(one).min(1).max(50)]).transform((value) => [value].flat() as z.output<T>[]);
}

/** The option `when` that every mod has. Each part that is named must hold. */
export const whenOption = z
  .strictObject({
    network: oneOrMore(
      z.string().refine((text) => text === 'home' || text === 'outside' || isAddressOrRange(text), {
        error: 'must be home, outside, or an address or range such as 192.168.1.0/24',
      }),
    )
      .optional()
      .meta({
        description:
          'Where the client is: home (loopback and the private ranges), outside, or addresses and ranges.',
      }),
    client: oneOrMore(z.enum(CLIENT_KINDS))
      .optional()
      .meta({ description: 'What the client says it is: browser, android, ios or tv.' }),
    language: oneOrMore(
      z.string().regex(/^[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,2}$/i, {
        error: 'must be a language such as en, de or pt-BR',
      }),
    )
      .optional()
      .meta({
        description:
          'First language that the browser asks for; de is any German, de-AT only that of Austria.',
      }),
    from: dayOption
      .optional()
      .meta({ description: 'First day or minute, such as 2026-12-24 or 2026-12-24T18:00.' }),
    until: dayOption.optional().meta({
      description: 'The day or minute from which it is off again; 2026-12-27 is off on the 27th.',
    }),
    weekday: oneOrMore(z.enum(WEEKDAYS))
      .optional()
      .meta({ description: 'Days of the week: mon, tue, wed, thu, fri, sat, sun.' }),
    timeZone: timeZoneOption
      .optional()
      .meta({ description: 'Time zone of from, until and weekday. Default: that of this machine.' }),
    person: z.enum(PERSONS).optional().meta({
      description:
        'Who uses the client, decided in the browser: signed-in, administrator or signed-out. Not for mods that change files for everybody.',
    }),
    preview: z.literal(true).optional().meta({
      description: 'Only in a tab that was opened with ?gatehouse=preview behind the address of the client.',
    }),
  })
  .refine(({ from, until }) => from === undefined || until === undefined || from < until, {
    path: ['until'],
    error: 'must be later than from',
  })
  .refine((when) => Object.keys(when).some((part) => part !== 'timeZone'), {
    error: 'must name something, such as network: home',
  });

/** When an entry of a mod is on; each part that is there must hold. */
export type Condition = z.output<typeof whenOption>;

/** What of a request conditions are decided by. */
export interface Circumstances {
  /** Address of the client. */
  readonly address: string;
  readonly userAgent: string | undefined;
  /** `Accept-Language`. */
  readonly acceptLanguage: string | undefined;
  readonly isPreview: boolean;
  readonly now: Date;
}

/** Tells whether a condition holds, as far as a request decides it: `person` is for the browser to decide. */
export type Holds = (circumstances: Circumstances) => boolean;

const isHome = createHomeNetwork();

/** Makes the test of a condition. */
export function createHolds(condition: Condition): Holds {
  const { network, client, language, preview } = condition;
  const isNear = network === undefined ? undefined : networkTest(network);
  return ({ address, userAgent, acceptLanguage, isPreview, now }) =>
    (isNear === undefined || isNear(address)) &&
    (client === undefined || client.includes(clientKindOf(userAgent))) &&
    (language === undefined || speaks(language, acceptLanguage)) &&
    (preview === undefined || isPreview) &&
    isTime(condition, now);
}

function networkTest(entries: readonly string[]): (address: string) => boolean {
  const isListed = createNetworks(entries.filter((entry) => entry !== 'home' && entry !== 'outside'));
  return (address) =>
    (entries.includes('home') && isHome(address)) ||
    (entries.includes('outside') && !isHome(address)) ||
    isListed(address);
}

/** The first language counts: whoever asks for Danish before French reads Danish. Source: RFC 4647 section 3.3.1. */
function speaks(wanted: readonly string[], acceptLanguage: string | undefined): boolean {
  const first = (acceptLanguage ?? '').slice(0, 200).split(',')[0]?.split(';')[0]?.trim().toLowerCase() ?? '';
  return wanted.some((tag) => first === tag.toLowerCase() || first.startsWith(`${tag.toLowerCase()}-`));
}

/** Compared as wall-clock time, so that comparing texts compares times, also over a change to summer time. */
function isTime({ from, until, weekday, timeZone }: Condition, now: Date): boolean {
  if (from === undefined && until === undefined && weekday === undefined) return true;
  const local = wallClock(now, timeZone);
  const isDay = weekday === undefined || weekday.some((name) => name === weekdayOf(now, timeZone));
  return (
    isDay &&
    (from === undefined || minuteOf(from) <= local) &&
    (until === undefined || local < minuteOf(until))
  );
}

/** Which headers of a request a condition looks at, for `Vary`; addresses and times are in none, and every answer varies with `Referer`. */
export function headersOf({ client, language }: Condition): string[] {
  return [
    ...(client === undefined ? [] : ['User-Agent']),
    ...(language === undefined ? [] : ['Accept-Language']),
  ];
}

/** Whether who asks makes a difference to a request, and not only when; a preview is asked for in the address itself. */
export function isByAsker({ client, language, network }: Condition): boolean {
  return client !== undefined || language !== undefined || network !== undefined;
}

/** False when two conditions can never hold together; true when they can, or when nobody can tell. */
export function mayCoincide(one: Condition | undefined, other: Condition | undefined): boolean {
  if (one === undefined || other === undefined) return true;
  const isApart = (a: readonly string[] | undefined, b: readonly string[] | undefined): boolean =>
    a !== undefined && b !== undefined && !a.some((value) => b.includes(value));
  const isBefore = (a: string | undefined, b: string | undefined): boolean =>
    a !== undefined && b !== undefined && minuteOf(a) <= minuteOf(b);
  const places = [one.network, other.network].map((list) => (list?.length === 1 ? list : undefined));
  const areNamed = places.every((list) => list === undefined || list[0] === 'home' || list[0] === 'outside');
  const persons = [one.person, other.person];
  return !(
    (areNamed && isApart(places[0], places[1])) ||
    isApart(one.client, other.client) ||
    isApart(one.weekday, other.weekday) ||
    (persons.includes('signed-out') &&
      persons.some((person) => person !== undefined && person !== 'signed-out')) ||
    (one.timeZone === other.timeZone && (isBefore(one.until, other.from) || isBefore(other.until, one.from)))
  );
}
