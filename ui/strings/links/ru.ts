import type { Words } from '../words.ts';
import type { SpentLinkWords } from './en.ts';

// Read by a native speaker: no.

/** What is said of the link that undoes a change. */
export const undoEnds: SpentLinkWords = {
  unknown: {
    title: 'Эта ссылка не работает',
    sentences: [
      'Этот сервер не знает её или больше не знает. Войдите в «Мою учётную запись», чтобы увидеть, как с вами связаться.',
    ],
  },
  expired: {
    title: 'Отменить это здесь уже поздно',
    sentences: [
      'Ссылка действовала один день. Войдите в «Мою учётную запись» и измените там, как с вами связаться.',
    ],
  },
  used: {
    title: 'Это уже отменено',
    sentences: [
      'Ссылка работает один раз. Войдите в «Мою учётную запись», чтобы увидеть, как с вами связаться.',
    ],
  },
  broken: {
    title: 'Ссылка неполная',
    sentences: ['Часть её потерялась по пути. Скопируйте ссылку из сообщения целиком, до самого конца.'],
  },
  missing: {
    title: 'Откройте ссылку из сообщения',
    sentences: ['Изменение отменяют по ссылке из сообщения, в котором о нём говорится.'],
  },
};

/** What is said of an invitation. */
export const invitationEnds: SpentLinkWords = {
  unknown: {
    title: 'Это приглашение не работает',
    sentences: [
      'Этот сервер не знает его или больше не знает. Попросите новое у того, кто управляет сервером.',
    ],
  },
  expired: {
    title: 'Срок действия этого приглашения истёк',
    sentences: ['Приглашение действует несколько дней. Попросите новое у того, кто управляет сервером.'],
  },
  used: {
    title: 'Это приглашение уже использовано',
    sentences: [
      'Оно работает один раз. Если это были не вы, сообщите тому, кто управляет сервером.',
      'Изменить, как с вами связаться, можно в любое время: войдите в «Мою учётную запись».',
    ],
  },
  broken: {
    title: 'Приглашение неполное',
    sentences: ['Часть ссылки потерялась по пути. Скопируйте ссылку целиком, до самого конца.'],
  },
  missing: {
    title: 'Откройте ссылку из своего приглашения',
    sentences: ['Этой странице нужна ссылка, которую вам дал тот, кто управляет сервером.'],
  },
};

const over: Words = {
  title: 'Эта ссылка больше не работает',
  sentences: [
    'Она действует неделю и только пока адрес не изменился. Если хотите получать сообщения здесь, обратитесь к владельцу сервера.',
  ],
};

/** What is said of the link of "is this you?". */
export const confirmationEnds: SpentLinkWords = {
  unknown: over,
  expired: over,
  used: { title: 'На это уже ответили', sentences: undoEnds.used.sentences },
  broken: undoEnds.broken,
  missing: {
    title: undoEnds.missing.title,
    sentences: ['Этой странице нужна ссылка из сообщения, которое вам пришло.'],
  },
};

/** What whoever can be reached from now on is told. */
export const invitationDone: Words = {
  title: 'Это всё',
  sentences: ['Теперь, если вы забудете пароль, вы получите сообщение, с помощью которого выберете новый.'],
};
