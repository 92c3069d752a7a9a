import {
  CARD_PADDER,
  LYING_HEIGHT,
  LYING_WIDTHS,
  TV_CARDS,
  UPRIGHT_PROGRAMS,
} from '../../jellyfin/live-tv.ts';

/** Rules that lay down what stands upright in live TV, in the client's own sizes for each window. */
export function lyingPrograms(): string[] {
  const places = ['wall', 'row'] as const;
  return places.flatMap((place) => {
    const card = UPRIGHT_PROGRAMS[place];
    const { steps, tv } = LYING_WIDTHS[place];
    return [
      ...steps.map(([when, width]) => {
        const rule = `${card} { width: ${width}; }`;
        return when === 'all' ? rule : `@media ${when} { ${rule} }`;
      }),
      `${TV_CARDS} ${card} { width: ${tv}; }`,
      `${card} ${CARD_PADDER} { padding-bottom: ${LYING_HEIGHT}; }`,
    ];
  });
}
