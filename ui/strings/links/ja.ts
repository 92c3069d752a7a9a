import type { Words } from '../words.ts';
import type { SpentLinkWords } from './en.ts';

// Read by a native speaker: no.

/** What is said of the link that undoes a change. */
export const undoEnds: SpentLinkWords = {
  unknown: {
    title: 'このリンクは使えません',
    sentences: [
      'このサーバーはこのリンクを知らないか、もう知りません。マイアカウントにログインして、連絡方法を確認してください。',
    ],
  },
  expired: {
    title: 'ここで取り消すには遅すぎます',
    sentences: [
      'リンクの有効期間は 1 日でした。マイアカウントにログインして、そちらで連絡方法を変更してください。',
    ],
  },
  used: {
    title: 'すでに取り消されています',
    sentences: ['リンクは一度だけ使えます。マイアカウントにログインして、連絡方法を確認してください。'],
  },
  broken: {
    title: 'リンクが完全ではありません',
    sentences: ['途中で一部が失われました。メッセージからリンク全体を最後までコピーしてください。'],
  },
  missing: {
    title: 'メッセージのリンクを開いてください',
    sentences: ['変更は、それをお知らせしたメッセージのリンクで取り消せます。'],
  },
};

/** What is said of an invitation. */
export const invitationEnds: SpentLinkWords = {
  unknown: {
    title: 'この招待は使えません',
    sentences: [
      'このサーバーはこの招待を知らないか、もう知りません。サーバーの管理者に新しい招待を依頼してください。',
    ],
  },
  expired: {
    title: 'この招待は期限が切れています',
    sentences: ['招待は数日間有効です。サーバーの管理者に新しい招待を依頼してください。'],
  },
  used: {
    title: 'この招待は使用済みです',
    sentences: [
      '招待は一度だけ使えます。お心当たりがない場合は、サーバーの管理者に知らせてください。',
      '連絡方法はいつでも変更できます。マイアカウントにログインしてください。',
    ],
  },
  broken: {
    title: '招待が完全ではありません',
    sentences: ['途中でリンクの一部が失われました。リンク全体を最後までコピーしてください。'],
  },
  missing: {
    title: '招待のリンクを開いてください',
    sentences: ['このページには、サーバーの管理者からもらったリンクが必要です。'],
  },
};

const over: Words = {
  title: 'このリンクはもう使えません',
  sentences: [
    '有効期間は1週間で、アドレスが変わらない間だけ使えます。ここで連絡を受け取りたい場合は、サーバーの管理者にお問い合わせください。',
  ],
};

/** What is said of the link of "is this you?". */
export const confirmationEnds: SpentLinkWords = {
  unknown: over,
  expired: over,
  used: { title: 'すでに回答済みです', sentences: undoEnds.used.sentences },
  broken: undoEnds.broken,
  missing: {
    title: undoEnds.missing.title,
    sentences: ['このページには、送られてきたメッセージのリンクが必要です。'],
  },
};

/** What whoever can be reached from now on is told. */
export const invitationDone: Words = {
  title: '以上で完了です',
  sentences: ['今後パスワードを忘れたときは、新しいパスワードを設定するためのメッセージが届きます。'],
};
