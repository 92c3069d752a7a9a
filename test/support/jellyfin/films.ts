import type { FakeItem } from '../../jellyfin/media.ts';

const ALL = ['Primary', 'Backdrop', 'Logo'] as const;

/** Two films with all pictures, one with none, one that bob may not see, and a collection and a playlist of them. */
export const FILMS = {
  harbour: {
    id: '0a1b2c3d4e5f60718293a4b5c6d7e8f9',
    name: 'The Harbour & <Sea>',
    type: 'Movie',
    year: 1987,
    overview: 'A lighthouse keeper finds a letter.',
    images: ALL,
    played: 40,
  },
  meadow: { id: '1b2c3d4e5f60718293a4b5c6d7e8f90a', name: 'Meadow', type: 'Movie', year: 2003, images: ALL },
  plain: { id: '2c3d4e5f60718293a4b5c6d7e8f90a1b', name: 'Plain', type: 'Movie' },
  secret: {
    id: '3d4e5f60718293a4b5c6d7e8f90a1b2c',
    name: 'Secret',
    type: 'Movie',
    images: ALL,
    hiddenFrom: ['bob'],
  },
  collection: {
    id: '4e5f60718293a4b5c6d7e8f90a1b2c3d',
    name: 'Best of',
    type: 'BoxSet',
    children: ['1b2c3d4e5f60718293a4b5c6d7e8f90a', '3d4e5f60718293a4b5c6d7e8f90a1b2c'],
  },
  playlist: {
    id: '5f60718293a4b5c6d7e8f90a1b2c3d4e',
    name: 'Sunday',
    type: 'Playlist',
    children: ['0a1b2c3d4e5f60718293a4b5c6d7e8f9'],
    hiddenFrom: ['bob'],
  },
} as const satisfies Record<string, FakeItem>;
