import type { Words } from '../words.ts';
import type { SpentLinkWords } from './en.ts';

// Read by a native speaker: no.

/** What is said of the link that undoes a change. */
export const undoEnds: SpentLinkWords = {
  unknown: {
    title: 'Це посилання не працює',
    sentences: [
      'Цей сервер не знає його або більше не знає. Увійдіть до «Мого облікового запису», щоб побачити, як із вами зв’язатися.',
    ],
  },
  expired: {
    title: 'Скасувати це тут уже пізно',
    sentences: [
      'Посилання діяло один день. Увійдіть до «Мого облікового запису» та змініть там, як із вами зв’язатися.',
    ],
  },
  used: {
    title: 'Це вже скасовано',
    sentences: [
      'Посилання діє один раз. Увійдіть до «Мого облікового запису», щоб побачити, як із вами зв’язатися.',
    ],
  },
  broken: {
    title: 'Посилання неповне',
    sentences: [
      'Частина його загубилася дорогою. Скопіюйте посилання з повідомлення цілком, до самого кінця.',
    ],
  },
  missing: {
    title: 'Відкрийте посилання з повідомлення',
    sentences: ['Зміну скасовують за посиланням із повідомлення, у якому про неї йдеться.'],
  },
};

/** What is said of an invitation. */
export const invitationEnds: SpentLinkWords = {
  unknown: {
    title: 'Це запрошення не працює',
    sentences: ['Цей сервер не знає його або більше не знає. Попросіть нове в того, хто керує сервером.'],
  },
  expired: {
    title: 'Термін дії цього запрошення минув',
    sentences: ['Запрошення діє кілька днів. Попросіть нове в того, хто керує сервером.'],
  },
  used: {
    title: 'Це запрошення вже використано',
    sentences: [
      'Воно діє один раз. Якщо це були не ви, повідомте того, хто керує сервером.',
      'Змінити, як із вами зв’язатися, можна будь-коли: увійдіть до «Мого облікового запису».',
    ],
  },
  broken: {
    title: 'Запрошення неповне',
    sentences: ['Частина посилання загубилася дорогою. Скопіюйте посилання цілком, до самого кінця.'],
  },
  missing: {
    title: 'Відкрийте посилання зі свого запрошення',
    sentences: ['Цій сторінці потрібне посилання, яке вам дав той, хто керує сервером.'],
  },
};

const over: Words = {
  title: 'Це посилання більше не працює',
  sentences: [
    'Воно діє тиждень і лише доки адреса не змінилася. Якщо хочете отримувати повідомлення тут, зверніться до власника сервера.',
  ],
};

/** What is said of the link of "is this you?". */
export const confirmationEnds: SpentLinkWords = {
  unknown: over,
  expired: over,
  used: { title: 'На це вже відповіли', sentences: undoEnds.used.sentences },
  broken: undoEnds.broken,
  missing: {
    title: undoEnds.missing.title,
    sentences: ['Цій сторінці потрібне посилання з повідомлення, яке вам надійшло.'],
  },
};

/** What whoever can be reached from now on is told. */
export const invitationDone: Words = {
  title: 'Це все',
  sentences: [
    'Відтепер, якщо ви забудете пароль, ви отримаєте повідомлення, за допомогою якого виберете новий.',
  ],
};
