import { isLoopbackHost } from '../../injector/addresses/networks.ts';
import { findCopiedPage } from '../config/contradictions/addresses.ts';
import { MAIL_PROVIDER_NAMES, MAIL_PROVIDERS } from '../config/mail-providers.ts';
import { findMailUrlFault, isSendmail } from '../config/mail-url.ts';
import { mailSection } from '../config/sections/mail.ts';
import { type CurrentSettings, describeFixed } from './current-settings.ts';
import type { Run } from './run.ts';

/** Fields by their paths; undefined: the field is to be gone. */
export type Answers = ReadonlyMap<string, string | undefined>;

/** Asks how messages go out; undefined where they shall not. */
export async function askForMail(run: Run, current: CurrentSettings): Promise<Answers | undefined> {
  const { questions, said, environment } = run;
  const now = current.get('mail.provider') ?? current.get('mail.url');
  // A password that stands in the address is not shown.
  const isWhole = now !== undefined && /\/\/[^/@]*@/.test(now);
  if (questions.isAsking)
    questions.tell(
      `Messages go out by mail. Providers by name: ${MAIL_PROVIDER_NAMES.filter((name) => !name.startsWith('ses-')).join(', ')}, ses-REGION.`,
    );
  const server = await questions.text({
    words: 'Mail provider, or a server as smtps://mail.example.org',
    others: [{ answer: 'none', means: 'no mail' }],
    flag: '--mail',
    given: said.mail,
    fallback: isWhole ? AS_IT_IS : (now ?? 'none'),
    check: (text) => (text === AS_IT_IS && isWhole ? undefined : findServerFault(text, questions.isAsking)),
  });
  if (server === 'none' && now !== undefined)
    questions.tell('What the file says about mail stays; take the section out of it to be without.');
  if (server === 'none') return undefined;
  const answers = new Map<string, string | undefined>();
  const signsIn = server !== AS_IT_IS && !isSendmail(server);
  if (server !== AS_IT_IS) {
    answers.set('mail.provider', isProvider(server) ? server : undefined);
    answers.set('mail.url', isProvider(server) ? undefined : server);
    answers.set('mail.user', undefined);
    answers.set('mail.password', undefined);
  }
  if (isProvider(server)) questions.tell(`What ${server} wants: ${MAIL_PROVIDERS[server].page}`);
  const user = signsIn && !current.has('mail.oauth2') ? await askForUser(run, current, server) : '';
  if (user !== '') {
    answers.set('mail.user', user);
    const known = current.get('mail.user') === user ? current.get('mail.password') : undefined;
    const password = await questions.secret({
      words: `Mail password of ${user}, often an app password`,
      flag: '--mail-password-file',
      given: said['mail-password-file'],
      fallback: known ?? environment['GATEHOUSE_MAIL__PASSWORD'],
      variable: 'GATEHOUSE_MAIL__PASSWORD',
    });
    answers.set('mail.password', password);
  }
  const from = await questions.text({
    words: 'Sender of mails, as Jellyfin <noreply@example.org>',
    flag: '--mail-from',
    given: said['mail-from'],
    fallback: current.get('mail.from') ?? (user.includes('@') ? user : undefined),
    check(text) {
      const read = mailSection.safeParse({ url: 'smtp://127.0.0.1', from: text });
      return read.success ? undefined : `It ${read.error.issues[0]?.message}.`;
    },
  });
  return answers.set('mail.from', from);
}

/** An answer that leaves a mail.url with a password in it alone. */
const AS_IT_IS = 'as it is';

async function askForUser(
  { questions, said }: Run,
  current: CurrentSettings,
  server: string,
): Promise<string> {
  return await questions.text({
    words: isProvider(server) ? 'Mail user name, mostly the address' : 'Mail user name',
    others: isProvider(server) ? [] : [{ answer: '', means: 'none is needed' }],
    flag: '--mail-user',
    given: said['mail-user'],
    fallback: current.get('mail.user') ?? (isProvider(server) ? undefined : ''),
  });
}

function isProvider(text: string): text is keyof typeof MAIL_PROVIDERS {
  return Object.hasOwn(MAIL_PROVIDERS, text);
}

function findServerFault(text: string, isAsking: boolean): string | undefined {
  if (text === 'none' || isProvider(text)) return undefined;
  if (/\/\/[^/@]*@/.test(text))
    return `Leave name and password out of the address: they are asked for next${isAsking ? '' : ', or come by --mail-user and --mail-password-file'}.`;
  const fault = findMailUrlFault(text);
  return fault === undefined
    ? undefined
    : `It is no provider that Gatehouse knows, and as an address it ${fault}.`;
}

/** Where people reach Gatehouse while nothing is in front of it, as far as is known. */
const LOCAL_ADDRESS = 'http://localhost:8097';

/** Asks how people reach Gatehouse. */
export async function askForPublicUrl(
  { questions, said, seenAt }: Run,
  current: CurrentSettings,
): Promise<string> {
  return await questions.text({
    words: 'Address by which people reach Gatehouse, as https://media.example.org',
    flag: '--public-url',
    given: said['public-url'],
    fallback:
      current.get('public.url') ??
      (seenAt !== undefined && isSafe(seenAt) ? seenAt : undefined) ??
      LOCAL_ADDRESS,
    check(text) {
      if (!isSafe(text))
        return 'It must begin with https://, so that nobody reads a link on its way; http:// is taken for this machine only, as http://localhost:8097.';
      const copied = findCopiedPage(new URL(text));
      if (copied !== undefined) return `It ${copied}.`;
      return describeFixed(current, 'public.url', text);
    },
  });
}

function isSafe(address: string): boolean {
  const url = URL.parse(address);
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopbackHost(url.hostname));
}
