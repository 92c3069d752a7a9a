import { defineCommand } from 'citty';
import { keepMemorySmall } from '../program/heap.ts';
import {
  configOption,
  drainOption,
  onlyOption,
  readDrain,
  readHalf,
  refuseStrayArguments,
} from './options.ts';
import { UsageError, withPlainErrors } from './plain-errors.ts';

const serveOptions = {
  ...configOption,
  ...onlyOption,
  ...drainOption,
  setup: {
    type: 'boolean',
    description:
      'Where the configuration cannot be used yet: write one to fill in if there is none, and show a page that says what is missing and sets Gatehouse up with whoever types the code of the log, in place of ending with 78.',
  },
} as const;

/** `gatehouse serve`. */
export const serveCommand = defineCommand({
  meta: { name: 'serve', description: 'Start Gatehouse in front of Jellyfin.' },
  args: serveOptions,
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      refuseStrayArguments(rawArgs, serveOptions);
      const only = readHalf(args.only);
      const drainMs = await readDrain(args.drain);
      const setUp = args.setup === true;
      if (setUp && only === 'reset')
        throw new UsageError('--setup shows a page to people, who do not come to --only reset; leave it out');
      const fixHeapSize = keepMemorySmall();
      const { serve } = await import('../program/serve.ts');
      await serve({ configPath: args.config, only, drainMs, setUp });
      fixHeapSize();
    }),
});
