import { describe, expect, it } from 'vitest';
import {
  type Circumstances,
  type Condition,
  createHolds,
  headersOf,
  mayCoincide,
  whenOption,
} from '../../../injector/kit/conditions.ts';

const ASKED: Circumstances = {
  address: '192.168.1.20',
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140',
  acceptLanguage: 'de-AT,en;q=0.5',
  isPreview: false,
  now: new Date('2026-12-06T10:30:00Z'),
};

function holds(when: object, asked: Partial<Circumstances> = {}): boolean {
  return createHolds(whenOption.parse(when))({ ...ASKED, ...asked });
}

describe('a condition', () => {
  it.each([
    [{ network: 'home' }, '192.168.1.20', true],
    [{ network: 'home' }, '203.0.113.9', false],
    [{ network: 'outside' }, '203.0.113.9', true],
    [{ network: 'outside' }, '::1', false],
    [{ network: ['203.0.113.0/24', 'home'] }, '203.0.113.9', true],
    [{ network: ['203.0.113.0/24'] }, '203.0.114.9', false],
    [{ network: 'fd00::/8' }, 'fd12::1', true],
  ])('%j holds for %s: %s', (when, address, expected) => {
    expect(holds(when, { address })).toBe(expected);
  });

  it.each([
    ['browser', 'Mozilla/5.0 (Macintosh) Safari/605', true],
    ['browser', undefined, true],
    ['android', 'Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/140 Mobile', true],
    ['ios', 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)', true],
    ['tv', 'Mozilla/5.0 (SMART-TV; Linux; Tizen 5.0) AppleWebKit/537.36', true],
    ['tv', 'Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit', true],
    ['tv', 'Mozilla/5.0 (Linux; Android 9; AFTT) Chrome/90', true],
    ['browser', 'Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/140 Mobile', false],
    [['android', 'ios'], 'Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X)', true],
  ])('client: %j holds for "%s": %s', (client, userAgent, expected) => {
    expect(holds({ client }, { userAgent })).toBe(expected);
  });

  it.each([
    ['de', 'de-AT,en;q=0.5', true],
    ['de-AT', 'de-AT', true],
    ['de-AT', 'de-DE', false],
    [['fr', 'de'], 'DE', true],
    ['en', 'de,en;q=0.9', false],
    ['en', undefined, false],
  ])('language: %j holds for "%s": %s', (language, acceptLanguage, expected) => {
    expect(holds({ language }, { acceptLanguage })).toBe(expected);
  });

  it.each([
    [{ from: '2026-12-06' }, '2026-12-05T23:59:00Z', false],
    [{ from: '2026-12-06' }, '2026-12-06T00:00:00Z', true],
    [{ until: '2026-12-07' }, '2026-12-06T23:59:00Z', true],
    [{ until: '2026-12-07' }, '2026-12-07T00:00:00Z', false],
    [{ from: '2026-12-06T18:30' }, '2026-12-06T18:29:59Z', false],
    [{ from: '2026-12-06T18:30' }, '2026-12-06T18:30:00Z', true],
    [{ weekday: 'sun' }, '2026-12-06T12:00:00Z', true],
    [{ weekday: ['mon', 'sat'] }, '2026-12-06T12:00:00Z', false],
  ])('%j holds at %s: %s', (when, now, expected) => {
    expect(holds({ ...when, timeZone: 'UTC' }, { now: new Date(now) })).toBe(expected);
  });

  it('counts days in its time zone, also where the clocks change', () => {
    const when = { from: '2026-10-25', until: '2026-10-26', timeZone: 'Europe/Vienna' };
    expect(holds(when, { now: new Date('2026-10-24T21:59:00Z') })).toBe(false);
    expect(holds(when, { now: new Date('2026-10-24T22:00:00Z') })).toBe(true);
    expect(holds(when, { now: new Date('2026-10-25T22:59:00Z') })).toBe(true);
    expect(holds(when, { now: new Date('2026-10-25T23:00:00Z') })).toBe(false);
    const sunday = { weekday: 'sun', timeZone: 'Pacific/Auckland' };
    expect(holds(sunday, { now: new Date('2026-12-05T11:30:00Z') })).toBe(true);
  });

  it('holds when each of its parts does, and preview only in a tab that asked for it', () => {
    expect(holds({ network: 'home', language: 'de' })).toBe(true);
    expect(holds({ network: 'home', language: 'fr' })).toBe(false);
    expect(holds({ preview: true })).toBe(false);
    expect(holds({ preview: true }, { isPreview: true })).toBe(true);
  });

  it('leaves the person to the browser', () => {
    expect(holds({ person: 'administrator' })).toBe(true);
  });

  it('names the headers it looks at', () => {
    const when = whenOption.parse({ client: 'tv', language: 'en', preview: true, network: 'home' });
    expect(headersOf(when)).toEqual(['User-Agent', 'Accept-Language']);
    expect(headersOf(whenOption.parse({ network: 'home', from: '2026-12-06' }))).toEqual([]);
  });

  it.each([
    [{}, 'must name something'],
    [{ timeZone: 'UTC' }, 'must name something'],
    [{ network: 'garden' }, 'must be home, outside, or an address or range'],
    [{ network: '10.0.0.0/33' }, 'must be home, outside, or an address or range'],
    [{ from: '6.12.2026' }, 'must be a day such as 2026-12-24'],
    [{ from: '2026-13-01' }, 'must be a day such as 2026-12-24'],
    [{ from: '2026-12-07', until: '2026-12-06' }, 'must be later than from'],
    [{ from: '2026-12-07', timeZone: 'Vienna' }, 'must be a time zone such as Europe/Vienna'],
    [{ language: 'german!' }, 'must be a language such as en'],
  ])('%j is refused: %s', (when, sentence) => {
    const messages = JSON.stringify(whenOption.safeParse(when).error?.issues);
    expect(messages).toContain(sentence);
  });
});

describe('two conditions', () => {
  const parse = (when: object | undefined): Condition | undefined => when && whenOption.parse(when);

  it.each<[object | undefined, object | undefined, boolean]>([
    [undefined, { network: 'home' }, true],
    [{ network: 'home' }, { network: 'outside' }, false],
    [{ network: 'home' }, { network: '192.168.0.0/16' }, true],
    [{ network: ['home', 'outside'] }, { network: 'outside' }, true],
    [{ client: 'tv' }, { client: ['ios', 'android'] }, false],
    [{ client: 'tv' }, { client: ['ios', 'tv'] }, true],
    [{ weekday: 'mon' }, { weekday: 'tue' }, false],
    [{ until: '2026-12-06' }, { from: '2026-12-06' }, false],
    [{ until: '2026-12-07' }, { from: '2026-12-06' }, true],
    [{ until: '2026-12-06', timeZone: 'UTC' }, { from: '2026-12-06' }, true],
    [{ person: 'signed-out' }, { person: 'administrator' }, false],
    [{ person: 'signed-in' }, { person: 'administrator' }, true],
    [{ language: 'de' }, { language: 'en' }, true],
  ])('%j and %j may hold together: %s', (one, other, expected) => {
    expect(mayCoincide(parse(one), parse(other))).toBe(expected);
    expect(mayCoincide(parse(other), parse(one))).toBe(expected);
  });
});
