import type { Language, Translations } from '../../injector/kit/translations.ts';

/** What a bot says to people. */
const WORDS = {
  /** The code was taken, or was taken from the same sender before. */
  done: {
    en: 'Done. Messages about your account on {serverName} come here from now on.',
    de: 'Fertig. Nachrichten zu deinem Konto auf {serverName} kommen ab jetzt hierher.',
    fr: 'C’est fait. Les messages sur votre compte {serverName} arriveront désormais ici.',
    es: 'Listo. Los mensajes sobre tu cuenta en {serverName} llegarán aquí a partir de ahora.',
  },
  /** Somebody opened the chat and wrote nothing yet. */
  hello: {
    en: 'Hello. I send messages about accounts on {serverName}. Ask for a code in My Account and send it to me here.',
    de: 'Hallo. Von mir kommen Nachrichten zu Konten auf {serverName}. Lass dir in „Mein Konto“ einen Code geben und schick ihn mir hier.',
    fr: 'Bonjour. J’envoie les messages sur les comptes {serverName}. Demandez un code dans Mon compte et envoyez-le-moi ici.',
    es: 'Hola. Envío los mensajes sobre las cuentas de {serverName}. Pide un código en Mi cuenta y envíamelo aquí.',
  },
  /** The same for a code that is used, over, somebody else's, or none at all. */
  unknown: {
    en: 'I do not know this code, or no longer. You find a new one under Password recovery in My Account.',
    de: 'Diesen Code kenne ich nicht oder nicht mehr. Einen neuen bekommst du in „Mein Konto“.',
    fr: 'Je ne connais pas ce code, ou il n’est plus valable. Demandez-en un nouveau dans Mon compte.',
    es: 'No conozco este código, o ya no vale. Pide uno nuevo en Mi cuenta.',
  },
} as const satisfies Readonly<Record<string, Translations>>;

/** Says it in that language; English where we have it not. */
export function sayToPerson(what: keyof typeof WORDS, language: Language, serverName: string): string {
  const words: Translations = WORDS[what];
  return (words[language] ?? words.en).replace('{serverName}', () => serverName);
}
