import { randomBytes } from 'node:crypto';
import { type Finding, messageOf } from '../doctor/finding.ts';
import type { Ending, Questions } from './questions.ts';
import type { SetUpResult } from './set-up.ts';

/** A question as a page shows it. */
export interface Asked {
  /** Names this asking of it: an answer to an earlier one counts for nothing. */
  readonly id: string;
  readonly kind: 'text' | 'secret' | 'yes';
  readonly words: string;
  /** What stands in the field; never a secret. */
  readonly value: string;
  /** Answers that have a button of their own. Of `yes` there are `yes` and `no`. */
  readonly others: readonly { readonly label: string; readonly choice: string }[];
  /** Whether an empty field keeps what there is. */
  readonly keepsEmpty: boolean;
  /** What is wrong with the last answer, a sentence. */
  readonly fault: string | undefined;
}

/** Something that was told: a line, or what was found. */
export type Told = string | Finding;

/** Where a conversation stands. */
export type Turn =
  | { readonly kind: 'asking'; readonly asked: Asked }
  /** Something is tried, or waited for. */
  | { readonly kind: 'working' }
  | { readonly kind: 'done'; readonly result: SetUpResult }
  /** It came to nothing; `says` is why, in a sentence. */
  | { readonly kind: 'failed'; readonly says: string };

/** What somebody answered. */
export interface Reply {
  /** Of the question. */
  readonly id: string;
  readonly typed: string;
  /** Of a button; undefined: what was typed counts. */
  readonly choice: string | undefined;
}

/** One run through the steps of setting up, with somebody who sees a page, answers, and comes back. */
export interface Conversation {
  readonly turn: Turn;
  /** What was told since the last answer. */
  readonly told: readonly Told[];
  /** What was told before that, the newest of it. */
  readonly toldBefore: readonly Told[];
  /** Takes an answer; false where it is none to the question that waits. */
  answer(reply: Reply): boolean;
  /** Resolves when nothing is under way any more, and after so many milliseconds at the latest; never rejects. */
  settle(withinMs: number): Promise<void>;
  /** Ends it; resolves when what was begun is made undone. Idempotent. */
  end(why?: string): Promise<void>;
}

/** Most lines that are kept, of those told before. */
const MOST_LINES = 40;

/** How long a question waits for its answer, in milliseconds: until then a new API key is kept that nobody else knows. */
export const ANSWER_WITHIN_MS = 60 * 60_000;

const YES_AND_NO = [
  { label: 'Yes', choice: 'yes' },
  { label: 'No', choice: 'no' },
];

/**
 * Begins one. Nothing of it is on disk: when the program ends, it is as if it had never been.
 *
 * @param steps Takes the steps, as `setUp` does.
 * @param withinMs As {@link ANSWER_WITHIN_MS}.
 */
export function beginConversation(
  steps: (questions: Questions, ending: Ending) => Promise<SetUpResult>,
  withinMs: number = ANSWER_WITHIN_MS,
): Conversation {
  const told: Told[] = [];
  let toldAtAnswer = 0;
  let turn: Turn = { kind: 'working' };
  const settling = new Set<() => void>();
  let waiting: ((reply: Reply) => void) | undefined;
  const control = new AbortController();
  const { signal } = control;

  function settleOn(next: Turn): void {
    turn = next;
    for (const settled of settling) settled();
  }

  /** Asks once. */
  async function ask(about: Omit<Asked, 'id'>): Promise<Reply> {
    signal.throwIfAborted();
    const asked = { ...about, id: randomBytes(9).toString('base64url') };
    const { promise, resolve, reject } = Promise.withResolvers<Reply>();
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort);
    const timer = setTimeout(() => void end(TOO_LATE), withinMs).unref();
    waiting = (reply) => reply.id === asked.id && resolve(reply);
    settleOn({ kind: 'asking', asked });
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      waiting = undefined;
      turn = { kind: 'working' };
    }
  }

  /** Asks until `read` finds no fault with an answer. */
  async function askUntil<T>(
    about: Omit<Asked, 'id' | 'fault'>,
    read: (reply: Reply) => Promise<{ readonly answer: T } | { readonly fault: string }>,
  ): Promise<T> {
    let now: Omit<Asked, 'id'> = { ...about, fault: undefined };
    for (;;) {
      const reply = await ask(now);
      const read_ = await read(reply);
      if ('answer' in read_) {
        toldAtAnswer = told.length;
        return read_.answer;
      }
      const value = about.kind === 'text' && reply.choice === undefined ? reply.typed : now.value;
      now = { ...about, value, fault: read_.fault };
    }
  }

  const questions: Questions = {
    isAsking: true,
    tell: (line) => void told.push(line),
    tellFinding: (finding) => void told.push(finding),
    async text({ words, fallback = '', others = [], check = () => undefined }) {
      const buttons = others.map(({ means }, index) => ({ label: means, choice: String(index) }));
      // What has a button of its own stands in no field.
      const value = others.some(({ answer }) => answer === fallback) ? '' : fallback;
      const about = { kind: 'text', words, value, others: buttons, keepsEmpty: false } as const;
      return await askUntil(about, async ({ typed, choice }) => {
        const other = choice === undefined ? undefined : others[Number(choice)];
        const answer = other?.answer ?? typed.trim();
        if (answer === '' && other === undefined) return { fault: 'Nothing is typed here yet.' };
        const fault = await check(answer);
        return fault === undefined ? { answer } : { fault };
      });
    },
    async yes({ words }) {
      const about = { kind: 'yes', words, value: '', others: YES_AND_NO, keepsEmpty: false } as const;
      return await askUntil(about, async ({ choice }) => ({ answer: choice === 'yes' }));
    },
    async secret({ words, fallback }) {
      const keepsEmpty = fallback !== undefined;
      const about = { kind: 'secret', words, value: '', others: [], keepsEmpty } as const;
      return await askUntil(about, async ({ typed }) => {
        const answer = typed === '' ? fallback : typed;
        return answer === undefined ? { fault: 'Nothing is typed here yet.' } : { answer };
      });
    },
  };

  const ending: Ending = {
    signal,
    unbroken: (work) => work(),
    async untilEnded(work) {
      // Every question of an ended conversation is refused, so that the work comes to its end soon, and nothing is begun behind our back.
      const result = await work();
      signal.throwIfAborted();
      return result;
    },
  };

  const finished = steps(questions, ending).then(
    (result) => settleOn({ kind: 'done', result }),
    (error: unknown) => settleOn({ kind: 'failed', says: messageOf(error) }),
  );

  async function end(why = 'It was ended; nothing was written.'): Promise<void> {
    control.abort(new Error(why));
    await finished;
  }

  return {
    get turn() {
      return turn;
    },
    get told() {
      return told.slice(toldAtAnswer);
    },
    get toldBefore() {
      return told.slice(0, toldAtAnswer).slice(-MOST_LINES);
    },
    answer(reply) {
      const take = waiting;
      if (take === undefined || turn.kind !== 'asking' || turn.asked.id !== reply.id) return false;
      take(reply);
      // At once, so that a second click finds nothing to answer.
      waiting = undefined;
      turn = { kind: 'working' };
      return true;
    },
    async settle(ms) {
      if (turn.kind !== 'working') return;
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, ms);
      settling.add(resolve);
      await promise;
      clearTimeout(timer);
      settling.delete(resolve);
    },
    end,
  };
}

const TOO_LATE = 'Nothing was answered for an hour, so all of it was made undone; nothing was written.';
