import { directionOf, type Language } from '../../injector/kit/translations.ts';
import type { MessageKind } from '../ports/message-kinds.ts';
import { type TemplateKind, templateKindOf, type Variable } from './kinds.ts';
import { type Block, layOut, type MessageText } from './layout.ts';
import { createMessageTexts, type MessageTexts, type OwnTemplates } from './message-texts.ts';
import { sayDuration, sayMoment } from './spans.ts';
import type { TemplateBlock, TemplateFault } from './template.ts';

/** Whom a message is to, and from which server. */
export interface Addressee {
  readonly serverName: string;
  readonly userName: string;
}

/** What a message with a link is made of. */
export interface LinkData extends Addressee {
  /** The whole address, token included. */
  readonly link: string;
  readonly lifetimeMs: number;
}

/** What a message with a code is made of, which is typed where it was asked for. */
export interface CodeData extends Addressee {
  /** As people read it. */
  readonly code: string;
  readonly lifetimeMs: number;
}

/** What a message with a PIN is made of. */
export interface ResetPinData extends Addressee {
  /** As people read it, with dashes. */
  readonly pin: string;
  /** Address of our page for PINs, without the PIN. */
  readonly pinPage: string;
  readonly lifetimeMs: number;
}

/** What the message with a PIN and a link that redeems it is made of. The link has the PIN in it. */
export type ResetPinLinkData = LinkData & Pick<ResetPinData, 'pin'>;

/** What the message about a password that Jellyfin does not keep (LDAP, SSO) is made of. */
export interface AccountElsewhereData extends Addressee {
  /** Where that password is changed (`reset.externalAccounts` of the config), if the admin has said so. */
  readonly link?: string | undefined;
}

/** What a notice is made of. */
export interface NoticeData extends Addressee {
  /** When it happened, in ms since 1970. */
  readonly at: number;
  /** Default: the zone of the machine; it is named in the message. */
  readonly timeZone?: string;
}

/** What the notice to an address that was replaced or removed is made of; the link undoes the change. */
export type ContactChangedData = NoticeData & LinkData;

/** What each kind of message is made of. */
export interface MessageData {
  readonly 'reset-link': LinkData;
  readonly 'reset-pin': ResetPinData;
  readonly 'reset-pin-link': ResetPinLinkData;
  readonly 'account-elsewhere': AccountElsewhereData;
  readonly 'account-disabled': Addressee;
  /** Holds no link: nothing in it is worth stealing. Source: OWASP O15. */
  readonly 'password-changed': NoticeData;
  readonly 'password-changed-former': NoticeData;
  /** The code proves an address that somebody has just entered; `userName` is whose account it would belong to. */
  readonly 'contact-code': CodeData;
  readonly 'contact-changed': ContactChangedData;
  readonly 'contact-added': NoticeData;
  /** "Is this you?", to an address that an administrator or an import entered. */
  readonly 'contact-confirm': LinkData;
  readonly invitation: LinkData;
  /** The code that an administrator needs besides the link. */
  readonly 'reset-code': CodeData;
}

/** Writes messages. */
export interface Messages {
  /** Writes a message, with the words of the admin's own or ours. No secret stands in a subject, which shows on locked screens. */
  write<Kind extends MessageKind>(kind: Kind, data: MessageData[Kind], language: Language): MessageText;
  /** What is wrong with the admin's own templates. */
  readonly faults: readonly TemplateFault[];
}

/** Makes what writes messages. @param own Templates of an admin's own. */
export function createMessages(own: readonly OwnTemplates[] = []): Messages {
  const texts = createMessageTexts(own);
  return {
    faults: texts.faults,
    write: (kind, data, language) => write(texts, templateKindOf(kind), data, language),
  };
}

/**
 * What is wrong with an admin's own templates, one sentence each, with file and line; in their place ours are used.
 *
 * @param own.fault Why files could not be read.
 */
export function findBrokenTemplates(own: {
  readonly files: readonly OwnTemplates[];
  readonly fault?: string;
}): readonly string[] {
  const { faults } = createMessages(own.files);
  const sentences = faults.map(
    ({ file, line, message }) => `${file}:${line}: ${message}; the built-in words are used`,
  );
  return [...(own.fault === undefined ? [] : [own.fault]), ...sentences];
}

/** Everything that any kind is made of. */
type AnyData = Addressee &
  Partial<Omit<LinkData & CodeData & ResetPinData & NoticeData, 'link'>> & {
    readonly link?: string | undefined;
  };

function write(texts: MessageTexts, kind: TemplateKind, data: AnyData, language: Language): MessageText {
  const { subject, blocks } = texts.template(kind, language);
  const { greeting, fallback } = texts.shared(language);
  const { at, lifetimeMs, timeZone, link, pin, pinPage, code } = data;
  const names = { serverName: oneLine(data.serverName), userName: oneLine(data.userName) };
  const values: Values = {
    serverName: apart(names.serverName, language),
    userName: apart(names.userName, language),
    ...{ link, pin, pinPage, code },
    lifetime: lifetimeMs === undefined ? undefined : sayDuration(lifetimeMs, language),
    when: at === undefined ? undefined : sayMoment(at, language, timeZone),
  };
  return layOut(
    {
      subject: fill(subject, names),
      blocks: [
        { kind: 'paragraph', text: fill(greeting, values) },
        ...blocks.flatMap((block) => fillBlock(block, values, fallback)),
      ],
    },
    language,
  );
}

type Values = { readonly [V in Variable]?: string | undefined };

function fillBlock(block: TemplateBlock, values: Values, fallback: string): readonly Block[] {
  if (block.kind === 'paragraph') return [{ kind: 'paragraph', text: fill(block.text, values) }];
  const value = values[block.variable];
  // Only of what need not be there: no place was named where the password could be changed.
  if (value === undefined) return [];
  switch (block.kind) {
    case 'button':
      return [{ kind: 'button', label: block.label, url: value, fallback }];
    case 'code':
      return [{ kind: 'code', value }];
    case 'address':
      return [{ kind: 'address', text: fill(block.text, values), url: value }];
  }
}

/** Puts values into a sentence that was read as a template: they are never read as one themselves. */
function fill(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => values[name as Variable] ?? place);
}

/**
 * Keeps a name together in a sentence that is written the other way: without it the signs beside it change places.
 * Source: Unicode UAX 9, section 2.5, explicit directional isolates.
 */
function apart(name: string, language: Language): string {
  return directionOf(language) === 'rtl' ? `\u2068${name}\u2069` : name;
}

/** Longest name in a message, in characters. */
const MAX_NAME = 100;

/** A name from outside as it may stand in a subject or sentence: one line, no control signs, at most 100 characters. */
export function oneLine(name: string): string {
  const line = name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  const letters = [...line];
  return letters.length > MAX_NAME ? `${letters.slice(0, MAX_NAME - 1).join('')}…` : line;
}
