import { z } from 'zod';
import { defineMod } from '../../kit/define-mod.ts';
import { noticeRules } from '../../kit/notice-rules.ts';
import { type OwnWords, toWords, writtenText } from '../../kit/written-text.ts';
import { dayOption, instantOf, minuteOf, timeZoneOption } from '../../kit/zoned-time.ts';

/** What the browser part is given; times in milliseconds since 1970. */
export type MaintenanceOptions = {
  readonly start: number;
  readonly end: number;
  /** When people are told before; `start` where they are not. */
  readonly notice: number;
  /** The admin's words; null: ours, which say from when and until when. */
  readonly text: OwnWords | null;
  readonly isPage: boolean;
};

const HOUR_MS = 3_600_000;

const PAGE_RULES = `.maintenance-page { position: fixed; top: 0; right: 0; bottom: 0; left: 0; z-index: 1000000; display: flex; flex-direction: column; align-items: center; justify-content: center; box-sizing: border-box; padding: 8%; overflow: auto; background: #101418; color: #e8eaed; font-size: 1.15em; text-align: center; white-space: pre-line; overflow-wrap: break-word; outline: 0; }
.maintenance-page p { max-width: 34em; margin: 0.6em 0; line-height: 1.5; }
.maintenance-page button { margin-top: 2em; padding: 0.6em 1em; border: 1px solid #5f6b76; border-radius: 0.3em; background: transparent; color: #b9c2cb; font: inherit; font-size: 0.8em; cursor: pointer; }
.maintenance-page button:focus, .maintenance-page button:hover { border-color: #e8eaed; color: #e8eaed; outline: 2px solid #00a4dc; }
.maintenance-covered body > :not(.maintenance-page) { visibility: hidden !important; }`;

/** Tells people of a time when the server is away, and may stand before the client meanwhile. */
export const maintenance = defineMod({
  name: 'maintenance',
  title: 'Tell people when the server is away',
  jellyfin: '>=10.8 <13',
  options: z
    .strictObject({
      start: dayOption.meta({ description: 'When it begins, such as 2026-12-24T18:00.' }),
      end: dayOption.meta({ description: 'When it is over; everything goes away by itself then.' }),
      timeZone: timeZoneOption
        .optional()
        .meta({ description: 'Time zone of start and end. Default: that of this machine.' }),
      text: writtenText(1000)
        .optional()
        .meta({
          description:
            'Your own words, as plain text, before and meanwhile: one text for everybody, or one for each language ' +
            '({ en: …, de: … }). Without it people read from when and until when, in their own language and time zone.',
        }),
      noticeHours: z.number().min(0).max(336).default(24).meta({
        description:
          'Hours before the start from which the login and home pages say so; 0 says nothing before.',
      }),
      page: z
        .boolean()
        .default(false)
        .meta({
          description:
            'Whether a full page stands before the client meanwhile; a film that plays is not covered. Administrators go on. It keeps ' +
            'nobody out: the server answers as before.',
        }),
    })
    .refine(({ start, end }) => minuteOf(start) < minuteOf(end), {
      path: ['end'],
      error: 'must be later than start',
    }),
  example: {
    start: '2027-01-15T20:00',
    end: '2027-01-15T22:00',
    timeZone: 'Europe/Vienna',
    text: { en: 'New disks tonight from eight to ten.', de: 'Heute von acht bis zehn neue Platten.' },
    noticeHours: 48,
    page: true,
  },
  hooks({ start, end, timeZone, text, noticeHours, page }) {
    const begin = instantOf(start, timeZone);
    const given: MaintenanceOptions = {
      start: begin,
      end: instantOf(end, timeZone),
      notice: begin - noticeHours * HOUR_MS,
      text: text === undefined ? null : toWords(text),
      isPage: page,
    };
    const rules = noticeRules('maintenance');
    return { css: page ? `${rules}\n${PAGE_RULES}` : rules, client: given };
  },
});
