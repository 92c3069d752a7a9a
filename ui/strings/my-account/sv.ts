import type { MyAccountWords, SpentLinkWords } from './en.ts';

// Read by a native speaker: no.

const undoEnds: SpentLinkWords = {
  unknown: {
    title: 'Länken fungerar inte',
    sentences: [
      'Servern känner inte till den, eller inte längre. Logga in på Mitt konto för att se hur du nås.',
    ],
  },
  expired: {
    title: 'Det är för sent att ångra det här',
    sentences: ['Länken gällde i ett dygn. Logga in på Mitt konto och ändra där hur du nås.'],
  },
  used: {
    title: 'Det här är redan ångrat',
    sentences: ['Länken fungerar en gång. Logga in på Mitt konto för att se hur du nås.'],
  },
  broken: {
    title: 'Länken är inte fullständig',
    sentences: ['En del av den försvann på vägen. Kopiera hela länken från meddelandet, ända till slutet.'],
  },
  missing: {
    title: 'Öppna länken från meddelandet',
    sentences: ['En ändring ångras med länken i meddelandet som berättade om den.'],
  },
};

const invitationEnds: SpentLinkWords = {
  unknown: {
    title: 'Inbjudan fungerar inte',
    sentences: ['Servern känner inte till den, eller inte längre. Be den som sköter servern om en ny.'],
  },
  expired: {
    title: 'Inbjudan har gått ut',
    sentences: ['En inbjudan gäller i några dagar. Be den som sköter servern om en ny.'],
  },
  used: {
    title: 'Inbjudan har redan använts',
    sentences: [
      'Den fungerar en gång. Om det inte var du, säg till den som sköter servern.',
      'Du kan när som helst ändra hur du nås: logga in på Mitt konto.',
    ],
  },
  broken: {
    title: 'Inbjudan är inte fullständig',
    sentences: ['En del av länken försvann på vägen. Kopiera hela länken, ända till slutet.'],
  },
  missing: {
    title: 'Öppna länken i din inbjudan',
    sentences: ['Sidan behöver länken som du fick av den som sköter servern.'],
  },
};

