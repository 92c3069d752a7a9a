import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { PlainPage } from '../../injector/http/plain-page.ts';
import type { PlainPart } from '../../injector/http/plain-parts.ts';
import type { Finding } from '../doctor/finding.ts';
import type { Asked, Conversation, Told } from '../setup/conversation.ts';

/** What the page tells of the configuration. */
export interface SetupState {
  /** The configuration file. */
  readonly file: string;
  /** Why it could not be written, by the system's code; undefined where there is one. */
  readonly notWritten: string | undefined;
  /** What is wrong with it or missing, one a sentence, without any value that may be a secret. */
  readonly problems: readonly string[];
  /** Whether Jellyfin is passed through meanwhile; if not, every address shows the page. */
  readonly isPassedThrough: boolean;
  /** True as soon as a configuration is in force. */
  readonly isOver: boolean;
}

/** Where things are, relative to the page that is drawn. */
export interface Places {
  readonly setup: string;
  readonly webClient: string;
}

/** A page before it is drawn; all are in English, as the configuration of an admin is. */
type View = Omit<PlainPage, 'language' | 'waiting' | 'script'> & {
  /** Whether something is under way, so that the page goes on by itself. */
  readonly isWaiting: boolean;
};

/** Seconds between two looks whether the page would say something else. */
const LOOK_SECONDS = 3;
/** The same while something is under way. */
const WORKING_SECONDS = 1;

/**
 * Loads the page again when it would say something else, and nobody has begun to type; what a proxy in front says while Gatehouse is
 * started anew is not it. A `refresh` would flicker. The name in it tells our pages from all others, as each of them holds this script.
 */
const scriptOf = (mark: string, seconds: number): string =>
  `(function(){var u=location.href.split('#')[0];function look(){var x=new XMLHttpRequest();x.open('GET',u);\
x.setRequestHeader('Accept','text/html');x.timeout=10000;x.onloadend=function(){\
var t=x.responseText||'',isOurs=t.indexOf('gatehouse-setup-page')>0,f=document.querySelector('input:not([type=hidden])');\
var isTyping=f&&f.value!==f.defaultValue;\
if(isOurs?t.indexOf('${mark}')<0&&!isTyping:x.status&&x.status<500)return location.replace(u);later()};\
x.send()}function later(){setTimeout(look,${seconds * 1000})}later()})()`;

/** Gives a view its script: one that knows what the page says now. */
export function toPage({ isWaiting, ...view }: View): PlainPage {
  const mark = createHash('sha256').update(JSON.stringify(view)).digest('hex').slice(0, 24);
  const seconds = isWaiting ? WORKING_SECONDS : LOOK_SECONDS;
  const script = scriptOf(mark, seconds);
  const page = { ...view, language: 'en' };
  return isWaiting ? { ...page, waiting: { script, seconds: LOOK_SECONDS } } : { ...page, script };
}

const WAITING_TITLE = 'Gatehouse is waiting for its configuration';
const ASKING_TITLE = 'Setting up Gatehouse';

/** For those who are not at home. */
export const FOR_STRANGERS: View = {
  title: WAITING_TITLE,
  sentences: ['Whoever runs this server sees here, from the home network, what is missing; so does its log.'],
  isWaiting: true,
};

/** For whoever comes through a proxy that nobody told us of: everybody would seem to be at home. */
export const THROUGH_UNKNOWN_PROXY: View = {
  title: WAITING_TITLE,
  sentences: [
    'This came through a proxy that Gatehouse does not know, so it cannot tell who is at home.',
    'Whoever runs this server opens Gatehouse itself instead, at its own port, or names the address of the proxy in listen.trustedProxies (GATEHOUSE_LISTEN__TRUSTED_PROXIES in the environment) and starts it anew.',
  ],
  isWaiting: true,
};

/** What is missing in the file, for addresses other than the page's own, and where nothing can be asked. */
export function viewProblems(state: SetupState, link: string | undefined): View {
  if (link === undefined) return { title: WAITING_TITLE, sentences: describe(state), isWaiting: true };
  const parts: PlainPart[] = [{ kind: 'link', label: 'Set it up here', href: link }, ...byHand(state)];
  return { title: WAITING_TITLE, sentences: [IN_THE_BROWSER], parts, isWaiting: true };
}

const IN_THE_BROWSER =
  'A few questions set it up, here in the browser. Whoever can read its log may answer them.';

/** The other way. */
function byHand(state: SetupState): PlainPart[] {
  return [
    { kind: 'heading', text: 'Or fill in the file' },
    ...describe(state).map((text) => ({ kind: 'paragraph', text }) as const),
  ];
}

