import type { Language } from '../../../injector/kit/translations.ts';

/** What people call the columns in a language; each list the surest first. */
interface Headings {
  /** The name somebody signs in with. */
  readonly userName: readonly string[];
  /** What may be that, or an account: `user`. */
  readonly user: readonly string[];
  /** What may be that, or the name of a person. */
  readonly name: readonly string[];
  readonly email: readonly string[];
  /** What may be that, or a street. */
  readonly address: readonly string[];
}

const HEADINGS: Readonly<Record<Language, Headings>> = {
  en: {
    userName: [
      'username',
      'Jellyfin user',
      'Jellyfin name',
      'Jellyfin user name',
      'login',
      'login name',
      'user id',
    ],
    user: ['user', 'account'],
    name: ['name'],
    email: [
      'email',
      'email address',
      'mail address',
      'mail',
      'primary email',
      'emails',
      'mails',
      'email value',
    ],
    address: ['address'],
  },
  de: {
    userName: ['Benutzername', 'Nutzername', 'Anmeldename', 'Benutzerkennung'],
    user: ['Benutzer', 'Nutzer', 'Konto'],
    name: ['Name'],
    email: ['E-Mail-Adresse', 'Mailadresse', 'E-Mail'],
    address: ['Adresse'],
  },
  fr: {
    userName: ["Nom d'utilisateur", 'Identifiant', 'Nom de connexion'],
    user: ['Utilisateur', 'Compte'],
    name: ['Nom'],
    email: ['Adresse e-mail', 'Adresse mail', 'Courriel', 'Adresse courriel', 'Adresse électronique', 'Mél'],
    address: ['Adresse'],
  },
  es: {
    userName: ['Nombre de usuario', 'Nombre de inicio de sesión'],
    user: ['Usuario', 'Cuenta'],
    name: ['Nombre'],
    email: ['Correo electrónico', 'Correo', 'Dirección de correo', 'Dirección de correo electrónico'],
    address: ['Dirección'],
  },
  it: {
    userName: ['Nome utente'],
    user: ['Utente'],
    name: ['Nome'],
    email: ['Indirizzo e-mail', 'Indirizzo mail', 'Posta elettronica', 'Indirizzo di posta elettronica'],
    address: ['Indirizzo'],
  },
  ar: {
    userName: ['اسم المستخدم', 'اسم الدخول'],
    user: ['المستخدم', 'مستخدم', 'الحساب'],
    name: ['الاسم', 'اسم'],
    email: ['البريد الإلكتروني', 'بريد إلكتروني', 'عنوان البريد الإلكتروني', 'البريد', 'الإيميل', 'إيميل'],
    address: ['العنوان'],
  },
  he: {
    userName: ['שם משתמש', 'שם המשתמש', 'שם כניסה'],
    user: ['משתמש', 'חשבון'],
    name: ['שם'],
    email: ['דואר אלקטרוני', 'דוא"ל', 'כתובת דוא"ל', 'כתובת דואר אלקטרוני', 'אימייל', 'כתובת אימייל', 'מייל'],
    address: ['כתובת'],
  },
  'pt-BR': {
    userName: ['Nome de usuário', 'Nome de utilizador', 'Nome do usuário'],
    user: ['Usuário', 'Utilizador', 'Conta'],
    name: ['Nome'],
    email: ['Endereço de e-mail', 'Correio eletrônico', 'Endereço eletrônico', 'E-mail'],
    address: ['Endereço'],
  },
  nl: {
    userName: ['Gebruikersnaam', 'Inlognaam', 'Aanmeldnaam'],
    user: ['Gebruiker'],
    name: ['Naam'],
    email: ['E-mailadres', 'Mailadres'],
    address: ['Adres'],
  },
  sv: {
    userName: ['Användarnamn', 'Inloggningsnamn'],
    user: ['Användare', 'Konto'],
    name: ['Namn'],
    email: ['E-postadress', 'E-post', 'Mejladress', 'Mailadress', 'Mejl'],
    address: ['Adress'],
  },
  'zh-CN': {
    userName: ['用户名', '用户名称', '登录名', '账号', '帐号', '账户名'],
    user: ['用户', '账户'],
    name: ['姓名', '名称', '名字'],
    email: ['电子邮件', '电子邮箱', '邮箱', '电子邮件地址', '邮件地址', '邮箱地址', '邮件'],
    address: ['地址'],
  },
  pl: {
    userName: ['Nazwa użytkownika', 'Nazwa logowania'],
    user: ['Użytkownik', 'Konto'],
    name: ['Nazwa', 'Imię'],
    email: ['Adres e-mail', 'Adres mailowy', 'Poczta elektroniczna', 'Adres poczty elektronicznej', 'Poczta'],
    address: ['Adres'],
  },
  ja: {
    userName: ['ユーザー名', 'ユーザ名', 'ユーザーネーム', 'ログイン名', 'アカウント名'],
    user: ['ユーザー', 'ユーザ', 'アカウント'],
    name: ['名前', '氏名'],
    email: ['メールアドレス', '電子メールアドレス', '電子メール', 'Eメール', 'メール'],
    address: ['アドレス'],
  },
  ru: {
    userName: ['Имя пользователя', 'Логин'],
    user: ['Пользователь', 'Учётная запись', 'Аккаунт'],
    name: ['Имя'],
    email: ['Электронная почта', 'Адрес электронной почты', 'Эл. почта', 'Почта', 'Эл. адрес', 'Имейл'],
    address: ['Адрес'],
  },
  da: {
    userName: ['Brugernavn'],
    user: ['Bruger', 'Konto'],
    name: ['Navn'],
    email: ['E-mailadresse', 'Mailadresse', 'E-postadresse'],
    address: ['Adresse'],
  },
  nb: {
    userName: ['Brukernavn'],
    user: ['Bruker', 'Konto'],
    name: ['Navn'],
    email: ['E-postadresse', 'E-post', 'Epost'],
    address: ['Adresse'],
  },
  cs: {
    userName: ['Uživatelské jméno', 'Přihlašovací jméno'],
    user: ['Uživatel', 'Účet'],
    name: ['Jméno'],
    email: ['E-mailová adresa', 'Elektronická pošta', 'Adresa elektronické pošty'],
    address: ['Adresa'],
  },
  uk: {
    userName: ['Ім’я користувача', 'Логін'],
    user: ['Користувач', 'Обліковий запис', 'Акаунт'],
    name: ['Ім’я'],
    email: ['Електронна пошта', 'Адреса електронної пошти', 'Ел. пошта', 'Пошта', 'Електронна адреса'],
    address: ['Адреса'],
  },
  'zh-TW': {
    userName: ['使用者名稱', '使用者帳號', '用戶名稱', '用戶名', '登入名稱', '帳號'],
    user: ['使用者', '用戶', '帳戶'],
    name: ['姓名', '名稱', '名字'],
    email: ['電子郵件', '電子郵件地址', '電子信箱', '電子郵箱', '信箱', '電郵', '電郵地址', '郵件地址'],
    address: ['地址'],
  },
  tr: {
    userName: ['Kullanıcı adı', 'Oturum adı'],
    user: ['Kullanıcı', 'Hesap'],
    name: ['Ad', 'İsim', 'Adı'],
    email: ['E-posta', 'E-posta adresi', 'Elektronik posta', 'Mail adresi'],
    address: ['Adres'],
  },
};

