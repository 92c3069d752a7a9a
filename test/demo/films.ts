import type { FakeItem } from '../jellyfin/media.ts';

const ALL = ['Primary', 'Backdrop', 'Logo'] as const;

/** What there is to watch in the demo: films that nobody made, so that mods have something to change. */
export const DEMO_FILMS: readonly FakeItem[] = [
  {
    id: '6a1f0c52d3b84e7f9a20c41d5be87301',
    name: 'The Lighthouse Letters',
    type: 'Movie',
    year: 1987,
    overview: 'A keeper finds a letter in the lamp room, and every night another one.',
    images: ALL,
    played: 40,
  },
  { id: '1c9d27e04fa35b68870de2c6914fb902', name: 'Meadow', type: 'Movie', year: 2003, images: ALL },
  { id: '93be40a17cd62f5e8b14a7093cd5ee03', name: 'Night Tram', type: 'Movie', year: 2016, images: ALL },
  { id: 'c4720d9be81f3a65b2794ec05a16df04', name: 'Salt and Paper', type: 'Movie', year: 1994, images: ALL },
  { id: '2ef58b631da0497cb6d3185f7ca92005', name: 'Two Kites', type: 'Movie', year: 2021, images: ALL },
];
