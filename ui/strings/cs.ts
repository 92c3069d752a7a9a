import { myAccount } from './my-account/cs.ts';
import type { SomeStrings } from './some-strings.ts';

// Read by a native speaker: no.

/** Czech words of our pages. */
export const cs: SomeStrings = {
  signIn: 'Přihlásit se',
  backToSignIn: 'Zpět k přihlášení',
  askForLink: 'Požádat o nový odkaz',
  changeElsewhere: 'Změnit ho tam',
  tryAgain: 'Zkusit znovu',
  userName: 'Uživatelské jméno',
  choose: {
    title: 'Zvolit nové heslo',
    onServer: 'pro váš účet na',
    checking: 'Kontrola odkazu…',
    checkFailed: 'Odkaz se nepodařilo zkontrolovat',
    password: 'Nové heslo',
    again: 'Nové heslo znovu',
    show: 'Zobrazit',
    hide: 'Skrýt',
    showPassword: 'Zobrazit heslo',
    hidePassword: 'Skrýt heslo',
    isShown: 'Vaše heslo je na obrazovce čitelné',
    isHidden: 'Vaše heslo je skryté',
    rulesTitle: 'Vaše nové heslo',
    isMet: 'Splněno',
    isBroken: 'Nesplněno',
    stillToDo: 'Ještě chybí:',
    allMet: 'Toto heslo splňuje všechna pravidla',
    empty: 'Zvolte si nové heslo.',
    mismatch: 'Hesla se neshodují.',
    submit: 'Nastavit nové heslo',
    working: 'Nastavování hesla…',
    workingHint: 'Může to trvat několik vteřin. Nechte tuto stránku otevřenou.',
    linkStillGood: 'Váš odkaz stále platí.',
    codeLead: 'Správci potřebují také kód. Dostanete ho jinou cestou než zprávu, kterou máte.',
    codeSentBy: 'Odesláno přes:',
    anotherCode: 'Poslat mi další kód',
  },
  account: {
    title: 'Zapomněli jste heslo?',
    lead: 'Řekněte nám, kdo jste. Pošleme vám zprávu, kterou si zvolíte nové heslo.',
    enteredName: 'Uživatelské jméno nebo e-mailová adresa',
    empty: 'Zadejte své uživatelské jméno nebo e-mailovou adresu.',
    tooLong: 'Na uživatelské jméno nebo e-mailovou adresu je to příliš dlouhé.',
    submit: 'Poslat mi zprávu',
    working: 'Odesílání…',
  },
  asked: {
    title: 'Podívejte se do svých zpráv',
    sentences: ['Pokud tento účet známe a víme, jak vás zastihnout, je zpráva s odkazem na cestě.'],
    nothingCame: 'Nic nepřišlo?',
    advice: [
      'Počkejte několik minut a podívejte se do složky se spamem.',
      'Zkontrolujte pravopis: zadejte uživatelské jméno tak, jak je na přihlašovací stránce.',
      'Zeptejte se toho, kdo server spravuje. Možná nemá vaši e-mailovou adresu.',
    ],
    again: 'Zkusit jiné jméno',
  },
  askedPin: {
    sentences: ['Pokud tento účet známe a víme, jak vás zastihnout, je zpráva s PINem na cestě.'],
    enter: 'Zadat PIN',
  },
  pin: {
    title: 'Zvolit nové heslo',
    go: 'Stisknutím tlačítka pokračujte. Vaše heslo zůstává, jaké je, dokud si nezvolíte nové.',
    type: 'Zadejte PIN ze zprávy, kterou jsme vám poslali. Vaše heslo zůstává, jaké je, dokud si nezvolíte nové.',
    label: 'PIN',
    empty: 'Zadejte PIN ze zprávy.',
    submit: 'Pokračovat',
    working: 'Okamžik…',
    unknown: 'Tento PIN není správný. Porovnejte ho se zprávou, nebo požádejte o nový.',
    expired: 'Platnost tohoto PINu vypršela. Požádejte o nový.',
    used: 'Tento PIN je už použitý: po jeho odeslání bylo zvoleno nové heslo. Pokud jste to nebyli vy, požádejte teď o nový PIN a dejte vědět tomu, kdo server spravuje.',
    broken: 'Odkaz nebyl úplný. Zadejte místo něj PIN ze zprávy.',
    askAgain: 'Požádat o nový PIN',
  },
  rules: {
    'too-short': ({ minLength }) => `Počet znaků nejméně ${minLength}`,
    'too-long': ({ maxLength }) => `Počet znaků nejvýše ${maxLength}`,
    common: () => 'Žádné z hesel, která používají všichni',
    'contains-name': () => 'Bez vašeho uživatelského jména, názvu serveru a slova „jellyfin“',
  },
  faults: {
    'too-short': ({ minLength }) => `Toto heslo je příliš krátké. Nejmenší počet znaků: ${minLength}.`,
    'too-long': ({ maxLength }) => `Toto heslo je příliš dlouhé. Největší počet znaků: ${maxLength}.`,
    common: () => 'Toto heslo používá mnoho lidí, takže se dá snadno uhodnout. Zvolte si jiné.',
    'contains-name': () => 'Vynechte své uživatelské jméno, název serveru a slovo „jellyfin“.',
  },
  problems: {
    'no-connection': 'Server neodpověděl. Zkontrolujte připojení a zkuste to znovu.',
    'jellyfin-unreachable': 'Jellyfin je teď nedostupný. Zkuste to znovu za několik minut.',
    'change-not-kept':
      'Jellyfin nové heslo neuložil. Zkuste to znovu; pokud se to opět nepovede, dejte vědět tomu, kdo server spravuje.',
    'link-busy':
      'Tímto odkazem se právě nastavuje heslo, možná na jiné kartě. Chvíli počkejte a zkuste to znovu.',
    'password-refused': 'Server toto heslo nepřijímá. Zvolte si jiné.',
    'too-many-requests': 'Bylo to příliš mnoho pokusů. Počkejte několik minut a zkuste to znovu.',
    'proof-needed': 'Server teď dostává mnoho požadavků. Chvíli počkejte a zkuste to znovu.',
    'signed-out': 'Už nejste přihlášeni. Přihlaste se znovu.',
    'sign-in-refused': 'Jellyfin vás nepustil dovnitř. Zkontrolujte jméno a heslo.',
    'password-wrong': 'To není vaše heslo. Zadejte ho znovu.',
    'address-refused': 'To není adresa takového druhu. Zkontrolujte, jak je napsaná.',
    'code-needed': 'Pro tento účet je potřeba také kód. Nechte si ho poslat a zadejte ho.',
    'code-wrong': 'To není kód, který byl poslán. Zkontrolujte ho a zkuste to znovu.',
    'code-expired': 'Platnost kódu vypršela. Začněte znovu.',
    'codes-used-up': 'Pro tento odkaz se další kód neposílá. Zadejte poslední, nebo požádejte o nový odkaz.',
    'bad-body': 'Server požadavku nerozuměl. Načtěte stránku znovu a zkuste to ještě jednou.',
    'not-found': 'Tento server teď nová hesla nenabízí. Dejte vědět tomu, kdo server spravuje.',
    unavailable: 'Tato část serveru je teď nedostupná. Zkuste to znovu za několik minut.',
    internal:
      'Na serveru se něco pokazilo. Zkuste to znovu; pokud se to opět nepovede, dejte vědět tomu, kdo server spravuje.',
  },
  ends: {
    done: {
      title: 'Vaše heslo je změněno',
      sentences: ['Jste všude odhlášeni. Přihlaste se novým heslem na každém ze svých zařízení.'],
    },
    'link-expired': {
      title: 'Platnost tohoto odkazu vypršela',
      sentences: ['Pro vaši bezpečnost funguje odkaz jen krátce. Požádejte o nový.'],
    },
    'link-used': {
      title: 'Tento odkaz už byl použit',
      sentences: [
        'Odkaz funguje jen jednou. Pokud jste si jím právě zvolili heslo, přihlaste se tímto heslem.',
        'Pokud jste to nebyli vy, požádejte teď o nový odkaz a dejte vědět tomu, kdo server spravuje.',
      ],
    },
    'link-locked': {
      title: 'Tento odkaz už neplatí',
      sentences: [
        'Příliš mnohokrát byl zadán nesprávný kód. Požádejte o nový odkaz.',
        'Pokud jste to nebyli vy, řekněte to tomu, kdo server provozuje.',
      ],
    },
    'link-unknown': {
      title: 'Tento odkaz nefunguje',
      sentences: ['Tento server odkaz nezná, nebo už ho nezná. Požádejte o nový.'],
    },
    'link-superseded': {
      title: 'Pokračovalo se jinde',
      sentences: [
        'Váš odkaz byl znovu otevřen nebo váš PIN znovu zadán na jiné kartě či na jiném zařízení. Funguje jen stránka otevřená naposledy: zvolte si heslo tam.',
        'Nemůžete tu stránku najít, nebo jste to nebyli vy? Požádejte o nový odkaz. Pokud jste to nebyli vy, dejte vědět i tomu, kdo server spravuje.',
      ],
    },
    'link-broken': {
      title: 'Tento odkaz není úplný',
      sentences: [
        'Část se cestou ztratila. Otevřete ho znovu ze zprávy, nebo zkopírujte celý odkaz, až do konce.',
        'Pokud to nepomůže, požádejte o nový.',
      ],
    },
    'link-missing': {
      title: 'Otevřete odkaz ze své zprávy',
      sentences: [
        'Nové heslo se volí odkazem, který vám pošleme. Otevřete ho ze zprávy, nebo o něj požádejte.',
      ],
    },
    'account-unavailable': {
      title: 'Toto heslo zde nelze změnit',
      sentences: ['Požádejte o pomoc s tímto účtem toho, kdo server spravuje.'],
    },
    'account-elsewhere': {
      title: 'Toto heslo je uloženo jinde',
      sentences: [
        'Heslo tohoto účtu má jiný systém, ne Jellyfin. Změňte ho tam; nové pak bude platit i zde.',
        'Pokud nevíte, kde to je, zeptejte se toho, kdo server spravuje.',
      ],
    },
  },
  myAccount,
};