/** What a column holds. `id`: Jellyfin's id of the account; the others are channels. */
export const ROLES = ['id', 'name', 'email', 'telegram', 'discord', 'matrix'] as const;

/** What a column holds. */
export type Role = (typeof ROLES)[number];

/**
 * Leaves of a heading its letters, without case, accents and the like: `E-Mail-Adresse`, `E-mail address *` and
 * `EMAIL_ADDRESS` are not told apart from their likes, and `KULLANICI ADI` is `Kullanıcı adı`.
 */
export function foldHeading(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll('ı', 'i')
    .replace(/[^\p{L}]+/gu, '');
}

const ALL = Object.values(HEADINGS);

/** Folded headings of each column, the surest first: a `name` may be that of a person, an `address` a street. */
export const KNOWN_HEADINGS: Readonly<Record<Role, readonly string[]>> = {
  id: fold(['Jellyfin id', 'Jellyfin user id', 'Jellyfin account id']),
  name: fold(
    ALL.flatMap(({ userName }) => userName),
    ALL.flatMap(({ user }) => user),
    ALL.flatMap(({ name }) => name),
  ),
  email: fold(
    ALL.flatMap(({ email }) => email),
    ALL.flatMap(({ address }) => address),
  ),
  telegram: fold(['Telegram id', 'Telegram chat id', 'Telegram user id']),
  discord: fold(['Discord id', 'Discord user id']),
  matrix: fold(['Matrix id', 'Matrix user id']),
};

function fold(...lists: readonly (readonly string[])[]): readonly string[] {
  return [...new Set(lists.flat().map(foldHeading))];
}
