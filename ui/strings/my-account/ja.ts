import type { MyAccountWords, SpentLinkWords } from './en.ts';

// Read by a native speaker: no.

const undoEnds: SpentLinkWords = {
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

const invitationEnds: SpentLinkWords = {
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

/** Words of My Account and of the pages that belong to it, in Japanese. */
export const myAccount: MyAccountWords = {
  title: 'マイアカウント',
  opening: 'お待ちください…',
  mail: 'メール',
  reachesBy: 'このサーバーがメッセージを送れる方法：',
  password: 'パスワード',
  back: 'キャンセル',
  working: 'お待ちください…',
  signIn: {
    title: 'マイアカウントにログイン',
    lead: '連絡先の確認と変更、パスワードの変更ができます。',
    password: 'パスワード',
    empty: 'ユーザー名を入力してください。',
    working: 'ログインしています…',
    notHandedOver: 'Jellyfin でここにログインできませんでした。下からログインしてください。',
    signedOff: 'このページからログアウトしました。',
  },
  quickConnect: {
    open: 'Quick Connect でログイン',
    lead: 'Jellyfin にログイン済みのデバイスで、設定の Quick Connect を開き、次のコードを入力してください：',
    waiting: 'コードの入力を待っています。有効期間は 10 分です。',
    again: '新しいコードを取得',
  },
  contacts: {
    title: 'あなたへの連絡方法',
    lead: 'メッセージはこの順に送信を試みます。',
    none: 'まだあなたに連絡できません。連絡方法がないと、パスワードを忘れたときに新しいパスワードを設定できません。',
    verified: '確認済み',
    unverified: '未確認',
    refused: '使えなくなりました：置き換えてください',
    up: '上へ移動',
    down: '下へ移動',
    replace: '置き換える',
    remove: '削除',
    add: '追加',
    addTitle: 'ほかの連絡方法',
    moved: '順序を変更しました。',
    saved: '今後はこの方法で連絡します。',
    removed: '削除しました。削除したアドレスにお知らせします。',
  },
  linking: {
    addTitle: '連絡方法を追加',
    replaceTitle: '連絡方法を置き換える',
    mailAddress: 'メールアドレス',
    address: 'アドレス',
    emptyAddress: 'アドレスを入力してください。',
    whyPassword: 'ほかの人が連絡方法を変更できないように、もう一度パスワードを入力してください。',
    sendCode: 'コードを送る',
    getCode: 'コードを表示',
    codeSent: 'コードをお送りしています。有効期間は 10 分です。',
    code: 'コード',
    emptyCode: 'メッセージのコードを入力してください。',
    confirm: '確認',
    noCode: '最初からやり直す',
    sendToBot: 'このコードの送り先：',
    openBot: 'コード付きで開く',
    connect: 'Discord にサインイン',
    notConnected: '許可されなかったため、何も連携されませんでした。もう一度お試しいただけます。',
    scan: 'または、携帯電話でこれを読み取ってください：',
    qr: '同じリンクの QR コード',
    waiting: 'メッセージを待っています。コードの有効期間は 10 分です。',
  },
  removing: {
    title: '連絡方法を削除',
    last: 'これが唯一の連絡方法です。なくなると、パスワードを忘れたときに新しいパスワードを設定できません。',
    submit: '今すぐ削除',
  },
  language: {
    title: 'メッセージの言語',
    label: '言語',
    browser: '申請したブラウザーやアプリと同じ',
    submit: '言語を保存',
    saved: '言語を保存しました。',
  },
  passwords: {
    title: 'パスワード',
    open: 'パスワードを変更',
    elsewhere:
      'このアカウントのパスワードは、Jellyfin ではなく別のシステムが保存しています。そちらで変更してください。',
    current: '現在のパスワード',
    submit: 'パスワードを変更',
    done: {
      title: '新しいパスワードが設定されました',
      sentences: [
        'すべての場所でログアウトされました。それぞれのデバイスで新しいパスワードを使ってログインしてください。',
      ],
    },
    signInAgain: 'マイアカウントにもう一度ログイン',
  },
  events: {
    title: '最近の出来事',
    none: 'まだ何もありません。',
    home: 'ホームネットワーク',
    more: 'すべて表示',
    words: {
      'account-signed-in': 'マイアカウントへのサインイン',
      'login-failed': '誤ったパスワードによるログイン',
      'login-held': 'パスワードの誤りが多すぎたため、ログインが制限されました',
      'account-unlocked': 'アカウントのロックが解除されました',
      'message-sent': 'メッセージをお送りしました',
      'link-made': '管理者が新しいパスワード用のリンクを作成しました',
      'pin-accepted': 'PIN が入力されました',
      'password-changed': 'パスワードが変更されました',
      'password-not-changed': '新しいパスワードを設定できませんでした',
      'contact-added': '連絡先が追加されました',
      'contact-changed': '連絡先が変更されました',
      'contact-verified': '連絡先が確認されました',
      'contact-removed': '連絡方法が削除されました',
      'contact-undone': '連絡先の変更が取り消されました',
      'contact-refused': '連絡先が使えなくなりました',
      'invitation-made': '管理者があなたへの招待を作成しました',
      'devices-signed-out': 'デバイスがサインアウトされました',
    },
  },
  devices: {
    title: 'ログイン中のデバイス',
    none: 'ログイン中のデバイスはありません。',
    unknown: 'どのデバイスがログイン中か、ここでは分かりません。',
    lastSeen: '最終使用：',
    signOut: 'ログアウト',
    all: 'すべてのデバイスをログアウト',
    signedOut: 'デバイスをログアウトしました。',
    allSignedOut: 'すべてのデバイスをログアウトしました。',
  },
  signOff: 'このページからログアウト',
  undo: {
    title: 'この変更を取り消す',
    sentences: [
      'このアカウントの連絡方法が置き換えられたか、削除されました。お心当たりがない場合は、ここで取り消してください。',
      '元の連絡方法が再び有効になり、新しいものは使えなくなり、全員がマイアカウントからログアウトされます。',
    ],
    submit: '変更を取り消す',
    working: '取り消しています…',
    done: {
      title: '変更を取り消しました',
      sentences: [
        '連絡方法は元どおりです。マイアカウントには誰もログインしていません。',
        '誰かがあなたのパスワードを知っていました。今すぐ新しいパスワードを設定してください。',
      ],
    },
    newPassword: '新しいパスワードを設定',
    ends: undoEnds,
  },
  invitation: {
    title: '連絡方法をお知らせください',
    lead: 'パスワードを忘れたときに、ここにメッセージが届きます。ほかには何も変わりません。',
    choose: 'どの方法で連絡を受け取りますか？',
    none: 'このサーバーは現在メッセージを送信できません。サーバーの管理者に知らせてください。',
    done: {
      title: '以上で完了です',
      sentences: ['今後パスワードを忘れたときは、新しいパスワードを設定するためのメッセージが届きます。'],
    },
    ends: invitationEnds,
  },
  account: 'アカウント：',
  server: 'サーバー：',
  checkFailed: 'リンクを確認できませんでした',
  toMyAccount: 'マイアカウントへ',
};
