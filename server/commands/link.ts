import { defineCommand } from 'citty';
import { createLinkAddress, createToken, hashToken } from '../secrets/token.ts';
import { withCommandContext } from './command-context.ts';
import { configOption, nameWord, takeWord } from './options.ts';
import { withPlainErrors } from './plain-errors.ts';

/**
 * `gatehouse link NAME`: prints a reset link for the administrator to hand over, for people no message reaches. The
 * password stays the person's own choice: the command takes none and sets none. Source: OWASP O20; ASVS 5.0 6.4.6.
 */
export const linkCommand = defineCommand({
  meta: { name: 'link', description: 'Print a reset link for a user, to hand over in another way.' },
  args: { ...nameWord, ...configOption },
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      const name = takeWord(rawArgs, configOption, 'NAME');
      await withCommandContext(args.config, async ({ config: { reset }, links, log, askForPeople }) => {
        if (reset === undefined)
          throw new Error('the config has no reset section, so there is no page for a link');
        const people = await askForPeople();
        const person = people.find(name);
        if (person === undefined) throw new Error(people.explainMissing(name));
        const token = createToken();
        const now = Date.now();
        const { id: userId, name: userName } = person;
        const expiresAt = now + reset.linkLifetimeMs;
        // No message carries it: a number that no message has, so that no message's next try replaces it.
        await links.add({ tokenHash: hashToken(token), userId, userName, outboxId: -now, expiresAt });
        log.info({ event: 'link-made', userId, userName, by: 'command-line' });
        process.stdout.write(`${createLinkAddress(reset.publicUrl, token)}\n`);
        const minutes = Math.round(reset.linkLifetimeMs / 60_000);
        process.stderr.write(
          `For ${userName}, once, for ${minutes} minutes; hand it over where nobody else reads it.\n`,
        );
      });
    }),
});
