import { z } from 'zod';
import { defineMod } from '../../kit/define-mod.ts';

/** Says what is being watched while it is paused. */
export const pauseScreen = defineMod({
  name: 'pause-screen',
  title: 'What is on, while it is paused',
  jellyfin: '>=10.8 <13',
  options: z.strictObject({
    seconds: z.number().int().min(1).max(120).default(5).meta({
      description: 'How long a film has to be paused before its title, year and overview show.',
    }),
    dim: z.number().int().min(40).max(100).default(70).meta({
      description: 'How dark the picture becomes meanwhile, in percent.',
    }),
    overview: z
      .boolean()
      .default(true)
      .meta({ description: 'Whether the overview is shown, not only title and year.' }),
  }),
  example: { seconds: 5, dim: 70, overview: true },
  hooks: ({ seconds, dim, overview }) => ({
    css: [
      '.pause-screen { position: fixed; top: 0; right: 0; bottom: 0; left: 0; display: flex; flex-direction: column; justify-content: center;',
      `  box-sizing: border-box; padding: 0 8%; background: rgba(0, 0, 0, ${dim / 100}); color: #fff; pointer-events: none; }`,
      '.pause-screen h2 { margin: 0; font-size: 2.4em; }',
      '.pause-screen p { max-width: 40em; max-height: 35vh; margin: 0.6em 0 0; overflow: hidden; font-size: 1.2em; line-height: 1.5; }',
      '@media (prefers-reduced-motion: no-preference) {',
      '@keyframes gatehouse-pause-screen { from { opacity: 0; } to { opacity: 1; } }',
      '.pause-screen { animation: gatehouse-pause-screen 0.6s ease-out; }',
      '}',
    ].join('\n'),
    client: { seconds, overview },
  }),
});
