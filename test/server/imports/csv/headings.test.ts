import { expect, test } from 'vitest';
import { LANGUAGES, type Language } from '../../../../injector/kit/translations.ts';
import { findColumns } from '../../../../server/imports/csv/columns.ts';

/** First lines as somebody writes them who speaks the language: other columns, user name, mail address. */
const FIRST_LINES: Readonly<Record<Language, readonly [string, string, string]>> = {
  en: ['Phone', 'User name', 'E-mail address'],
  de: ['Telefon', 'Benutzername', 'E-Mail-Adresse'],
  fr: ['Téléphone', "Nom d'utilisateur", 'Adresse e-mail'],
  es: ['Teléfono', 'Nombre de usuario', 'Correo electrónico'],
  it: ['Telefono', 'Nome utente', 'Indirizzo e-mail'],
  ar: ['الهاتف', 'اسم المستخدم', 'البريد الإلكتروني'],
  he: ['טלפון', 'שם משתמש', 'דוא״ל'],
  'pt-BR': ['Telefone', 'Nome de usuário', 'Endereço de e-mail'],
  nl: ['Telefoon', 'Gebruikersnaam', 'E-mailadres'],
  sv: ['Telefon', 'Användarnamn', 'E-postadress'],
  'zh-CN': ['电话', '用户名', '电子邮件'],
  pl: ['Telefon', 'Nazwa użytkownika', 'Adres e-mail'],
  ja: ['電話', 'ユーザー名', 'メールアドレス'],
  ru: ['Телефон', 'Имя пользователя', 'Электронная почта'],
  da: ['Telefon', 'Brugernavn', 'E-mailadresse'],
  nb: ['Telefon', 'Brukernavn', 'E-postadresse'],
  cs: ['Telefon', 'Uživatelské jméno', 'E-mailová adresa'],
  uk: ['Телефон', "Ім'я користувача", 'Електронна пошта'],
  'zh-TW': ['電話', '使用者名稱', '電子郵件'],
  tr: ['Telefon', 'Kullanıcı adı', 'E-posta'],
};

test.each(LANGUAGES)('headings in %s are known, in any letter case and order', (language) => {
  const [other, name, email] = FIRST_LINES[language];
  const cases = [
    (text: string) => text,
    (text: string) => text.toLocaleLowerCase(language),
    (text: string) => text.toLocaleUpperCase(language),
    (text: string) => text.normalize('NFD'),
    (text: string) => ` ${text.replaceAll(' ', '_')}: `,
  ];
  for (const write of cases) {
    expect(findColumns({ fields: [other, name, email].map(write) })).toEqual({ name: 1, email: 2 });
    expect(findColumns({ fields: [email, other, name].map(write) })).toEqual({ name: 2, email: 0 });
  }
});

test.each([
  [['Name', 'Username', 'Address', 'Mail'], { name: 1, email: 3 }],
  [['Nom', 'Identifiant', 'Adresse', 'Courriel'], { name: 1, email: 3 }],
  [['姓名', '用户名', '地址', '邮箱'], { name: 1, email: 3 }],
  [['name', 'jellyfin_user_id', 'email'], { id: 1, name: 0, email: 2 }],
])('of several columns that may be meant the surest counts: %j', (fields, columns) => {
  expect(findColumns({ fields })).toEqual(columns);
});

test.each([[['name']], [['email']], [['anna', 'anna@example.org']], [['', '', '']]])(
  '%j is no line of headings',
  (fields) => {
    expect(findColumns({ fields })).toBeUndefined();
  },
);
