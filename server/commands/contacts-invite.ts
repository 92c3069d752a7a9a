import { type ArgsDef, defineCommand } from 'citty';
import { createInvitations } from '../account/make-invitation.ts';
import { createInvitePeople, type InvitePeople } from '../admin/invite-people.ts';
import type { Person } from '../contacts/people.ts';
import { writeCsv } from '../contacts/write-csv.ts';
import { UseCaseError } from '../errors/use-case-error.ts';
import { shortAddress } from '../log/log.ts';
import { oneLine } from '../messages/messages.ts';
import { INVITATION_MS } from '../ports/contact-changes.ts';
import { qrForTerminal } from '../qr/qr-code.ts';
import { toReachable, withCommandContext } from './command-context.ts';
import { completeNames, tellProblems } from './named-user.ts';
import { configOption, namesWord, printJson, takeWords } from './options.ts';
import { UsageError, withPlainErrors } from './plain-errors.ts';

const options = {
  missing: { type: 'boolean', description: 'Invite everybody whom no message reaches, in place of NAMEs.' },
  csv: {
    type: 'boolean',
    description: 'Print a CSV with the columns name and link, to mail-merge or print.',
  },
  json: {
    type: 'boolean',
    description:
      'Print a JSON array of {userId, userName, url, expiresAt}; with --send of {userId, userName, channel, address}.',
  },
  send: {
    type: 'boolean',
    description: 'Send the invitation to the unconfirmed or refused contact that NAME has; print no link.',
  },
  qr: { type: 'boolean', description: 'Show the link of one person as a QR code, too.' },
  ...configOption,
} as const satisfies ArgsDef;

const DAYS = INVITATION_MS / (24 * 60 * 60_000);

/** An invitation that was made. */
interface Made {
  readonly person: Person;
  readonly url: string;
  readonly expiresAt: number;
}

/**
 * `gatehouse contacts invite NAME…`: prints for each a line with a link, with which they add and prove a contact without
 * signing in; words for people are on standard error. Exit code 1 when somebody could not be invited, the others were.
 */
export const contactsInviteCommand = defineCommand({
  meta: {
    name: 'invite',
    description: 'Print a link with which a person adds a contact without signing in, or send it.',
  },
  args: { ...namesWord, ...options },
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      const typed = takeWords(rawArgs, options);
      if (args.missing === true && typed.length > 0)
        throw new UsageError('--missing invites everybody whom no message reaches; leave the NAMEs away');
      if (args.missing !== true && typed.length === 0) throw new UsageError('NAME is missing; see --help');
      if (args.csv === true && args.json === true) throw new UsageError('take one of --csv and --json');
      if (args.send === true && (args.missing === true || args.csv === true || args.qr === true))
        throw new UsageError('--send prints no link: leave --missing, --csv and --qr away');
      if (args.qr === true && (typed.length !== 1 || args.csv === true || args.json === true))
        throw new UsageError('--qr shows the link of one person: name one, without --csv and --json');
      await withCommandContext(args.config, async (context) => {
        const { reset } = context.config;
        if (reset === undefined) throw new UseCaseError('reset-not-configured');
        const { contacts, contactChanges: changes, outbox, clock, log, by } = context;
        const invite = createInvitePeople({
          ...{ contacts, changes, outbox, clock, log, by },
          invitations: createInvitations({ changes, publicUrl: reset.publicUrl, clock, log, by }),
          ...(await toReachable(context)),
        });
        const names = await completeNames(typed, context);
        if (args.send === true) return sendTo(names, invite, args.json === true);
        const people = args.missing === true ? await findMissing(invite) : await findNamed(names, invite);
        const made: Made[] = [];
        for (const person of people) {
          made.push({ person, ...(await invite.invite(person)) });
        }
        if (args.json === true) printJson(made.map(toJson));
        else if (args.csv === true)
          process.stdout.write(
            writeCsv([['name', 'link'], ...made.map(({ person, url }) => [person.name, url])]),
          );
        else printLines(made, args.qr === true);
      });
    }),
});

function toJson({ person, url, expiresAt }: Made) {
  return { userId: person.id, userName: person.name, url, expiresAt: new Date(expiresAt).toISOString() };
}

function printLines(made: readonly Made[], hasQr: boolean): void {
  for (const { person, url } of made) {
    process.stderr.write(`For ${oneLine(person.name)}, once, for ${DAYS} days:\n`);
    process.stdout.write(`${url}\n`);
    if (hasQr) process.stdout.write(qrForTerminal(url));
  }
  if (made.length > 0)
    process.stderr.write(
      'Hand each over where nobody else reads it: who has it can be reached as that person.\n',
    );
}

async function findNamed(names: readonly string[], invite: InvitePeople): Promise<readonly Person[]> {
  const { people, problems } = await invite.find(names);
  tellProblems(problems);
  return people;
}

async function findMissing(invite: InvitePeople): Promise<readonly Person[]> {
  const { people, isComplete } = await invite.findMissing();
  if (people.length === 0) process.stderr.write('Everybody can be reached; nobody was invited.\n');
  if (!isComplete)
    process.stderr.write(
      'without jellyfin.apiKey Jellyfin tells of the users on its login screen only; name the others one by one\n',
    );
  return people;
}

async function sendTo(names: readonly string[], invite: InvitePeople, isJson: boolean): Promise<void> {
  const sent: Readonly<Record<string, string>>[] = [];
  for (const person of await findNamed(names, invite)) {
    const name = oneLine(person.name);
    try {
      const { channel, address } = await invite.send(person);
      const to = shortAddress(address);
      sent.push({ userId: person.id, userName: person.name, channel, address: to });
      if (!isJson) process.stdout.write(`${name} is sent an invitation by ${channel}: ${to}\n`);
    } catch (error) {
      if (!(error instanceof UseCaseError)) throw error;
      const fix =
        error.code === 'no-contact'
          ? `nothing can be sent to ${name}: hand a link over, with gatehouse contacts invite "${name}"`
          : `${error.message}; nothing was sent`;
      process.stderr.write(`${fix}\n`);
      process.exitCode = 1;
    }
  }
  if (isJson) printJson(sent);
}
