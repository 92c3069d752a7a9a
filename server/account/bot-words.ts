import type { Language, Translations } from '../../injector/kit/translations.ts';

/** Each sentence in each of our languages, by tag in lower case. */
type Words = { readonly [L in Lowercase<Language>]: string };

/** What a bot says to people. */
const WORDS = {
  /** The code was taken, or was taken from the same sender before. */
  done: {
    en: 'Done. Messages about your account on {serverName} come here from now on.',
    de: 'Fertig. Nachrichten zu deinem Konto auf {serverName} kommen ab jetzt hierher.',
    fr: 'C’est fait. Les messages sur votre compte {serverName} arriveront désormais ici.',
    es: 'Listo. Los mensajes sobre tu cuenta en {serverName} llegarán aquí a partir de ahora.',
    it: 'Fatto. D’ora in poi i messaggi sul tuo account su {serverName} arrivano qui.',
    ar: 'تم. من الآن فصاعدًا تصل الرسائل الخاصة بحسابك على {serverName} إلى هنا.',
    he: 'בוצע. מעכשיו הודעות על החשבון שלכם ב־{serverName} יגיעו לכאן.',
    'pt-br': 'Pronto. As mensagens sobre sua conta em {serverName} chegarão aqui a partir de agora.',
    nl: 'Klaar. Berichten over je account op {serverName} komen vanaf nu hier.',
    sv: 'Klart. Meddelanden om ditt konto på {serverName} kommer hit från och med nu.',
    'zh-cn': '完成。今后有关您在 {serverName} 上账户的消息将发送到这里。',
    pl: 'Gotowe. Wiadomości o Twoim koncie na {serverName} będą odtąd przychodzić tutaj.',
    ja: '完了しました。今後、{serverName} のアカウントに関するメッセージはここに届きます。',
    ru: 'Готово. Сообщения о вашей учётной записи на {serverName} теперь будут приходить сюда.',
    da: 'Færdig. Beskeder om din konto på {serverName} kommer hertil fra nu af.',
    nb: 'Ferdig. Meldinger om kontoen din på {serverName} kommer hit fra nå av.',
    cs: 'Hotovo. Zprávy o vašem účtu na {serverName} budou odteď chodit sem.',
    uk: 'Готово. Повідомлення про ваш обліковий запис на {serverName} відтепер надходитимуть сюди.',
    'zh-tw': '完成。今後有關您在 {serverName} 上帳號的訊息將傳送到這裡。',
    tr: 'Tamam. {serverName} hesabınızla ilgili iletiler bundan sonra buraya gelecek.',
  },
  /** Somebody opened the chat and wrote nothing yet. */
  hello: {
    en: 'Hello. I send messages about accounts on {serverName}. Ask for a code in My Account and send it to me here.',
    de: 'Hallo. Von mir kommen Nachrichten zu Konten auf {serverName}. Lass dir in „Mein Konto“ einen Code geben und schick ihn mir hier.',
    fr: 'Bonjour. J’envoie les messages sur les comptes {serverName}. Demandez un code dans Mon compte et envoyez-le-moi ici.',
    es: 'Hola. Envío los mensajes sobre las cuentas de {serverName}. Pide un código en Mi cuenta y envíamelo aquí.',
    it: 'Ciao. Invio i messaggi sugli account di {serverName}. Chiedi un codice in Il mio account e mandamelo qui.',
    ar: 'مرحبًا. أرسل الرسائل الخاصة بالحسابات على {serverName}. اطلب رمزًا من صفحة «حسابي» وأرسله إليّ هنا.',
    he: 'שלום. אני שולח הודעות על חשבונות ב־{serverName}. בקשו קוד ב„החשבון שלי” ושלחו אותו אליי לכאן.',
    'pt-br':
      'Olá. Envio as mensagens sobre contas em {serverName}. Peça um código em Minha conta e envie-o para mim aqui.',
    nl: 'Hallo. Ik stuur berichten over accounts op {serverName}. Vraag in Mijn account om een code en stuur hem hier naar mij.',
    sv: 'Hej. Jag skickar meddelanden om konton på {serverName}. Be om en kod i Mitt konto och skicka den till mig här.',
    'zh-cn': '您好。我负责发送有关 {serverName} 上账户的消息。请在“我的账户”中获取代码，并在这里发送给我。',
    pl: 'Cześć. Wysyłam wiadomości o kontach na {serverName}. Poproś o kod na stronie Moje konto i wyślij go do mnie tutaj.',
    ja: 'こんにちは。{serverName} のアカウントに関するメッセージをお送りしています。「マイアカウント」でコードを取得し、ここに送ってください。',
    ru: 'Здравствуйте. Я отправляю сообщения об учётных записях на {serverName}. Запросите код на странице «Моя учётная запись» и пришлите его мне сюда.',
    da: 'Hej. Jeg sender beskeder om konti på {serverName}. Bed om en kode i Min konto, og send den til mig her.',
    nb: 'Hei. Jeg sender meldinger om kontoer på {serverName}. Be om en kode i Min konto, og send den til meg her.',
    cs: 'Dobrý den. Posílám zprávy o účtech na {serverName}. Vyžádejte si kód na stránce Můj účet a pošlete mi ho sem.',
    uk: 'Вітаю. Я надсилаю повідомлення про облікові записи на {serverName}. Отримайте код на сторінці «Мій обліковий запис» і надішліть його мені сюди.',
    'zh-tw': '您好。我負責傳送有關 {serverName} 上帳號的訊息。請在「我的帳號」中取得代碼，並在這裡傳送給我。',
    tr: 'Merhaba. {serverName} hesaplarıyla ilgili iletileri ben gönderiyorum. Hesabım sayfasından bir kod isteyin ve bana buraya gönderin.',
  },
  /** The same for a code that is used, over, somebody else's, or none at all. */
  unknown: {
    en: 'I do not know this code, or no longer. You find a new one under Password recovery in My Account.',
    de: 'Diesen Code kenne ich nicht oder nicht mehr. Einen neuen bekommst du in „Mein Konto“.',
    fr: 'Je ne connais pas ce code, ou il n’est plus valable. Demandez-en un nouveau dans Mon compte.',
    es: 'No conozco este código, o ya no vale. Pide uno nuevo en Mi cuenta.',
    it: 'Non conosco questo codice, o non più. Chiedine uno nuovo in Il mio account.',
    ar: 'لا أعرف هذا الرمز، أو لم يعد صالحًا. اطلب رمزًا جديدًا من صفحة «حسابي».',
    he: 'אני לא מכיר את הקוד הזה, או שכבר אינו תקף. בקשו חדש ב„החשבון שלי”.',
    'pt-br': 'Não conheço este código, ou ele não vale mais. Peça um novo em Minha conta.',
    nl: 'Deze code ken ik niet, of niet meer. Vraag een nieuwe in Mijn account.',
    sv: 'Jag känner inte till den här koden, eller inte längre. Be om en ny i Mitt konto.',
    'zh-cn': '我不认识此代码，或它已失效。请在“我的账户”中获取新的代码。',
    pl: 'Nie znam tego kodu albo już nie jest ważny. Poproś o nowy na stronie Moje konto.',
    ja: 'このコードは無効か、期限が切れています。「マイアカウント」で新しいコードを取得してください。',
    ru: 'Я не знаю этого кода, или он больше не действует. Запросите новый на странице «Моя учётная запись».',
    da: 'Jeg kender ikke denne kode, eller ikke længere. Bed om en ny i Min konto.',
    nb: 'Jeg kjenner ikke denne koden, eller ikke lenger. Be om en ny i Min konto.',
    cs: 'Tento kód neznám, nebo už neplatí. Vyžádejte si nový na stránce Můj účet.',
    uk: 'Я не знаю цього коду, або він уже не дійсний. Отримайте новий на сторінці «Мій обліковий запис».',
    'zh-tw': '我不認得此代碼，或它已失效。請在「我的帳號」中取得新的代碼。',
    tr: 'Bu kodu bilmiyorum ya da artık geçerli değil. Hesabım sayfasından yenisini isteyin.',
  },
  /** They wrote where it can read nothing; this stands in the room in its place, and `hello` behind it. */
  unreadable: {
    en: 'I cannot read encrypted rooms. Please write to me here: this room is not encrypted end to end.',
    de: 'Verschlüsselte Räume kann ich nicht lesen. Schreib mir bitte hier: Dieser Raum ist nicht Ende-zu-Ende-verschlüsselt.',
    fr: 'Je ne peux pas lire les salons chiffrés. Écrivez-moi ici\u00a0: ce salon n’est pas chiffré de bout en bout.',
    es: 'No puedo leer salas cifradas. Escríbeme aquí: esta sala no está cifrada de extremo a extremo.',
    it: 'Non posso leggere le stanze cifrate. Scrivimi qui: questa stanza non è cifrata end-to-end.',
    ar: 'لا أستطيع قراءة الغرف المشفّرة. اكتب إليّ هنا من فضلك: هذه الغرفة غير مشفّرة من طرف إلى طرف.',
    he: 'אני לא יכול לקרוא חדרים מוצפנים. כתבו לי כאן: החדר הזה אינו מוצפן מקצה לקצה.',
    'pt-br':
      'Não consigo ler salas criptografadas. Escreva para mim aqui: esta sala não é criptografada de ponta a ponta.',
    nl: 'Versleutelde kamers kan ik niet lezen. Schrijf me hier: deze kamer is niet end-to-end versleuteld.',
    sv: 'Jag kan inte läsa krypterade rum. Skriv till mig här: det här rummet är inte totalsträckskrypterat.',
    'zh-cn': '我无法读取加密的房间。请在这里给我写消息：此房间没有端到端加密。',
    pl: 'Nie mogę czytać zaszyfrowanych pokoi. Napisz do mnie tutaj: ten pokój nie jest szyfrowany end-to-end.',
    ja: '暗号化されたルームは読めません。ここに書いてください。このルームはエンドツーエンド暗号化されていません。',
    ru: 'Я не могу читать зашифрованные комнаты. Напишите мне сюда: эта комната без сквозного шифрования.',
    da: 'Jeg kan ikke læse krypterede rum. Skriv til mig her: dette rum er ikke end-to-end-krypteret.',
    nb: 'Jeg kan ikke lese krypterte rom. Skriv til meg her: dette rommet er ikke ende-til-ende-kryptert.',
    cs: 'Šifrované místnosti číst neumím. Napište mi sem: tato místnost není koncově šifrovaná.',
    uk: 'Я не можу читати зашифровані кімнати. Напишіть мені сюди: ця кімната без наскрізного шифрування.',
    'zh-tw': '我無法讀取加密的聊天室。請在這裡傳訊息給我：此聊天室沒有端對端加密。',
    tr: 'Şifreli odaları okuyamıyorum. Bana buraya yazın: bu oda uçtan uca şifreli değil.',
  },
} as const satisfies Readonly<Record<string, Words>>;

/** Says it in that language. */
export function sayToPerson(what: keyof typeof WORDS, language: Language, serverName: string): string {
  const words: Translations = WORDS[what];
  return (words[language.toLowerCase()] ?? words.en).replace('{serverName}', () => serverName);
}
