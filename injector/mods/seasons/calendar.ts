/** What may fall, rise or fly over the pages. */
export const EFFECTS = ['snow', 'hearts', 'fireworks', 'bats', 'leaves'] as const;

/** One of them. */
export type Effect = (typeof EFFECTS)[number];

/** A time of the year with its effect; days are `MM-DD`, and `until` is the day from which it is over. */
export interface Season {
  readonly effect: Effect;
  readonly from: string;
  readonly until: string;
}

/** Seasons of the northern hemisphere; the first that holds counts. */
export const CALENDAR: readonly Season[] = [
  { effect: 'fireworks', from: '12-31', until: '01-02' },
  { effect: 'snow', from: '12-01', until: '01-07' },
  { effect: 'hearts', from: '02-13', until: '02-15' },
  { effect: 'bats', from: '10-27', until: '11-01' },
  { effect: 'leaves', from: '09-22', until: '10-27' },
];

/** The effect of a day, by its own date; a season whose end is not after its beginning goes over the new year. */
export function effectOn(seasons: readonly Season[], day: Date): Effect | undefined {
  const two = (value: number) => (value < 10 ? `0${value}` : String(value));
  const today = `${two(day.getMonth() + 1)}-${two(day.getDate())}`;
  for (const { effect, from, until } of seasons) {
    const holds = from < until ? from <= today && today < until : today >= from || today < until;
    if (holds) return effect;
  }
  return undefined;
}
