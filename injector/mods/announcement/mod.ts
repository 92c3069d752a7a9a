import { z } from 'zod';
import { defineMod } from '../../kit/define-mod.ts';
import { noticeRules } from '../../kit/notice-rules.ts';
import { idOfWords, type OwnWords, toWords, writtenText } from '../../kit/written-text.ts';
import { dayOption, instantOf, timeZoneOption } from '../../kit/zoned-time.ts';

/** What the browser part is given. */
export type AnnouncementOptions = {
  readonly text: OwnWords;
  readonly title: OwnWords | null;
  /** Who has closed the announcement of this name does not see it again. */
  readonly id: string;
  /** Milliseconds since 1970 from which it is over; null: it stays. */
  readonly until: number | null;
};

/** Puts words at the top of the home page until each person has closed them, or the day has come. */
export const announcement = defineMod({
  name: 'announcement',
  title: 'An announcement on the home page',
  jellyfin: '>=10.8 <13',
  options: z.strictObject({
    text: writtenText(1000).meta({
      description:
        'The announcement, as plain text in which line breaks stay: one text for everybody, or one for each language ({ en: …, de: … }).',
    }),
    title: writtenText(100).optional().meta({ description: 'A heading above the text.' }),
    id: z
      .string()
      .regex(/^[a-z0-9-]{1,40}$/, { error: 'use small letters, digits and -, such as new-films-may' })
      .optional()
      .meta({
        description:
          'A name for the announcement: who closed one of this name does not see it again, even when its words change. Without it, ' +
          'other words are another announcement.',
      }),
    until: dayOption
      .optional()
      .meta({ description: 'The day or minute from which it is no longer shown, such as 2026-12-27.' }),
    timeZone: timeZoneOption
      .optional()
      .meta({ description: 'Time zone of until. Default: that of this machine.' }),
  }),
  example: {
    title: 'New',
    text: { en: 'There is a wish list now.', de: 'Es gibt jetzt eine Wunschliste.' },
    id: 'wish-list',
    until: '2027-01-31',
    timeZone: 'Europe/Vienna',
  },
  hooks({ text, title, id, until, timeZone }) {
    const words = toWords(text);
    const given: AnnouncementOptions = {
      text: words,
      title: title === undefined ? null : toWords(title),
      id: id ?? idOfWords(words),
      until: until === undefined ? null : instantOf(until, timeZone),
    };
    return { css: noticeRules('announcement'), client: given };
  },
});
