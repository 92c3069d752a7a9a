import type { Words } from '../words.ts';
import type { SpentLinkWords } from './en.ts';

// Read by a native speaker: no.

/** What is said of the link that undoes a change. */
export const undoEnds: SpentLinkWords = {
  unknown: {
    title: '此链接无效',
    sentences: ['此服务器不认识此链接，或已不再认识。请登录“我的账户”查看您的联系方式。'],
  },
  expired: {
    title: '此处撤销已为时过晚',
    sentences: ['链接的有效期为一天。请登录“我的账户”，在那里更改联系方式。'],
  },
  used: { title: '此更改已撤销过', sentences: ['链接只能使用一次。请登录“我的账户”查看您的联系方式。'] },
  broken: { title: '链接不完整', sentences: ['途中丢失了一部分。请从消息中复制完整的链接，直到末尾。'] },
  missing: { title: '请打开消息中的链接', sentences: ['要撤销更改，请使用通知您该更改的消息中的链接。'] },
};

/** What is said of an invitation. */
export const invitationEnds: SpentLinkWords = {
  unknown: {
    title: '此邀请无效',
    sentences: ['此服务器不认识此邀请，或已不再认识。请向服务器的管理者索取新的邀请。'],
  },
  expired: { title: '此邀请已过期', sentences: ['邀请的有效期为几天。请向服务器的管理者索取新的邀请。'] },
  used: {
    title: '此邀请已被使用',
    sentences: [
      '它只能使用一次。如果不是您本人所为，请告知服务器的管理者。',
      '您可以随时更改联系方式：请登录“我的账户”。',
    ],
  },
  broken: { title: '邀请不完整', sentences: ['链接在途中丢失了一部分。请复制完整的链接，直到末尾。'] },
  missing: { title: '请打开您的邀请链接', sentences: ['此页面需要服务器的管理者给您的链接。'] },
};

const over: Words = {
  title: '此链接已失效',
  sentences: ['它的有效期为一周，且仅在地址未更改时有效。如果您希望在这里接收消息，请联系服务器管理者。'],
};

/** What is said of the link of "is this you?". */
export const confirmationEnds: SpentLinkWords = {
  unknown: over,
  expired: over,
  used: { title: '此问题已回答', sentences: undoEnds.used.sentences },
  broken: undoEnds.broken,
  missing: { title: undoEnds.missing.title, sentences: ['此页面需要发送给您的消息中的链接。'] },
};

/** What whoever can be reached from now on is told. */
export const invitationDone: Words = {
  title: '完成了',
  sentences: ['今后如果您忘记密码，会收到一条消息，用来设置新密码。'],
};
