import type { z } from 'zod';
import type { Log } from '../../injector/kit/log.ts';
import type { ChannelName, Contact } from './contacts.ts';

/** Where the logo of the server belongs in `Message.html`, if anywhere; the mail channel puts it there, or takes this out. */
export const LOGO_PLACE = '<!--logo-->';

/** A message that is ready to go out. */
export interface Message {
  readonly to: Contact;
  /** The same on every try of one message: letters, digits, `-`. */
  readonly key: string;
  /** One line. */
  readonly subject: string;
  readonly text: string;
  /** A whole HTML document that says the same. */
  readonly html: string;
  /** The same for chats, which have no HTML and little room. */
  readonly chat: ChatText;
}

/** What a message says in a chat, unescaped: each channel escapes it for its own service. */
export interface ChatText {
  /** Plain sentences, in the order in which they are read; the link and the code stand behind `before`. */
  readonly before: readonly string[];
  readonly link?: { readonly label: string; readonly url: string };
  /** To be typed letter by letter. */
  readonly code?: string;
  readonly after: readonly string[];
}

/**
 * The longest pause that `retryAfterMs` can ask for, in milliseconds; a longer one is taken as this: nobody waits longer for
 * a message that somebody asked for.
 */
export const MOST_RETRY_AFTER_MS = 60 * 60_000;

/** How sending ended. `detail` is one sentence with the fix where one is known; no secret, no whole address. */
export type SendOutcome =
  | { readonly kind: 'sent' }
  /**
   * Refused for good: this message will never go to this recipient. `isAddressRefused`: nor will any other, as the other
   * side knows no such recipient or the person blocked us.
   */
  | { readonly kind: 'permanent'; readonly detail: string; readonly isAddressRefused?: true }
  /** Refused for now, this message only; `retryAfterMs`: not again before so many milliseconds are over. */
  | { readonly kind: 'temporary'; readonly detail: string; readonly retryAfterMs?: number }
  /**
   * The channel as a whole does not work now; other messages would fare the same. `isAboutTrust`: the other side was
   * reached, and its certificate not trusted.
   */
  | {
      readonly kind: 'unreachable';
      readonly detail: string;
      readonly isAboutTrust?: true;
      readonly retryAfterMs?: number;
    }
  /** Handed over whole, and never answered: it may have arrived. The next try is later, with the same secret. */
  | { readonly kind: 'unconfirmed'; readonly detail: string };

/** A way to reach people, set up and ready to send. */
export interface Channel {
  readonly name: ChannelName;
  /** How many messages it can send at once; three times as many more where the other side takes its time. */
  readonly width: number;
  /** Tries the connection and the sign-in, sends nothing. Never throws. */
  check(): Promise<SendOutcome>;
  /**
   * Sends one message to one recipient. Never throws. Only `sent` and `unconfirmed` are said of what may have arrived;
   * the key lets mail programs tell a second copy.
   *
   * @param signal Breaks off, if it is not too late, when somebody else has taken the message over.
   */
  send(message: Message, signal?: AbortSignal): Promise<SendOutcome>;
  /** Only of channels whose `linking` is `code-to-bot`. */
  readonly bot?: ChannelBot;
  /** Only where the service lets people show who they are by signing in there, and it is set up. */
  readonly signIn?: ChannelSignIn | undefined;
  /** Ends idle connections; a message on its way is finished. Idempotent. */
  close(): void;
}

/** What somebody wrote to the bot, in a chat that nobody else reads. */
export interface ReceivedMessage {
  /** The numeric or full id of who wrote: what a contact of this channel has as its address. Never a display name. */
  readonly address: string;
  /** Without the service's own command in front; empty where somebody only opened the chat. */
  readonly text: string;
  /** They wrote, or wanted to, where the bot can read nothing; the answer stands where it can. @default false */
  readonly isFromUnreadable?: true;
}

/** The side of a chat channel that people write to. */
export interface ChannelBot {
  /**
   * Where a person finds it.
   *
   * @param code Is sent by opening `url`, where the service can do that.
   * @returns `url` undefined where the service has no such address.
   * @throws {Error} with one sentence, when the service cannot be asked what the bot is called.
   */
  where(code: string): Promise<{ readonly name: string; readonly url: string | undefined }>;
  /**
   * Receives what people write, until the channel is closed; what is written in groups is left out. Never throws; a service
   * that cannot be reached is tried again, with pauses.
   *
   * @param answer What the bot says to it, in plain text; undefined: nothing.
   * @param until Ends receiving before the channel is closed, which still sends what is under way. @default when it is closed
   */
  receive(answer: (message: ReceivedMessage) => Promise<string | undefined>, until?: AbortSignal): void;
}

/** Signing in at the service, which then says who it was: another way to prove an address than a code. */
export interface ChannelSignIn {
  /** Where the browser is led; it comes back to `PUBLIC_URL/gatehouse/connect` with a code and with this state. */
  address(state: string): string;
  /**
   * Asks the service whose code it is. Never throws. `refused`: it knows no such code, or not any more; `unreachable`: it cannot
   * be asked, or does not know us. `detail` is one sentence, without the code.
   */
  whose(
    code: string,
  ): Promise<
    | { readonly kind: 'known'; readonly address: string }
    | { readonly kind: 'refused' | 'unreachable'; readonly detail: string }
  >;
}

/**
 * How a person proves that an address is theirs. `code-to-person`: types the code that was sent there. `code-to-bot`: sends
 * the code to the bot, which so learns the address.
 */
export type ChannelLinking = 'code-to-person' | 'code-to-bot';

/** What Gatehouse knows of a channel before it is set up. */
export interface ChannelDefinition {
  readonly name: ChannelName;
  /** The section of `config.yaml` that sets it up; without it the channel is not there. */
  readonly section: string;
  readonly linking: ChannelLinking;
  /** What people call it, in all languages: `Telegram`; undefined where it has a word of its own in each, as mail has. */
  readonly properName: string | undefined;
  /** Reads an address as it was typed; `fault` completes "The address ...". */
  readAddress(typed: string): { readonly address: string } | { readonly fault: string };
  /** What may stand in the section; the output is what `create` is given. */
  readonly options: z.ZodType;
  /**
   * Looks at files that the section names, when the configuration is loaded. Never rejects; `path` begins within the section,
   * `message` is the end of a sentence that begins with the field.
   */
  checkFiles?(
    options: unknown,
  ): Promise<readonly { readonly path: readonly string[]; readonly message: string }[]>;
  /** What `gatehouse doctor` says of its `check()`: that it works, or what to do. */
  readonly check: { readonly fine: string; readonly fix: string };
  /** Loads the channel's code, which an injector alone does not need, and makes the channel. Connects to nothing yet. */
  create(options: unknown, context: ChannelContext): Promise<Channel>;
}

/** What a channel may know besides its section. */
export interface ChannelContext {
  /** `public.url` of the config. */
  readonly publicUrl: string;
  /** For what a bot has to tell besides the outcomes of messages. @default nowhere */
  readonly log?: Pick<Log, 'info' | 'warn'>;
}

/** Defines a channel for the registry; the compiler sees to it that `create` takes what the schema gives. */
export function defineChannel<Schema extends z.ZodType>(
  definition: Omit<ChannelDefinition, 'options' | 'checkFiles' | 'create'> & {
    readonly options: Schema;
    checkFiles?(options: z.output<Schema>): ReturnType<NonNullable<ChannelDefinition['checkFiles']>>;
    create(options: z.output<Schema>, context: ChannelContext): Promise<Channel>;
  },
): ChannelDefinition {
  return definition;
}
