import type { Language } from '../../injector/kit/translations.ts';
import type { ChannelName } from './contacts.ts';
import type { MessageCount, MessageLimit } from './message-bounds.ts';
import type { MessageKind } from './message-kinds.ts';
import type { Route } from './message-route.ts';

/**
 * Where somebody can ask: Jellyfin's form and the account page (user name or mail address), or Jellyfin itself, past
 * Gatehouse, whose PIN file tells the name.
 */
export const REQUEST_SOURCES = ['form', 'account-page', 'pin-file'] as const;

/** Where somebody asked. */
export type RequestSource = (typeof REQUEST_SOURCES)[number];

/**
 * A queue of its own with its own pace: requests to be resolved, or one channel's messages. A queue that cannot
 * move (mail server down) holds up no other.
 */
export type QueueName = typeof REQUEST_QUEUE | ChannelName;

/** The queue of requests; no channel has that name. */
export const REQUEST_QUEUE = 'asked';

/** What every row has. */
interface RowState {
  readonly id: number;
  readonly createdAt: number;
  /** When it was created, or resent by hand: what the time after which it is given up counts from. */
  readonly waitingSince: number;
  /** How often it was claimed, this time included; a try that ended in a crash counts too. */
  readonly tries: number;
}

/** A request that waits to be resolved. */
export interface RequestRow extends RowState {
  readonly queue: typeof REQUEST_QUEUE;
  /** As typed; a user name, or from the account page a mail address. Forgotten when the row ends. */
  readonly enteredName: string;
  readonly source: RequestSource;
  readonly language: Language;
  /** Forgotten when the row ends. */
  readonly clientAddress: string;
}

/**
 * A message to one contact that waits to be sent. No address and no token: the one is looked up when it is sent, the
 * other made then.
 */
export interface MessageRow extends RowState {
  /** The channel it goes out on. */
  readonly queue: ChannelName;
  /** Whom it is for: that contact of the account, and no other it may have later. Undefined: there was none to name. */
  readonly contactId: string | undefined;
  readonly kind: MessageKind;
  readonly userId: string;
  readonly userName: string;
  readonly language: Language;
  /** Stays the same over all tries; becomes the Message-ID. */
  readonly key: string;
  /** Which of its secrets the message carries: rises after a try that surely did not arrive, and when it is resent. */
  readonly secretVersion: number;
  /** The same for all messages of one request to one account, which count as one; undefined: it is the only one. */
  readonly requestKey: string | undefined;
  /** Undefined: it goes to its contact or to nobody. */
  readonly route: Route | undefined;
  /** Whether a try was unconfirmed: then it goes to no other contact, which might get a second copy. */
  readonly mayHaveArrived: boolean;
}

/** A row of the outbox: what waits. */
export type OutboxRow = RequestRow | MessageRow;

/** A request before the store has it. */
export type NewRequest = Omit<RequestRow, keyof RowState | 'queue'>;

/** A message before the store has it. */
export type NewMessage = Omit<
  MessageRow,
  keyof RowState | 'secretVersion' | 'requestKey' | 'route' | 'mayHaveArrived'
> & {
  /** @default undefined */
  readonly requestKey?: string | undefined;
  /** @default undefined */
  readonly route?: Route | undefined;
};

/** What the messages of a request are held to. */
export interface MessageBounds {
  readonly perAccount: readonly MessageLimit[];
  /** From when on messages of an account count, by its id, where somebody had them counted anew. @default from ever on */
  readonly countedFrom?: ReadonlyMap<string, number>;
  /** What one message counts towards besides its account. @default nothing */
  readonly countsOf?: (message: NewMessage) => readonly MessageCount[];
  /** What all messages count towards. */
  readonly ceiling?: MessageCount;
}

/** Where a message goes next. */
export interface NextStep {
  readonly queue: ChannelName;
  readonly contactId: string;
  readonly route: Route;
  /** Whether there is a further contact behind that one, so that the message need not wait for its queue. */
  readonly hasNext: boolean;
  readonly dueAt: number;
  /** Of the pause before it: `stalled` ends as soon as that queue moves again. */
  readonly cause: Exclude<DelayCause, 'unconfirmed'>;
}

/** Whether a row is a request, and not a message. */
export function isRequest(row: OutboxRow): row is RequestRow {
  return row.queue === REQUEST_QUEUE;
}

/**
 * Why a row is put off. `refused`: this row, for now. `stalled`: the queue as a whole cannot move. `unconfirmed`: it may
 * have been sent, so the next try carries the same secret and is not called forward.
 */
export type DelayCause = 'refused' | 'stalled' | 'unconfirmed';

/** How a row can end. `dropped`: nothing was to be sent (see reason). `dead`: it could not be. */
export type EndState = 'done' | 'sent' | 'dropped' | 'dead';

/** A row that was given up. */
export interface DeadLetter {
  readonly id: number;
  readonly queue: QueueName;
  /** Undefined for a request, which had no account yet. */
  readonly message:
    | { readonly kind: MessageKind; readonly userId: string; readonly userName: string }
    | undefined;
  readonly createdAt: number;
  readonly endedAt: number;
  readonly tries: number;
  readonly reason: string | undefined;
}

/** Who holds a row: the name of one running process's outbox. */
export interface Holder {
  readonly id: number;
  readonly owner: string;
}

