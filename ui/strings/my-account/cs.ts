import type { MyAccountWords, SpentLinkWords } from './en.ts';

// Read by a native speaker: no.

const undoEnds: SpentLinkWords = {
  unknown: {
    title: 'Tento odkaz nefunguje',
    sentences: [
      'Tento server ho nezná, nebo už ho nezná. Přihlaste se do Mého účtu a podívejte se, jak vás zastihneme.',
    ],
  },
  expired: {
    title: 'Vrátit to zde zpět je už pozdě',
    sentences: ['Odkaz platil jeden den. Přihlaste se do Mého účtu a změňte tam, jak vás zastihneme.'],
  },
  used: {
    title: 'Už je to vráceno zpět',
    sentences: ['Odkaz funguje jen jednou. Přihlaste se do Mého účtu a podívejte se, jak vás zastihneme.'],
  },
  broken: {
    title: 'Odkaz není úplný',
    sentences: ['Část se cestou ztratila. Zkopírujte ze zprávy celý odkaz, až do konce.'],
  },
  missing: {
    title: 'Otevřete odkaz ze zprávy',
    sentences: ['Změna se vrací odkazem ze zprávy, která vás o ní informovala.'],
  },
};

const invitationEnds: SpentLinkWords = {
  unknown: {
    title: 'Tato pozvánka nefunguje',
    sentences: ['Tento server ji nezná, nebo už ji nezná. Požádejte o novou toho, kdo server spravuje.'],
  },
  expired: {
    title: 'Platnost této pozvánky vypršela',
    sentences: ['Pozvánka platí několik dní. Požádejte o novou toho, kdo server spravuje.'],
  },
  used: {
    title: 'Tato pozvánka už byla použita',
    sentences: [
      'Funguje jen jednou. Pokud jste to nebyli vy, dejte vědět tomu, kdo server spravuje.',
      'Kdykoli můžete změnit, jak vás zastihneme: přihlaste se do Mého účtu.',
    ],
  },
  broken: {
    title: 'Pozvánka není úplná',
    sentences: ['Část odkazu se cestou ztratila. Zkopírujte celý odkaz, až do konce.'],
  },
  missing: {
    title: 'Otevřete odkaz ze své pozvánky',
    sentences: ['Tato stránka potřebuje odkaz, který vám dal ten, kdo server spravuje.'],
  },
};

