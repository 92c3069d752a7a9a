import type { MyAccountWords, SpentLinkWords } from './en.ts';

// Read by a native speaker: no.

const undoEnds: SpentLinkWords = {
  unknown: {
    title: 'Bu bağlantı çalışmıyor',
    sentences: [
      'Bu sunucu onu tanımıyor veya artık tanımıyor. Size nasıl ulaşıldığını görmek için Hesabım sayfasında oturum açın.',
    ],
  },
  expired: {
    title: 'Bunu burada geri almak için çok geç',
    sentences: [
      'Bağlantı bir gün geçerliydi. Hesabım sayfasında oturum açın ve size nasıl ulaşıldığını orada değiştirin.',
    ],
  },
  used: {
    title: 'Bu zaten geri alındı',
    sentences: [
      'Bağlantı yalnızca bir kez kullanılabilir. Size nasıl ulaşıldığını görmek için Hesabım sayfasında oturum açın.',
    ],
  },
  broken: {
    title: 'Bağlantı tam değil',
    sentences: ['Bir bölümü yolda kayboldu. İletideki bağlantının tamamını sonuna kadar kopyalayın.'],
  },
  missing: {
    title: 'İletideki bağlantıyı açın',
    sentences: ['Bir değişiklik, onu size bildiren iletideki bağlantıyla geri alınır.'],
  },
};

const invitationEnds: SpentLinkWords = {
  unknown: {
    title: 'Bu davet çalışmıyor',
    sentences: ['Bu sunucu onu tanımıyor veya artık tanımıyor. Sunucuyu yönetenden yeni bir davet isteyin.'],
  },
  expired: {
    title: 'Bu davetin süresi doldu',
    sentences: ['Bir davet birkaç gün geçerlidir. Sunucuyu yönetenden yeni bir davet isteyin.'],
  },
  used: {
    title: 'Bu davet zaten kullanıldı',
    sentences: [
      'Yalnızca bir kez kullanılabilir. Bunu siz yapmadıysanız sunucuyu yönetene haber verin.',
      'Size nasıl ulaşıldığını her zaman değiştirebilirsiniz: Hesabım sayfasında oturum açın.',
    ],
  },
  broken: {
    title: 'Davet tam değil',
    sentences: ['Bağlantının bir bölümü yolda kayboldu. Bağlantının tamamını sonuna kadar kopyalayın.'],
  },
  missing: {
    title: 'Davetinizin bağlantısını açın',
    sentences: ['Bu sayfa için sunucuyu yönetenin size verdiği bağlantı gerekir.'],
  },
};

