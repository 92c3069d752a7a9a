import { z } from 'zod';
import { defineMod } from '../../kit/define-mod.ts';
import { CALENDAR, EFFECTS } from './calendar.ts';

const day = z.string().regex(/^(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$/, {
  error: 'must be a month and a day, such as 12-24',
});

const season = z
  .strictObject({
    effect: z.enum(EFFECTS).meta({ description: 'What falls, rises or flies over the pages.' }),
    from: day.meta({ description: 'First day, as month and day.' }),
    until: day.meta({
      description: 'The day from which it is over; one before `from` is in the next year.',
    }),
  })
  .refine(({ from, until }) => from !== until, {
    path: ['until'],
    error: 'must be another day than from; for one day, write the day after it',
  });

/** Lets snow, hearts, fireworks, bats or leaves pass over the pages at their time of the year. */
export const seasons = defineMod({
  name: 'seasons',
  title: 'Snow, hearts, fireworks, bats or leaves in season',
  jellyfin: '>=10.8 <13',
  options: z.strictObject({
    rules: z
      .array(season)
      .min(1)
      .max(50)
      .default(() => CALENDAR.map((one) => ({ ...one })))
      .meta({
        description:
          'What shows when, by the date of the browser; the first that holds counts. Without it: snow in December, fireworks at the new year, hearts for Saint Valentine’s, leaves in autumn and bats before Halloween.',
      }),
    amount: z.enum(['few', 'some', 'many']).default('some').meta({
      description:
        'How much of it. Slow devices get less; television sets, people who want less motion and the page of a film get none. Everybody can switch it off for themselves, and on again in their settings.',
    }),
  }),
  example: { rules: [{ effect: 'snow', from: '12-01', until: '01-07' }], amount: 'some' },
  hooks: ({ rules, amount }) => ({
    css: RULES,
    client: { rules: rules.map(({ effect, from, until }) => ({ effect, from, until })), amount },
  }),
});

const RULES = `.seasons-sky { position: fixed; top: 0; left: 0; width: 100%; height: 100%; z-index: 1000; pointer-events: none; }
.seasons-switch { position: fixed; right: 1em; bottom: 6em; z-index: 1001; width: 2em; height: 2em; padding: 0; border: 0; border-radius: 50%; background: rgba(0, 0, 0, 0.55); color: #fff; font: inherit; font-size: 1.4em; line-height: 1; cursor: pointer; }
.seasons-is-off { opacity: 0.4; }
.seasons-switch:focus { outline: 0.2em solid #00a4dc; opacity: 1; }
@media (prefers-reduced-motion: reduce) { .seasons-sky, .seasons-switch { display: none; } }`;
