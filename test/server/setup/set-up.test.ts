import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createQuestions } from '../../../server/commands/init-questions.ts';
import { createLogger } from '../../../server/log/log.ts';
import { readConfiguration } from '../../../server/program/configuration.ts';
import { beginConversation } from '../../../server/setup/conversation.ts';
import type { Ending, Question, Questions } from '../../../server/setup/questions.ts';
import { type SetUpResult, setUp } from '../../../server/setup/set-up.ts';
import { createFakeJellyfin } from '../../jellyfin/fake-jellyfin.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';

import { createSmtpInbox } from '../../support/mail/smtp-inbox.ts';

/** What is answered to each question, by its first words; a button of the page by the number it has. */
type Script = (words: string) => { readonly typed: string; readonly choice?: string };

type Steps = (questions: Questions, ending: Ending) => Promise<SetUpResult>;

/** Each way to ask: leads the steps through it, with a person who answers by the script. */
const MEDIA: readonly (readonly [
  name: string,
  lead: (steps: Steps, script: Script) => Promise<SetUpResult>,
])[] = [
  [
    'a terminal',
    (steps, script) => {
      const [input, output] = [new PassThrough(), new PassThrough()];
      output.resume();
      const questions = createQuestions({ input, output }, true, false);
      const typing = watched(questions, ({ words }) => void input.write(`${script(words).typed}\n`));
      return steps(typing, { unbroken: (work) => work(), untilEnded: (work) => work() });
    },
  ],
  [
    'a page',
    async (steps, script) => {
      const conversation = beginConversation(steps);
      for (;;) {
        await vi.waitFor(() => expect(conversation.turn.kind).not.toBe('working'), 30_000);
        const { turn } = conversation;
        if (turn.kind === 'done') return turn.result;
        if (turn.kind !== 'asking') throw new Error(JSON.stringify(turn));
        expect(turn.asked.fault).toBeUndefined();
        const { typed, choice } = script(turn.asked.words);
        conversation.answer({ id: turn.asked.id, typed, choice });
      }
    },
  ],
];

/** Calls somebody before each question is asked. */
function watched(questions: Questions, before: (question: Question) => void): Questions {
  const telling =
    <Asked extends Question, Answer>(ask: (question: Asked) => Promise<Answer>) =>
    (question: Asked) => {
      before(question);
      return ask(question);
    };
  return {
    ...questions,
    text: telling(questions.text),
    yes: telling(questions.yes),
    secret: telling(questions.secret),
  };
}

/** How many questions each run has. Mail and the address are asked about again where they do not go together. */
const QUESTIONS = { 'with mail': 10, 'without a key': 3, 'with an address that leads nowhere, first': 14 };

/** A run from an empty folder to the end; answers what was asked, what was written and what came of it. */
async function run(lead: (typeof MEDIA)[number][1], how: keyof typeof QUESTIONS) {
  const jellyfin = await createFakeJellyfin({ version: '10.11.11' });
  onTestFinished(() => jellyfin.close());
  const inbox = await createSmtpInbox();
  onTestFinished(() => inbox.close());
  const file = join(await tempFolder(), 'config.yaml');
  const asked: string[] = [];
  const withKey = how !== 'without a key';
  const nowhere = how === 'with mail' ? [] : ['http://localhost:8097/films'];
  const answers: [string, Awaited<ReturnType<Script>>][] = [
    ['Address of Jellyfin', { typed: jellyfin.url }],
    ['User name of an administrator', withKey ? { typed: 'admin' } : { typed: 'none', choice: '1' }],
    ['Password of admin', { typed: 'admin-pw-1' }],
    ["Jellyfin's data folder", { typed: 'none', choice: '0' }],
    ['Address of Gatehouse', { typed: '192.0.2.7' }],
    ['Restart Jellyfin', { typed: 'no', choice: 'no' }],
    ['Mail provider', { typed: inbox.url }],
    ['Mail user name', { typed: '', choice: '0' }],
    ['Sender of mails', { typed: 'Films <films@example.org>' }],
    ['Address by which', { typed: 'https://media.example.org' }],
    ['Your own mail address', { typed: 'ada@example.org' }],
  ];
  const result = await lead(
    (questions, ending) =>
      setUp({
        ...{
          file,
          said: {},
          environment: {},
          webFolder: '',
          log: createLogger('silent'),
          by: 'test',
          ending,
        },
        questions: watched(questions, ({ words }) => void asked.push(words)),
        read: (path) => readConfiguration(path),
      }),
    (words) => {
      const first = words.startsWith('Address by which') ? nowhere.pop() : undefined;
      const known = answers.find(([begin]) => words.startsWith(begin))?.[1];
      return first === undefined ? (known ?? { typed: 'not in the script' }) : { typed: first };
    },
  );
  const text = (await readFile(file, 'utf8'))
    .replace(/apiKey: \w{32}/, 'apiKey: KEY')
    .replace(jellyfin.url, 'JELLYFIN')
    .replace(inbox.url, 'MAIL');
  const notes = [...result.done, ...result.todo].map((note) => note.replace(file, 'FILE'));
  return { asked, text, notes, mails: inbox.messages.map(({ to }) => to) };
}

describe('setting up', () => {
  it.each(Object.keys(QUESTIONS) as (keyof typeof QUESTIONS)[])(
    'leads through the same steps, to the same end, on a terminal and on a page: %s',
    async (how) => {
      const runs: Awaited<ReturnType<typeof run>>[] = [];
      for (const [, lead] of MEDIA) runs.push(await run(lead, how));
      expect(runs[1]).toEqual(runs[0]);
      expect(runs[0]?.asked.length).toBe(QUESTIONS[how]);
      expect(runs[0]?.mails).toEqual(how === 'without a key' ? [] : ['ada@example.org']);
    },
    120_000,
  );
});