/** Words of My Account and of the pages that belong to it, in Turkish. */
export const myAccount: MyAccountWords = {
  title: 'Hesabım',
  opening: 'Bir dakika…',
  mail: 'E-posta',
  reachesBy: 'Bu sunucu şu yollarla ileti gönderebilir:',
  password: 'Parolanız',
  back: 'İptal',
  working: 'Bir dakika…',
  signIn: {
    title: 'Hesabım sayfasında oturum aç',
    lead: 'Size nasıl ulaşıldığını görün ve değiştirin, parolanızı değiştirin.',
    password: 'Parola',
    empty: 'Kullanıcı adınızı yazın.',
    working: 'Oturum açılıyor…',
    notHandedOver: 'Jellyfin burada oturumunuzu açamadı. Aşağıdan oturum açın.',
    signedOff: 'Bu sayfadaki oturumunuz kapatıldı.',
  },
  quickConnect: {
    open: 'Quick Connect ile oturum aç',
    lead: 'Jellyfin oturumu açık olan bir cihazda ayarlardan Quick Connect seçeneğini açın ve bu kodu yazın:',
    waiting: 'Kodun yazılması bekleniyor. Kod on dakika geçerlidir.',
    again: 'Yeni kod al',
  },
  contacts: {
    title: 'Size nasıl ulaşılıyor',
    lead: 'İletiler bu yolları bu sırayla dener.',
    none: 'Size henüz ulaşamıyoruz. Size ulaşacak bir yol olmadan, parolanızı unuttuğunuzda yeni parola alamazsınız.',
    verified: 'Onaylandı',
    unverified: 'Henüz onaylanmadı',
    refused: 'Artık çalışmıyor: değiştirin',
    up: 'Yukarı taşı',
    down: 'Aşağı taşı',
    replace: 'Değiştir',
    remove: 'Kaldır',
    add: 'Ekle',
    addTitle: 'Size ulaşmanın başka yolları',
    moved: 'Sıra değiştirildi.',
    saved: 'Size bundan sonra böyle ulaşılır.',
    removed: 'Kaldırıldı. Kaldırılan adrese haber vereceğiz.',
  },
  linking: {
    addTitle: 'Size ulaşmak için bir yol ekleyin',
    replaceTitle: 'Size ulaşılan bir yolu değiştirin',
    mailAddress: 'E-posta adresi',
    address: 'Adres',
    emptyAddress: 'Adresi yazın.',
    whyPassword: 'Size nasıl ulaşıldığını başka kimse değiştirmesin diye parolanızı yeniden yazın.',
    sendCode: 'Bana kod gönder',
    getCode: 'Bana kod göster',
    codeSent: 'Size bir kod gönderiliyor. Kod on dakika geçerlidir.',
    code: 'Kod',
    emptyCode: 'İletideki kodu yazın.',
    confirm: 'Onayla',
    noCode: 'Baştan başla',
    sendToBot: 'Bu kodu şuraya gönderin:',
    openBot: 'Kodla aç',
    connect: 'Discord’da oturum aç',
    notConnected: 'Orada izin verilmediği için hiçbir şey bağlanmadı. Yeniden deneyebilirsiniz.',
    scan: 'Ya da bunu telefonunuzla tarayın:',
    qr: 'Aynı bağlantıyı içeren QR kodu',
    waiting: 'İletiniz bekleniyor. Kod on dakika geçerlidir.',
  },
  removing: {
    title: 'Size ulaşılan bir yolu kaldırın',
    last: 'Tek yol bu: onsuz, parolanızı unuttuğunuzda yeni parola alamazsınız.',
    submit: 'Şimdi kaldır',
  },
  language: {
    title: 'İletilerin dili',
    label: 'Dil',
    browser: 'İsteğin geldiği tarayıcıdaki veya uygulamadaki gibi',
    submit: 'Dili kaydet',
    saved: 'Dil kaydedildi.',
  },
  passwords: {
    title: 'Parola',
    open: 'Parolayı değiştir',
    elsewhere: 'Bu hesabın parolasını Jellyfin değil, başka bir sistem saklıyor. Orada değiştirin.',
    current: 'Şimdiki parola',
    submit: 'Parolayı değiştir',
    done: {
      title: 'Yeni parolanız kaydedildi',
      sentences: ['Oturumunuz her yerde kapatıldı. Cihazlarınızın her birinde yeni parolanızla oturum açın.'],
    },
    signInAgain: 'Hesabım sayfasında yeniden oturum aç',
  },
  events: {
    title: 'Son zamanlarda olanlar',
    none: 'Henüz bir şey yok.',
    home: 'ev ağı',
    more: 'Tümünü göster',
    words: {
      'account-signed-in': 'Hesabım sayfasında oturum açıldı',
      'login-failed': 'Yanlış parolayla bir oturum açma denemesi',
      'login-held': 'Çok fazla yanlış paroladan sonra oturum açma engellendi',
      'account-unlocked': 'Hesabınızın kilidi açıldı',
      'message-sent': 'Size bir ileti gönderildi',
      'link-made': 'Bir yönetici yeni parola için bağlantı oluşturdu',
      'pin-accepted': 'Bir PIN kodu yazıldı',
      'password-changed': 'Parolanız değiştirildi',
      'password-not-changed': 'Yeni bir parola kaydedilemedi',
      'contact-added': 'Size ulaşmanın bir yolu eklendi',
      'contact-changed': 'Size ulaşmanın bir yolu değiştirildi',
      'contact-verified': 'Size ulaşmanın bir yolu onaylandı',
      'contact-removed': 'Size ulaşılan bir yol kaldırıldı',
      'contact-undone': 'Size nasıl ulaşılacağına dair bir değişiklik geri alındı',
      'contact-refused': 'Size ulaşmanın bir yolu artık çalışmıyor',
      'invitation-made': 'Bir yönetici sizin için davet oluşturdu',
      'devices-signed-out': 'Cihazların oturumu kapatıldı',
    },
  },
  devices: {
    title: 'Oturum açık cihazlar',
    none: 'Hiçbir cihazda oturum açık değil.',
    unknown: 'Hangi cihazlarda oturum açık olduğu burada söylenemiyor.',
    lastSeen: 'Son görülme:',
    signOut: 'Oturumu kapat',
    all: 'Tüm cihazlarda oturumu kapat',
    signedOut: 'Cihazda oturum kapatıldı.',
    allSignedOut: 'Tüm cihazlarda oturum kapatıldı.',
  },
  signOff: 'Bu sayfada oturumu kapat',
  undo: {
    title: 'Bu değişikliği geri al',
    sentences: [
      'Bu hesabın sahibine ulaşılan bir yol değiştirildi veya kaldırıldı. Bunu siz yapmadıysanız buradan geri alın.',
      'O zaman eskisi yeniden geçerli olur, yenisi engellenir ve herkesin Hesabım oturumu kapatılır.',
    ],
    submit: 'Değişikliği geri al',
    working: 'Geri alınıyor…',
    done: {
      title: 'Değişiklik geri alındı',
      sentences: [
        'Size önceki gibi ulaşılır. Artık kimsenin Hesabım oturumu açık değil.',
        'Biri parolanızı biliyordu: şimdi yeni bir parola seçin.',
      ],
    },
    newPassword: 'Yeni bir parola seç',
    ends: undoEnds,
  },
  invitation: {
    title: 'Size nasıl ulaşılacağını söyleyin',
    lead: 'Böylece parolanızı unuttuğunuzda bir ileti alırsınız. Başka hiçbir şey değişmez.',
    choose: 'Size nasıl ulaşalım?',
    none: 'Bu sunucu şu anda ileti gönderemiyor. Onu yönetene haber verin.',
    done: {
      title: 'Hepsi bu kadar',
      sentences: [
        'Bundan sonra parolanızı unutursanız yeni bir parola seçmenizi sağlayan bir ileti alırsınız.',
      ],
    },
    ends: invitationEnds,
  },
  account: 'Hesap:',
  server: 'Sunucu:',
  checkFailed: 'Bağlantı denetlenemedi',
  toMyAccount: 'Hesabım sayfasına git',
};
