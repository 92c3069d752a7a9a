import { describe, expect, it, vi } from 'vitest';
import { type Asked, beginConversation, type Conversation } from '../../../server/setup/conversation.ts';
import type { Ending, Questions } from '../../../server/setup/questions.ts';
import type { SetUpResult } from '../../../server/setup/set-up.ts';

const WELL: SetUpResult = { done: ['all'], todo: [], findings: [], doesMailWork: undefined };
const NAME = { words: 'Name', flag: '--name', given: undefined };

/** Begins one with these steps; `heard` is what they got. */
function begin(
  steps: (questions: Questions, ending: Ending, heard: unknown[]) => Promise<void>,
  withinMs?: number,
) {
  const heard: unknown[] = [];
  const conversation = beginConversation(async (questions, ending) => {
    await steps(questions, ending, heard);
    return WELL;
  }, withinMs);
  return { conversation, heard };
}

/** Waits for a question. */
async function asked(conversation: Conversation): Promise<Asked> {
  return await vi.waitFor(() => {
    const { turn } = conversation;
    if (turn.kind !== 'asking') throw new Error(`it is ${turn.kind}`);
    return turn.asked;
  });
}

async function say(conversation: Conversation, typed: string, choice?: string): Promise<void> {
  const { id } = await asked(conversation);
  expect(conversation.answer({ id, typed, choice })).toBe(true);
}

describe('a conversation', () => {
  it('asks until an answer has no fault, and shows the last one with it', async () => {
    const { conversation, heard } = begin(async (questions, _ending, got) => {
      const check = async (text: string) => (text === 'Ada' ? undefined : `${text} is nobody.`);
      got.push(await questions.text({ ...NAME, fallback: 'Eve', check }));
    });
    expect(await asked(conversation)).toMatchObject({ kind: 'text', value: 'Eve', fault: undefined });
    await say(conversation, ' Bob ');
    expect(await asked(conversation)).toMatchObject({ value: ' Bob ', fault: 'Bob is nobody.' });
    await say(conversation, '  ');
    expect((await asked(conversation)).fault).toBe('Nothing is typed here yet.');
    await say(conversation, 'Ada ');
    await vi.waitFor(() => expect(conversation.turn).toEqual({ kind: 'done', result: WELL }));
    expect(heard).toEqual(['Ada']);
  });

  it('has a button for each answer that stands for itself, and does not write it into the field', async () => {
    const others = [
      { answer: '', means: 'nothing' },
      { answer: 'none', means: 'nobody' },
    ];
    const { conversation, heard } = begin(async (questions, _ending, got) => {
      got.push(await questions.text({ ...NAME, fallback: 'none', others }));
      got.push(await questions.text({ ...NAME, fallback: '', others }));
      got.push(await questions.yes({ ...NAME, fallback: true }));
    });
    expect(await asked(conversation)).toMatchObject({
      value: '',
      others: [
        { label: 'nothing', choice: '0' },
        { label: 'nobody', choice: '1' },
      ],
    });
    await say(conversation, 'ignored', '1');
    await say(conversation, '', '0');
    expect((await asked(conversation)).kind).toBe('yes');
    await say(conversation, '', 'no');
    await vi.waitFor(() => expect(conversation.turn.kind).toBe('done'));
    expect(heard).toEqual(['none', '', false]);
  });

  it('never shows a secret again, and keeps the one there is when nothing is typed', async () => {
    const { conversation, heard } = begin(async (questions, _ending, got) => {
      const secret = { ...NAME, variable: 'NAME' };
      got.push(await questions.secret({ ...secret, fallback: undefined }));
      got.push(await questions.secret({ ...secret, fallback: 'k3pt-secret' }));
    });
    await say(conversation, '');
    expect(await asked(conversation)).toMatchObject({ kind: 'secret', value: '', keepsEmpty: false });
    await say(conversation, ' n3w secret ');
    const second = await asked(conversation);
    expect(second).toMatchObject({ keepsEmpty: true, value: '' });
    expect(JSON.stringify([conversation.turn, conversation.told, conversation.toldBefore])).not.toMatch(
      /k3pt|n3w/,
    );
    await say(conversation, '');
    await vi.waitFor(() => expect(conversation.turn.kind).toBe('done'));
    expect(heard).toEqual([' n3w secret ', 'k3pt-secret']);
  });

  it('takes one answer to a question, and none to another one', async () => {
    const { conversation, heard } = begin(async (questions, _ending, got) => {
      got.push(await questions.text({ ...NAME, fallback: undefined }));
      got.push(await questions.text({ ...NAME, fallback: undefined }));
    });
    const { id } = await asked(conversation);
    const reply = { id, typed: 'one', choice: undefined };
    expect([conversation.answer(reply), conversation.answer({ ...reply, typed: 'two' })]).toEqual([
      true,
      false,
    ]);
    await asked(conversation);
    expect(conversation.answer({ ...reply, typed: 'two' })).toBe(false);
    await say(conversation, 'three');
    await vi.waitFor(() => expect(heard).toEqual(['one', 'three']));
  });

  it('tells what is new since the last answer apart from what was told before', async () => {
    const { conversation } = begin(async (questions) => {
      questions.tell('a');
      await questions.text({ ...NAME, fallback: 'x' });
      questions.tell('b');
      await questions.text({ ...NAME, fallback: 'x' });
    });
    await say(conversation, 'x');
    await asked(conversation);
    await vi.waitFor(() => expect(conversation.told).toEqual(['b']));
    expect(conversation.toldBefore).toEqual(['a']);
  });

  it('ends at once where it asks, only after the work where something is under way, and lets nothing be asked afterwards', async () => {
    const waiting = begin(async (questions) => void (await questions.text({ ...NAME, fallback: 'x' })));
    await asked(waiting.conversation);
    await waiting.conversation.end('because');
    expect(waiting.conversation.turn).toEqual({ kind: 'failed', says: 'because' });

    const { promise, resolve } = Promise.withResolvers<void>();
    const working = begin(async (questions, ending, got) => {
      await ending.untilEnded(async () => {
        await promise;
        got.push('worked');
      });
      got.push(await questions.text({ ...NAME, fallback: 'x' }));
    });
    const ended = working.conversation.end();
    resolve();
    await ended;
    expect(working.heard).toEqual(['worked']);
    expect(working.conversation.turn.kind).toBe('failed');
  });

  it('ends by itself where nobody answers, and says so', async () => {
    const { conversation } = begin(async (questions) => {
      await questions.text({ ...NAME, fallback: 'x' });
    }, 1);
    await vi.waitFor(() => expect(conversation.turn.kind).toBe('failed'));
    expect(conversation.turn).toMatchObject({
      says: expect.stringContaining('Nothing was answered for an hour'),
    });
  });

  it('tells whoever waits as soon as nothing is under way, and at the latest when the time is up', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { conversation } = begin(async (questions) => {
      await promise;
      await questions.text({ ...NAME, fallback: 'x' });
    });
    await conversation.settle(1);
    expect(conversation.turn.kind).toBe('working');
    const settled = conversation.settle(2 ** 30);
    resolve();
    await settled;
    expect(conversation.turn.kind).toBe('asking');
    await conversation.settle(2 ** 30);
  });

  it('says why it came to nothing', async () => {
    const { conversation } = begin(async () => {
      throw new Error('the disk is full');
    });
    await vi.waitFor(() => expect(conversation.turn).toEqual({ kind: 'failed', says: 'the disk is full' }));
  });
});
