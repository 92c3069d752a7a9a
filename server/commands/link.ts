import { defineCommand } from 'citty';
import { makeLink } from '../admin/make-link.ts';
import { withCommandContext } from './command-context.ts';
import { configOption, nameWord, takeWord } from './options.ts';
import { withPlainErrors } from './plain-errors.ts';

/** `gatehouse link NAME`: prints a reset link for the administrator to hand over; see `makeLink`. */
export const linkCommand = defineCommand({
  args: { ...nameWord, ...configOption },
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      const name = takeWord(rawArgs, configOption, 'NAME');
      await withCommandContext(args.config, async (context) => {
        const made = await makeLink(name, { ...context, reset: context.config.reset });
        const { address, userName, lifetimeMs } = made;
        process.stdout.write(`${address}\n`);
        const minutes = Math.round(lifetimeMs / 60_000);
        process.stderr.write(
          `For ${userName}, once, for ${minutes} minutes; hand it over where nobody else reads it.\n`,
        );
      });
    }),
});
