/**
 * Cards of what is on television that stand upright, as films do; other programmes lie. `wall` is a page of them, `row` a line
 * that is scrolled.
 * Source: `components/cardbuilder/cardBuilder.js` (10.8 to 12.0) and `Card/useCard.ts` (12.0), `data-type` and class of the shape.
 */
export const UPRIGHT_PROGRAMS = {
  wall: '.card[data-type="Program"].portraitCard',
  row: '.card[data-type="Program"].overflowPortraitCard',
} as const;

/** In a card, what gives it its height. */
export const CARD_PADDER = '.cardPadder';

/** Before a card in the layout for television sets. */
export const TV_CARDS = '.itemsContainer-tv >';

/** Height of a lying card by its width, as padding. */
export const LYING_HEIGHT = '56.25%';

/**
 * How wide lying cards are, from the narrowest window on: the last that holds counts. `tv` is for television sets.
 * Source: `.backdropCard` and `.overflowBackdropCard` of `components/cardbuilder/card.scss`, the same from 10.8.13 to 12.0.
 */
export const LYING_WIDTHS: {
  readonly [place in keyof typeof UPRIGHT_PROGRAMS]: {
    readonly steps: readonly (readonly [when: string, width: string])[];
    readonly tv: string;
  };
} = {
  wall: {
    steps: [
      ['all', '100%'],
      ['(min-width: 25em)', '50%'],
      ['(min-width: 48.125em)', '33.3333%'],
      ['(min-width: 75em)', '25%'],
      ['(min-width: 100em)', '20%'],
      ['(min-width: 156.25em)', '16.6667%'],
    ],
    tv: '25%',
  },
  row: {
    steps: [
      ['all', '72vw'],
      ['(min-width: 35em)', '45.5vw'],
      ['(min-width: 48.125em)', '30vw'],
      ['(orientation: landscape)', '30vw'],
      ['(orientation: landscape) and (min-width: 48.125em)', '23.1vw'],
      ['(min-width: 75em)', '23.1vw'],
      ['(min-width: 100em)', '18.7vw'],
      ['(min-width: 156.25em)', '15.6vw'],
    ],
    tv: '23.5vw',
  },
};