/** Words of My Account and of the pages that belong to it, in Czech. */
export const myAccount: MyAccountWords = {
  title: 'Můj účet',
  opening: 'Okamžik…',
  mail: 'E-mail',
  reachesBy: 'Tento server může posílat zprávy přes:',
  password: 'Vaše heslo',
  back: 'Zrušit',
  working: 'Okamžik…',
  signIn: {
    title: 'Přihlášení do Mého účtu',
    lead: 'Podívejte se, jak vás zastihneme, změňte to a změňte si heslo.',
    password: 'Heslo',
    empty: 'Zadejte své uživatelské jméno.',
    working: 'Přihlašování…',
    notHandedOver: 'Jellyfin vás zde nemohl přihlásit. Přihlaste se níže.',
    signedOff: 'Z této stránky jste odhlášeni.',
  },
  quickConnect: {
    open: 'Přihlásit se přes Quick Connect',
    lead: 'Na zařízení přihlášeném k Jellyfinu otevřete v nastavení Quick Connect a zadejte tento kód:',
    waiting: 'Čeká se na zadání kódu. Platí deset minut.',
    again: 'Získat nový kód',
  },
  contacts: {
    title: 'Jak vás zastihneme',
    lead: 'Zprávy zkoušejí tyto cesty v tomto pořadí.',
    none: 'Zatím vás neumíme zastihnout. Bez toho nebude nové heslo, když své zapomenete.',
    verified: 'Potvrzeno',
    unverified: 'Zatím nepotvrzeno',
    refused: 'Už nefunguje: nahraďte',
    up: 'Posunout nahoru',
    down: 'Posunout dolů',
    replace: 'Nahradit',
    remove: 'Odebrat',
    add: 'Přidat',
    addTitle: 'Další cesty k vám',
    moved: 'Pořadí je změněno.',
    saved: 'Od teď vás zastihneme takto.',
    removed: 'Odebráno. Dáme vědět na odebranou adresu.',
  },
  linking: {
    addTitle: 'Přidat cestu k vám',
    replaceTitle: 'Nahradit cestu k vám',
    mailAddress: 'E-mailová adresa',
    address: 'Adresa',
    emptyAddress: 'Zadejte adresu.',
    whyPassword: 'Ještě jednou vaše heslo, aby nikdo jiný neměnil, jak vás zastihneme.',
    sendCode: 'Poslat mi kód',
    getCode: 'Ukázat mi kód',
    codeSent: 'Kód je na cestě k vám. Platí deset minut.',
    code: 'Kód',
    emptyCode: 'Zadejte kód ze zprávy.',
    confirm: 'Potvrdit',
    noCode: 'Začít znovu',
    sendToBot: 'Pošlete tento kód na:',
    openBot: 'Otevřít s kódem',
    connect: 'Přihlásit se k Discordu',
    notConnected: 'Nic nebylo propojeno, protože to tam nebylo povoleno. Můžete to zkusit znovu.',
    scan: 'Nebo toto naskenujte telefonem:',
    qr: 'QR kód se stejným odkazem',
    waiting: 'Čeká se na vaši zprávu. Kód platí deset minut.',
  },
  removing: {
    title: 'Odebrat cestu k vám',
    last: 'Je jediná: bez ní nebude nové heslo, když své zapomenete.',
    submit: 'Odebrat teď',
  },
  language: {
    title: 'Jazyk zpráv',
    label: 'Jazyk',
    browser: 'Jako v prohlížeči nebo aplikaci, odkud žádost přijde',
    submit: 'Uložit jazyk',
    saved: 'Jazyk je uložen.',
  },
  passwords: {
    title: 'Heslo',
    open: 'Změnit heslo',
    elsewhere: 'Heslo tohoto účtu má jiný systém, ne Jellyfin. Změňte ho tam.',
    current: 'Současné heslo',
    submit: 'Změnit heslo',
    done: {
      title: 'Vaše nové heslo je nastaveno',
      sentences: ['Jste všude odhlášeni. Přihlaste se novým heslem na každém ze svých zařízení.'],
    },
    signInAgain: 'Přihlásit se znovu do Mého účtu',
  },
  events: {
    title: 'Co se nedávno stalo',
    none: 'Zatím nic.',
    home: 'domácí síť',
    more: 'Zobrazit vše',
    words: {
      'account-signed-in': 'Přihlášení do Mého účtu',
      'login-failed': 'Přihlášení s chybným heslem',
      'login-held': 'Po příliš mnoha chybných heslech bylo přihlašování pozdrženo',
      'account-unlocked': 'Váš účet byl odemčen',
      'message-sent': 'Byla vám poslána zpráva',
      'link-made': 'Správce vytvořil odkaz pro nové heslo',
      'pin-accepted': 'Byl zadán PIN',
      'password-changed': 'Vaše heslo bylo změněno',
      'password-not-changed': 'Nové heslo se nepodařilo nastavit',
      'contact-added': 'Byl přidán způsob, jak vás kontaktovat',
      'contact-changed': 'Způsob, jak vás kontaktovat, byl nahrazen',
      'contact-verified': 'Způsob, jak vás kontaktovat, byl potvrzen',
      'contact-removed': 'Cesta k vám byla odebrána',
      'contact-undone': 'Změna kontaktu byla vrácena zpět',
      'contact-refused': 'Způsob, jak vás kontaktovat, už nefunguje',
      'invitation-made': 'Správce pro vás vytvořil pozvánku',
      'devices-signed-out': 'Zařízení byla odhlášena',
    },
  },
  devices: {
    title: 'Přihlášená zařízení',
    none: 'Žádné zařízení není přihlášeno.',
    unknown: 'Která zařízení jsou přihlášena, zde nelze říci.',
    lastSeen: 'Naposledy viděno:',
    signOut: 'Odhlásit',
    all: 'Odhlásit všechna zařízení',
    signedOut: 'Zařízení je odhlášeno.',
    allSignedOut: 'Všechna zařízení jsou odhlášena.',
  },
  signOff: 'Odhlásit se z této stránky',
  undo: {
    title: 'Vrátit tuto změnu zpět',
    sentences: [
      'Cesta k majiteli tohoto účtu byla nahrazena nebo odebrána. Pokud jste to nebyli vy, vraťte to zde zpět.',
      'Pak znovu platí ta původní, nová je zablokována a všichni jsou odhlášeni z Mého účtu.',
    ],
    submit: 'Vrátit změnu zpět',
    working: 'Vracení změny…',
    done: {
      title: 'Změna je vrácena zpět',
      sentences: [
        'Zastihneme vás jako dříve. Do Mého účtu už není nikdo přihlášen.',
        'Někdo znal vaše heslo: zvolte si teď nové.',
      ],
    },
    newPassword: 'Zvolit nové heslo',
    ends: undoEnds,
  },
  invitation: {
    title: 'Řekněte, jak vás zastihneme',
    lead: 'Tak dostanete zprávu, když zapomenete heslo. Nic jiného se nezmění.',
    choose: 'Jak vás máme zastihnout?',
    none: 'Tento server teď nemůže posílat zprávy. Dejte vědět tomu, kdo ho spravuje.',
    done: {
      title: 'To je vše',
      sentences: ['Když od teď zapomenete heslo, dostanete zprávu, kterou si zvolíte nové.'],
    },
    ends: invitationEnds,
  },
  account: 'Účet',
  server: 'na',
  checkFailed: 'Odkaz se nepodařilo zkontrolovat',
  toMyAccount: 'Přejít do Mého účtu',
};