/** Words of My Account and of the pages that belong to it, in Swedish. */
export const myAccount: MyAccountWords = {
  title: 'Mitt konto',
  opening: 'Ett ögonblick…',
  mail: 'E-post',
  reachesBy: 'Den här servern kan skicka meddelanden via:',
  password: 'Ditt lösenord',
  back: 'Avbryt',
  working: 'Ett ögonblick…',
  signIn: {
    title: 'Logga in på Mitt konto',
    lead: 'Se och ändra hur du nås, och byt lösenord.',
    password: 'Lösenord',
    empty: 'Ange ditt användarnamn.',
    working: 'Loggar in…',
    notHandedOver: 'Jellyfin kunde inte logga in dig här. Logga in nedan.',
    signedOff: 'Du är utloggad från den här sidan.',
  },
  quickConnect: {
    open: 'Logga in med Quick Connect',
    lead: 'Öppna Quick Connect i inställningarna på en enhet som är inloggad på Jellyfin och ange den här koden:',
    waiting: 'Väntar på att koden anges. Den gäller i tio minuter.',
    again: 'Hämta en ny kod',
  },
  contacts: {
    title: 'Så nås du',
    lead: 'Meddelanden provar i den här ordningen.',
    none: 'Vi kan inte nå dig ännu. Utan ett sätt att nå dig finns det inget nytt lösenord när du glömmer ditt.',
    verified: 'Bekräftad',
    unverified: 'Inte bekräftad ännu',
    refused: 'Fungerar inte längre: byt ut',
    up: 'Flytta upp',
    down: 'Flytta ner',
    replace: 'Byt ut',
    remove: 'Ta bort',
    add: 'Lägg till',
    addTitle: 'Fler sätt att nå dig',
    moved: 'Ordningen är ändrad.',
    saved: 'Så nås du från och med nu.',
    removed: 'Borttaget. Vi meddelar den borttagna adressen.',
  },
  linking: {
    addTitle: 'Lägg till ett sätt att nå dig',
    replaceTitle: 'Byt ut ett sätt att nå dig',
    mailAddress: 'E-postadress',
    address: 'Adress',
    emptyAddress: 'Ange adressen.',
    whyPassword: 'Ditt lösenord igen, så att ingen annan ändrar hur du nås.',
    sendCode: 'Skicka mig en kod',
    getCode: 'Visa mig en kod',
    codeSent: 'En kod är på väg till dig. Den gäller i tio minuter.',
    code: 'Kod',
    emptyCode: 'Ange koden från meddelandet.',
    confirm: 'Bekräfta',
    noCode: 'Börja om',
    sendToBot: 'Skicka den här koden till:',
    openBot: 'Öppna med koden',
    connect: 'Logga in på Discord',
    notConnected: 'Inget kopplades, eftersom det inte tilläts där. Du kan försöka igen.',
    scan: 'Eller skanna detta med din telefon:',
    qr: 'QR-kod med samma länk',
    waiting: 'Väntar på ditt meddelande. Koden gäller i tio minuter.',
  },
  removing: {
    title: 'Ta bort ett sätt att nå dig',
    last: 'Det är det enda: utan det finns det inget nytt lösenord när du glömmer ditt.',
    submit: 'Ta bort nu',
  },
  language: {
    title: 'Meddelandenas språk',
    label: 'Språk',
    browser: 'Som i webbläsaren eller appen som frågar',
    submit: 'Spara språket',
    saved: 'Språket är sparat.',
  },
  passwords: {
    title: 'Lösenord',
    open: 'Byt lösenord',
    elsewhere: 'Ett annat system har kontots lösenord, inte Jellyfin. Byt det där.',
    current: 'Nuvarande lösenord',
    submit: 'Byt lösenord',
    done: {
      title: 'Ditt nya lösenord gäller',
      sentences: ['Du är utloggad överallt. Logga in med ditt nya lösenord på var och en av dina enheter.'],
    },
    signInAgain: 'Logga in på Mitt konto igen',
  },
  events: {
    title: 'Vad som hänt på sistone',
    none: 'Inget ännu.',
    home: 'hemnätverk',
    more: 'Visa allt',
    words: {
      'account-signed-in': 'En inloggning på Mitt konto',
      'login-failed': 'En inloggning med fel lösenord',
      'login-held': 'Inloggningar hölls tillbaka efter för många felaktiga lösenord',
      'account-unlocked': 'Ditt konto låstes upp',
      'message-sent': 'Ett meddelande skickades till dig',
      'link-made': 'En administratör skapade en länk för ett nytt lösenord',
      'pin-accepted': 'En PIN-kod angavs',
      'password-changed': 'Ditt lösenord byttes',
      'password-not-changed': 'Ett nytt lösenord kunde inte ställas in',
      'contact-added': 'Ett sätt att nå dig lades till',
      'contact-changed': 'Ett sätt att nå dig ersattes',
      'contact-verified': 'Ett sätt att nå dig bekräftades',
      'contact-removed': 'Ett sätt att nå dig togs bort',
      'contact-undone': 'En ändring av hur du nås ångrades',
      'contact-refused': 'Ett sätt att nå dig fungerar inte längre',
      'invitation-made': 'En administratör skapade en inbjudan till dig',
      'devices-signed-out': 'Enheter loggades ut',
    },
  },
  devices: {
    title: 'Inloggade enheter',
    none: 'Ingen enhet är inloggad.',
    unknown: 'Vilka enheter som är inloggade går inte att säga här.',
    lastSeen: 'Sågs senast:',
    signOut: 'Logga ut',
    all: 'Logga ut alla enheter',
    signedOut: 'Enheten är utloggad.',
    allSignedOut: 'Alla enheter är utloggade.',
  },
  signOff: 'Logga ut från den här sidan',
  undo: {
    title: 'Ångra den här ändringen',
    sentences: [
      'Ett sätt att nå det här kontot byttes ut eller togs bort. Om det inte var du, ångra det här.',
      'Då gäller det gamla igen, det nya spärras, och alla loggas ut från Mitt konto.',
    ],
    submit: 'Ångra ändringen',
    working: 'Ångrar…',
    done: {
      title: 'Ändringen är ångrad',
      sentences: [
        'Du nås som förut. Ingen är längre inloggad på Mitt konto.',
        'Någon kände till ditt lösenord: välj ett nytt nu.',
      ],
    },
    newPassword: 'Välj ett nytt lösenord',
    ends: undoEnds,
  },
  invitation: {
    title: 'Berätta hur du nås',
    lead: 'Med det får du ett meddelande när du glömmer ditt lösenord. Inget annat ändras.',
    choose: 'Hur vill du bli nådd?',
    none: 'Servern kan inte skicka meddelanden just nu. Säg till den som sköter den.',
    done: {
      title: 'Det var allt',
      sentences: [
        'Från och med nu får du ett meddelande som låter dig välja ett nytt lösenord, om du glömmer ditt.',
      ],
    },
    ends: invitationEnds,
  },
  account: 'Konto',
  server: 'på',
  checkFailed: 'Länken kunde inte kontrolleras',
  toMyAccount: 'Till Mitt konto',
};
