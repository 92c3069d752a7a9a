import { CHANNELS } from '../channels/registry.ts';
import type { Config } from '../config/config.ts';
import type { Environment } from '../config/environment.ts';
import type { ConfigReading } from '../config/load.ts';
import { ConfigError } from '../config/problems.ts';
import { readAddress } from '../contacts/address.ts';
import { checkChannels, sendTestMessage } from '../doctor/reset-checks.ts';
import type { Access } from './ask-access.ts';
import { type Answers, askForMail, askForPublicUrl } from './ask-mail.ts';
import type { CurrentSettings } from './current-settings.ts';
import { discardProposal, type Proposal, proposeConfig } from './propose-config.ts';
import { MissingAnswerError } from './questions.ts';
import type { Run, SaidInAdvance } from './run.ts';

/** Options about mail, none of them said. */
const UNSAID = {
  ...{ mail: undefined, 'mail-user': undefined },
  ...{ 'mail-password-file': undefined, 'mail-from': undefined },
} satisfies SaidInAdvance;

/** And about what is asked behind them. */
const ALL_UNSAID = { ...UNSAID, 'public-url': undefined } satisfies SaidInAdvance;

/** What was written as a draft and tried. */
export interface Tried {
  readonly proposal: Proposal;
  /** Undefined where there is no mail. */
  readonly doesMailWork: boolean | undefined;
  /** The administrator's own address. */
  readonly contact: string | undefined;
}

/**
 * Reads and checks a configuration as the program would.
 *
 * @param path Of the file.
 * @param more Variables in place of those of the environment.
 * @throws {ConfigError}
 */
export type ReadConfig = (path: string, more?: Environment) => Promise<ConfigReading>;

/** What is known by then. */
export interface Known {
  readonly current: CurrentSettings;
  readonly file: string;
  readonly access: Access;
  readonly url: string;
  readonly read: ReadConfig;
  /** Takes down each proposal, so that none is left behind. */
  readonly proposals: Proposal[];
}

/**
 * Asks about messages, writes the drafts and tries them; asks again where answers do not go together, and where mail does not work
 * and the person wants to.
 */
export async function askUntilItFits(first: Run, about: Known): Promise<Tried> {
  const { questions } = first;
  const { current, file, access, proposals, read } = about;
  let run = first;
  let known = current;
  for (;;) {
    const canReset = (access.apiKey ?? access.dataFolder) !== undefined;
    if (!canReset && questions.isAsking)
      questions.tell(
        'Without an API key and without the data folder no password can be set, so nothing is asked about mail.',
      );
    const mail = canReset || !questions.isAsking ? await askForMail(run, known) : undefined;
    if (mail !== undefined && !canReset)
      throw new MissingAnswerError(
        'password resets need an API key (--admin NAME, or --quick-connect) or the data folder of Jellyfin (--data-folder FOLDER)',
      );
    const hasMessages =
      mail !== undefined ||
      (current.has('reset') && !current.placeholders.some((field) => field.startsWith('mail.')));
    const publicUrl = !hasMessages ? undefined : await askForPublicUrl(run, known);
    const answers = answersOf(about, mail, publicUrl);
    const proposal = await proposeConfig(file, answers, current, run.said['secrets-folder']);
    proposals.push(proposal);
    /** @param unsaid What the options say, and did not work. */
    const askAnew = async (unsaid: SaidInAdvance): Promise<void> => {
      await discardProposal(proposal);
      run = { ...run, said: { ...run.said, ...unsaid } };
      known = remember(answers, current);
    };
    const tried = await readDraft(proposal, file, read).catch((error: unknown) => {
      if (questions.isAsking && error instanceof ConfigError && isAboutAnswers(error, answers)) return error;
      throw error;
    });
    if (tried instanceof ConfigError) {
      for (const { path, message } of tried.problems) questions.tell(`${path} ${message}.`);
      await askAnew(ALL_UNSAID);
      continue;
    }
    const { reset } = tried;
    if (reset?.channels['email'] === undefined || mail === undefined)
      return { proposal, doesMailWork: undefined, contact: undefined };
    questions.tell('Trying the mail server …');
    const [finding] = await checkChannels(
      reset,
      CHANNELS.filter(({ name }) => name === 'email'),
    );
    if (finding !== undefined) questions.tellFinding(finding);
    if (finding?.state === 'fine') return { proposal, ...(await sendOne(run, reset)) };
    const again = { words: 'Answer anew about mail', flag: '--mail', given: undefined };
    if (!(await questions.yes({ ...again, fallback: questions.isAsking })))
      return { proposal, doesMailWork: false, contact: undefined };
    await askAnew(UNSAID);
  }
}