/**
 * Rows of durable work. A row waits until it is due, is claimed with a lease, and is ended or put off by whoever
 * holds it. Of a process that dies, the lease runs out and others take the row. All times in ms since 1970.
 * Every method rejects with a StorageError when the storage fails.
 */
export interface OutboxStore {
  /**
   * Takes a request down; on disk when it resolves. Answers its id, or undefined when `maxWaiting` requests
   * already wait (a flood shall not fill the disk).
   */
  addRequest(request: NewRequest, now: number, maxWaiting: number): Promise<number | undefined>;
  /** Adds a message outside any limit (notices). */
  addMessage(message: NewMessage, now: number): Promise<number>;
  /**
   * Claims up to `count` due rows of a queue for `leaseMs`; no row is held by two owners at once.
   *
   * @param mayTakeOver Whether rows whose lease is over are claimed too; default true. False while the clock has just
   * jumped, and a lease may look over that is kept.
   */
  claim(
    queue: QueueName,
    owner: string,
    now: number,
    leaseMs: number,
    count: number,
    mayTakeOver?: boolean,
  ): Promise<readonly OutboxRow[]>;
  /**
   * Sets right what the clock left behind when it was set back: a row due later than `delayMs` from now (`unconfirmedMs`
   * for one that may have been sent) is due now, a lease longer than `leaseMs` is void, a row that waits since a time to
   * come waits since now. Answers how many rows.
   */
  correctClockJump(
    queue: QueueName,
    now: number,
    longest: { readonly delayMs: number; readonly unconfirmedMs: number; readonly leaseMs: number },
  ): Promise<number>;
  /** Keeps a held row until `until`. Answers false when it is held no longer. */
  renew(holder: Holder, until: number): Promise<boolean>;
  /**
   * Ends a held request, stores its messages and counts them, in one step; what was typed is forgotten. A message is left
   * out when its account had as many messages that were asked for (`ASKED_MESSAGE_KINDS`; those with one `requestKey`
   * are one) as one of the limits allows, or one of its counts has no room. All processes together keep to them.
   *
   * @returns the messages stored; `full` when the ceiling has no room for the first of them (the others go with it), and then
   * nothing was changed; undefined when the row is held no longer (somebody else did it).
   */
  resolve(
    holder: Holder,
    messages: readonly NewMessage[],
    bounds: MessageBounds,
    now: number,
  ): Promise<readonly NewMessage[] | 'full' | undefined>;
  /** Ends a held row, what was typed is forgotten. Answers false when it is held no longer. */
  end(holder: Holder, state: EndState, reason: string | undefined, now: number): Promise<boolean>;
  /** Puts a held row off until `dueAt`. */
  delay(holder: Holder, dueAt: number, reason: string, cause: DelayCause): Promise<boolean>;
  /**
   * Claims up to `count` messages of a queue as `claim` does, but only those that can go to a further contact and were due
   * by `dueBy`: for a queue that does not move.
   */
  claimToPassOn(
    queue: QueueName,
    owner: string,
    now: number,
    leaseMs: number,
    which: { readonly count: number; readonly dueBy: number },
  ): Promise<readonly MessageRow[]>;
  /**
   * Takes a held message to the queue of another of its contacts, with a new secret. It is the same row, so a process that
   * dies leaves it in one of the two queues, and never in both. Answers false when it is held no longer.
   */
  moveOn(holder: Holder, next: NextStep, reason: string): Promise<boolean>;
  /** Makes a queue's stalled rows due now: what was in their way is gone. Answers how many. */
  hasten(queue: QueueName, now: number): Promise<number>;
  /** When the next row of a queue can be claimed; undefined when none waits. */
  nextAt(queue: QueueName): Promise<number | undefined>;
  /** The queues in which something waits. */
  waitingQueues(): Promise<readonly QueueName[]>;
  /** Gives up what waits in a queue, but for rows that somebody holds; what was typed is forgotten. Answers how many. */
  giveUp(queue: QueueName, reason: string, now: number): Promise<number>;
  /** The rows that were given up, newest first. */
  listDead(limit: number): Promise<readonly DeadLetter[]>;
  /**
   * Makes a dead message wait again, due now, with its key, a new secret and its tries counted anew: for the contact the account has
   * now on its channel, since a wrong address is what an administrator mends before. Answers false for any other row,
   * and for a dead request: what was typed is forgotten.
   */
  resend(id: number, now: number): Promise<boolean>;
  /** Puts a dead row away for good: it is `dropped`, listed no more, and goes with the old rows. Answers false for any other row. */
  dropDead(id: number, now: number): Promise<boolean>;
  /** How many messages that were asked for ({@link ASKED_MESSAGE_KINDS}) an account has of a time, whatever became of them. */
  countAsked(userId: string, time: Pick<MessageLimit, 'since' | 'until'>): Promise<number>;
  /** When the row that has waited longest was created, campaigns aside; undefined when none waits. */
  oldestAt(): Promise<number | undefined>;
  /** How many rows wait, those of a campaign aside whose turn has not come, and how many were given up; costs nothing to speak of, however many there are of others. */
  countOpen(): Promise<{ readonly waiting: number; readonly dead: number }>;
  /** How many rows there are in each state. Reads all of them: nothing to ask often. */
  count(): Promise<Readonly<Record<EndState | 'waiting', number>>>;
}