/** Asks for the code of the log. @param fault What is wrong with the one that was typed. */
export function viewDoor(
  state: SetupState,
  { setup }: Places,
  about: { readonly fault?: string | undefined; readonly isTaken: boolean },
): View {
  const hint = about.isTaken
    ? 'A browser was let in already. With the newest code you take over from it.'
    : 'The log of Gatehouse shows it, as XXXX-XXXX: docker compose logs gatehouse, journalctl -u gatehouse, or the terminal it runs on.';
  return {
    title: WAITING_TITLE,
    sentences: [IN_THE_BROWSER],
    parts: [
      {
        kind: 'form',
        action: setup,
        field: { name: 'code', label: 'Code from the log', hint, fault: about.fault },
        buttons: [{ label: 'Begin', isMain: true }],
      },
      ...byHand(state),
    ],
    isWaiting: false,
  };
}

const IN_FORCE = 'It is in force. gatehouse doctor says all of this again.';
const NOT_IN_FORCE = 'It is written, and not in force yet: the log says why.';

/** Where the conversation stands. */
export function viewTurn(
  { turn, told, toldBefore }: Conversation,
  { setup, webClient }: Places,
  { isOver }: Pick<SetupState, 'isOver'>,
): View {
  const before: PlainPart[] =
    toldBefore.length === 0
      ? []
      : [{ kind: 'folded', summary: 'What was said before', items: toldBefore.map(toText) }];
  const again: PlainPart = {
    kind: 'form',
    action: setup,
    buttons: [{ label: 'Start again', name: 'again', value: 'yes' }],
  };
  const toJellyfin: PlainPart = { kind: 'link', label: 'Go to Jellyfin', href: webClient };
  const about = { title: ASKING_TITLE, sentences: told.map(toText) };
  switch (turn.kind) {
    case 'asking':
      return { ...about, parts: [formOf(turn.asked, setup), ...before, again], isWaiting: false };
    case 'working': {
      const sentences = [...about.sentences, 'A moment; this page goes on by itself.'];
      return { ...about, sentences, parts: [...before, again], isWaiting: true };
    }
    case 'failed': {
      const title = isOver ? 'A configuration is in force' : 'Gatehouse is not set up';
      const parts = [...before, isOver ? toJellyfin : again];
      return { title, sentences: [turn.says], parts, isWaiting: false };
    }
    case 'done': {
      const { done, todo, findings } = turn.result;
      const isWell = ({ state }: Finding) => state === 'fine' || state === 'skipped';
      const open = findings.filter((finding) => !isWell(finding));
      const parts: PlainPart[] = [
        toJellyfin,
        ...section('What was done', done),
        ...section('What is left to do', todo),
        ...section('What could be better', open.map(toText)),
        { kind: 'folded', summary: 'What is fine', items: findings.filter(isWell).map(toText) },
      ];
      return {
        title: 'Gatehouse is set up',
        sentences: [isOver ? IN_FORCE : NOT_IN_FORCE],
        parts,
        isWaiting: false,
      };
    }
  }
}

function section(heading: string, items: readonly string[]): PlainPart[] {
  return items.length === 0
    ? []
    : [
        { kind: 'heading', text: heading },
        { kind: 'list', items },
      ];
}

function formOf({ id, kind, words, value, others, keepsEmpty, fault }: Asked, action: string): PlainPart {
  const form = { kind: 'form', action, hidden: { question: id } } as const;
  const buttons = others.map(({ label, choice }) => ({
    label: capitalize(label),
    name: 'choice',
    value: choice,
  }));
  if (kind === 'yes') return { ...form, question: words, buttons };
  return {
    ...form,
    field: {
      ...{ name: 'answer', label: words, value, isSecret: kind === 'secret', fault },
      hint: keepsEmpty ? 'There is one already; an empty field keeps it.' : undefined,
    },
    // Enter presses the first one.
    buttons: [{ label: 'Go on', isMain: true }, ...buttons],
  };
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function toText(told: Told): string {
  if (typeof told === 'string') return told;
  return told.fix === undefined ? told.says : `${told.says}\n${told.fix}`;
}

function describe({ file, notWritten, problems, isPassedThrough }: SetupState): string[] {
  return [
    notWritten === undefined
      ? `Fill in ${file}. As soon as it is saved and everything fits, it is in force, and this page goes on by itself. A file of a secret that was filled in counts once ${basename(file)} is saved again.`
      : `${file} is missing, and could not be written (${notWritten}): let the user Gatehouse runs as write into that folder, or put the file there.`,
    // The folder stands above.
    ...problems.map((problem) => problem.replace(file, basename(file))),
    isPassedThrough
      ? 'Meanwhile Jellyfin is reached here as it is without Gatehouse.'
      : 'Meanwhile every address here shows this page. With GATEHOUSE_JELLYFIN__URL in the environment, Jellyfin is reached here as it is.',
  ];
}