/** Whether all that is wrong was asked here, so that answering otherwise mends it. */
function isAboutAnswers({ problems }: ConfigError, answers: Answers): boolean {
  return problems.every(({ path }) => /^(?:mail|public)\./.test(path) && answers.has(path));
}

/** Makes the answers the defaults of the next time, all but the password. */
function remember(answers: Answers, current: CurrentSettings): CurrentSettings {
  const recall = (path: string) => (path === 'mail.password' ? undefined : answers.get(path));
  return {
    ...current,
    // What was answered otherwise, as a provider in place of an address, is not what there was.
    get: (path) => (answers.has(path) ? recall(path) : current.get(path)),
  };
}

function answersOf(
  { url, access: { apiKey, dataFolder }, current }: Known,
  mail: Answers | undefined,
  publicUrl: string | undefined,
): Answers {
  const answers = new Map<string, string | undefined>([
    ['jellyfin.url', url],
    ['jellyfin.apiKey', apiKey],
    ['jellyfin.dataFolder', dataFolder],
  ]);
  if (publicUrl !== undefined) answers.set('public.url', publicUrl);
  if (mail === undefined) return new Map([...answers, ...withoutPlaceholders(current, answers)]);
  if (!current.has('reset')) answers.set('reset.method', 'link');
  for (const [field, value] of mail) answers.set(field, value);
  return answers;
}

/** Takes sections away in which nobody filled in what must be: without mail there is nothing to send resets by. */
function withoutPlaceholders(current: CurrentSettings, answers: Answers): [string, undefined][] {
  const left = current.placeholders.filter((field) => !answers.has(field));
  const sections = new Set(left.map((field) => field.split('.')[0] ?? ''));
  if (sections.has('mail')) for (const name of ['reset', 'public']) sections.add(name);
  return [...sections].map((name) => [name, undefined]);
}

/** Reads the drafts as the program would. @throws {ConfigError} which names the file that they are for. */
async function readDraft({ draft, secrets }: Proposal, file: string, read: ReadConfig): Promise<Config> {
  const drafts = secrets.map(({ variable, draft: secret }) => [variable, secret.path]);
  try {
    return (await read(draft.path, Object.fromEntries(drafts))).config;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new ConfigError(
      error.problems.map((problem) => (problem.file === draft.path ? { ...problem, file } : problem)),
    );
  }
}

async function sendOne(
  { questions, said }: Run,
  reset: NonNullable<Config['reset']>,
): Promise<Pick<Tried, 'doesMailWork' | 'contact'>> {
  const address = await questions.text({
    words: 'Your own mail address, for a test message and your own resets',
    others: [{ answer: '', means: 'none' }],
    flag: '--contact',
    given: said.contact,
    fallback: '',
    check(text) {
      const read = text === '' ? {} : readAddress(text);
      return 'fault' in read ? `It ${read.fault}.` : undefined;
    },
  });
  if (address === '') return { doesMailWork: true, contact: undefined };
  const finding = await sendTestMessage(reset, address);
  questions.tellFinding(finding);
  return { doesMailWork: finding.state === 'fine', contact: address };
}
