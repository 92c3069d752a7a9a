import type { Words } from '../words.ts';
import type { SpentLinkWords } from './en.ts';

// Read by a native speaker: no.

/** What is said of the link that undoes a change. */
export const undoEnds: SpentLinkWords = {
  unknown: {
    title: '此連結無效',
    sentences: ['此伺服器不認識此連結，或已不再認識。請登入“我的帳號”查看您的聯絡方式。'],
  },
  expired: {
    title: '現在在此復原已經太晚',
    sentences: ['連結的有效期限為一天。請登入“我的帳號”，在那裡變更聯絡方式。'],
  },
  used: { title: '此變更已復原過', sentences: ['連結只能使用一次。請登入“我的帳號”查看您的聯絡方式。'] },
  broken: { title: '連結不完整', sentences: ['途中遺失了一部分。請從訊息中複製完整的連結，直到結尾。'] },
  missing: { title: '請開啟訊息中的連結', sentences: ['要復原變更，請使用通知您該變更的訊息中的連結。'] },
};

/** What is said of an invitation. */
export const invitationEnds: SpentLinkWords = {
  unknown: {
    title: '此邀請無效',
    sentences: ['此伺服器不認識此邀請，或已不再認識。請向伺服器的管理者索取新的邀請。'],
  },
  expired: { title: '此邀請已過期', sentences: ['邀請的有效期限為幾天。請向伺服器的管理者索取新的邀請。'] },
  used: {
    title: '此邀請已被使用',
    sentences: [
      '它只能使用一次。如果不是您本人所為，請告知伺服器的管理者。',
      '您可以隨時變更聯絡方式：請登入“我的帳號”。',
    ],
  },
  broken: { title: '邀請不完整', sentences: ['連結在途中遺失了一部分。請複製完整的連結，直到結尾。'] },
  missing: { title: '請開啟您的邀請連結', sentences: ['此頁面需要伺服器的管理者給您的連結。'] },
};

const over: Words = {
  title: '此連結已失效',
  sentences: ['它的有效期為一週，且僅在地址未變更時有效。如果您想在這裡收到訊息，請聯絡伺服器管理者。'],
};

/** What is said of the link of "is this you?". */
export const confirmationEnds: SpentLinkWords = {
  unknown: over,
  expired: over,
  used: { title: '此問題已回答', sentences: undoEnds.used.sentences },
  broken: undoEnds.broken,
  missing: { title: undoEnds.missing.title, sentences: ['此頁面需要傳送給您的訊息中的連結。'] },
};

/** What whoever can be reached from now on is told. */
export const invitationDone: Words = {
  title: '完成了',
  sentences: ['今後如果您忘記密碼，會收到一則訊息，用來設定新密碼。'],
};
