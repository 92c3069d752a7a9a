import { defineCommand } from 'citty';
import { linkArgs, printLink } from './reset.ts';

/** `gatehouse link NAME`: the old spelling of `reset link`; says so on standard error. */
export const linkCommand = defineCommand({
  args: linkArgs,
  run: async ({ args, rawArgs }) => {
    process.stderr.write('gatehouse link is spelt gatehouse reset link now; both work\n');
    await printLink(args, rawArgs);
  },
});
