import type { z } from 'zod';
import type { ChannelName, Contact } from './contacts.ts';

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
}

/** How sending ended. `detail` is one sentence with the fix where one is known; no secret, no whole address. */
export type SendOutcome =
  | { readonly kind: 'sent' }
  /** Refused for good: this message will never go to this recipient. */
  | { readonly kind: 'permanent'; readonly detail: string }
  /** Refused for now, this message only. */
  | { readonly kind: 'temporary'; readonly detail: string }
  /**
   * The channel as a whole does not work now; other messages would fare the same. `isAboutTrust`: the other side was
   * reached, and its certificate not trusted.
   */
  | { readonly kind: 'unreachable'; readonly detail: string; readonly isAboutTrust?: true }
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
  /** Ends idle connections; a message on its way is finished. Idempotent. */
  close(): void;
}

/** What Gatehouse knows of a channel before it is set up. */
export interface ChannelDefinition {
  readonly name: ChannelName;
  /** The section of `config.yaml` that sets it up; without it the channel is not there. */
  readonly section: string;
  /** What may stand in the section; the output is what `create` is given. */
  readonly options: z.ZodType;
  /** What `gatehouse doctor` says of its `check()`: that it works, or what to do. */
  readonly check: { readonly fine: string; readonly fix: string };
  /** Loads the channel's code, which an injector alone does not need, and makes the channel. Connects to nothing yet. */
  create(options: unknown, context: ChannelContext): Promise<Channel>;
}

/** What a channel may know besides its section. */
export interface ChannelContext {
  /** `public.url` of the config. */
  readonly publicUrl: string;
}

/** Defines a channel for the registry; the compiler sees to it that `create` takes what the schema gives. */
export function defineChannel<Schema extends z.ZodType>(
  definition: Omit<ChannelDefinition, 'options' | 'create'> & {
    readonly options: Schema;
    create(options: z.output<Schema>, context: ChannelContext): Promise<Channel>;
  },
): ChannelDefinition {
  return definition;
}
