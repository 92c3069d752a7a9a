import { myAccount } from './my-account/tr.ts';
import type { SomeStrings } from './some-strings.ts';

// Read by a native speaker: no.

/** Turkish words of our pages. */
export const tr: SomeStrings = {
  signIn: 'Oturum aç',
  backToSignIn: 'Oturum açmaya dön',
  askForLink: 'Yeni bağlantı iste',
  changeElsewhere: 'Orada değiştir',
  tryAgain: 'Yeniden dene',
  userName: 'Kullanıcı adı',
  choose: {
    title: 'Yeni bir parola seçin',
    onServer: 'hesabınızın bulunduğu sunucu:',
    checking: 'Bağlantınız denetleniyor…',
    checkFailed: 'Bağlantınız denetlenemedi',
    password: 'Yeni parola',
    again: 'Yeni parola, yeniden',
    show: 'Göster',
    hide: 'Gizle',
    showPassword: 'Parolayı göster',
    hidePassword: 'Parolayı gizle',
    isShown: 'Parolanız ekranda okunabiliyor',
    isHidden: 'Parolanız gizli',
    rulesTitle: 'Yeni parolanız',
    isMet: 'Sağlandı',
    isBroken: 'Sağlanmadı',
    stillToDo: 'Hâlâ eksik:',
    allMet: 'Bu parola tüm kurallara uyuyor',
    empty: 'Yeni bir parola seçin.',
    mismatch: 'İki parola aynı değil.',
    submit: 'Yeni parolayı kaydet',
    working: 'Parolanız kaydediliyor…',
    workingHint: 'Bu birkaç saniye sürebilir. Bu sayfayı açık bırakın.',
    linkStillGood: 'Bağlantınız hâlâ geçerli.',
    codeLead:
      'Yöneticiler için ayrıca bir kod gerekir. Kod size, elinizdeki iletiden başka bir yoldan ulaşır.',
    codeSentBy: 'Gönderildiği yol:',
    anotherCode: 'Bana bir kod daha gönder',
  },
  account: {
    title: 'Parolanızı mı unuttunuz?',
    lead: 'Bize kim olduğunuzu söyleyin. Size, yeni bir parola seçeceğiniz bir ileti göndeririz.',
    enteredName: 'Kullanıcı adı veya e-posta adresi',
    empty: 'Kullanıcı adınızı veya e-posta adresinizi yazın.',
    tooLong: 'Bu, bir kullanıcı adı veya e-posta adresi için fazla uzun.',
    submit: 'Bana ileti gönder',
    working: 'Gönderiliyor…',
  },
  asked: {
    title: 'İletilerinize bakın',
    sentences: [
      'Bu hesabı tanıyorsak ve size nasıl ulaşacağımızı biliyorsak bağlantı içeren bir ileti yolda.',
    ],
    nothingCame: 'Bir şey gelmedi mi?',
    advice: [
      'Birkaç dakika bekleyin ve gereksiz posta klasörüne bakın.',
      'Yazımı denetleyin: kullanıcı adınızı oturum açma sayfasında göründüğü gibi yazın.',
      'Sunucuyu yönetene sorun. Belki e-posta adresiniz onda yoktur.',
    ],
    again: 'Başka bir ad dene',
  },
  askedPin: {
    sentences: [
      'Bu hesabı tanıyorsak ve size nasıl ulaşacağımızı biliyorsak PIN kodu içeren bir ileti yolda.',
    ],
    enter: 'PIN kodunu yaz',
  },
  pin: {
    title: 'Yeni bir parola seçin',
    go: 'Devam etmek için düğmeye basın. Yeni bir parola seçene kadar parolanız olduğu gibi kalır.',
    type: 'Size gönderdiğimiz iletideki PIN kodunu yazın. Yeni bir parola seçene kadar parolanız olduğu gibi kalır.',
    label: 'PIN kodu',
    empty: 'İletideki PIN kodunu yazın.',
    submit: 'Devam et',
    working: 'Bir dakika…',
    unknown: 'Bu PIN kodu doğru değil. İletiyle karşılaştırın veya yenisini isteyin.',
    expired: 'Bu PIN kodunun süresi doldu. Yenisini isteyin.',
    used: 'Bu PIN kodu artık geçersiz: gönderildikten sonra yeni bir parola seçildi. Bunu siz yapmadıysanız şimdi yeni bir PIN kodu isteyin ve sunucuyu yönetene haber verin.',
    broken: 'Bağlantı tam değildi. Onun yerine iletideki PIN kodunu yazın.',
    askAgain: 'Yeni PIN kodu iste',
  },
  rules: {
    'too-short': ({ minLength }) => `En az ${minLength} karakter`,
    'too-long': ({ maxLength }) => `En fazla ${maxLength} karakter`,
    common: () => 'Herkesin kullandığı parolalardan biri olmamalı',
    'contains-name': () => 'Kullanıcı adınız, sunucunun adı ve “jellyfin” sözcüğü olmadan',
  },
  faults: {
    'too-short': ({ minLength }) => `Bu parola çok kısa. En az ${minLength} karakter kullanın.`,
    'too-long': ({ maxLength }) => `Bu parola çok uzun. En fazla ${maxLength} karakter kullanın.`,
    common: () =>
      'Bu parolayı birçok kişi kullanıyor, bu yüzden kolay tahmin edilir. Başka bir parola seçin.',
    'contains-name': () => 'Kullanıcı adınızı, sunucunun adını ve “jellyfin” sözcüğünü kullanmayın.',
  },
  problems: {
    'no-connection': 'Sunucu yanıt vermedi. Bağlantınızı denetleyip yeniden deneyin.',
    'jellyfin-unreachable': 'Şu anda Jellyfin sunucusuna ulaşılamıyor. Birkaç dakika sonra yeniden deneyin.',
    'change-not-kept':
      'Jellyfin yeni parolayı saklamadı. Yeniden deneyin; yine olmazsa sunucuyu yönetene haber verin.',
    'link-busy':
      'Şu anda bu bağlantıyla bir parola kaydediliyor, belki başka bir sekmede. Biraz bekleyip yeniden deneyin.',
    'password-refused': 'Sunucu bu parolayı kabul etmiyor. Başka bir parola seçin.',
    'too-many-requests': 'Çok fazla deneme yapıldı. Birkaç dakika bekleyip yeniden deneyin.',
    'proof-needed': 'Sunucuya şu anda çok istek geliyor. Biraz bekleyip yeniden deneyin.',
    'signed-out': 'Oturumunuz artık açık değil. Yeniden oturum açın.',
    'sign-in-refused': 'Jellyfin oturum açmanıza izin vermedi. Adı ve parolayı denetleyin.',
    'password-wrong': 'Bu sizin parolanız değil. Yeniden yazın.',
    'address-refused': 'Bu, o türden bir adres değil. Nasıl yazıldığını denetleyin.',
    'code-needed': 'Bu hesap için ayrıca bir kod gerekir. Bir kod gönderilmesini isteyip yazın.',
    'code-wrong': 'Gönderilen kod bu değil. Denetleyip yeniden deneyin.',
    'code-expired': 'Kodun süresi doldu. Baştan başlayın.',
    'codes-used-up':
      'Bu bağlantı için başka kod gönderilmez. Son kodu yazın ya da yeni bir bağlantı isteyin.',
    'bad-body': 'Sunucu isteği anlamadı. Sayfayı yenileyip yeniden deneyin.',
    'not-found': 'Bu sunucu şu anda yeni parola sunmuyor. Sunucuyu yönetene haber verin.',
    unavailable: 'Sunucunun bu bölümü şu anda kullanılamıyor. Birkaç dakika sonra yeniden deneyin.',
    internal: 'Sunucuda bir şeyler ters gitti. Yeniden deneyin; yine olmazsa sunucuyu yönetene haber verin.',
  },
  ends: {
    done: {
      title: 'Parolanız değiştirildi',
      sentences: ['Oturumunuz her yerde kapatıldı. Cihazlarınızın her birinde yeni parolanızla oturum açın.'],
    },
    'link-expired': {
      title: 'Bu bağlantının süresi doldu',
      sentences: ['Güvenliğiniz için bir bağlantı yalnızca kısa süre çalışır. Yenisini isteyin.'],
    },
    'link-used': {
      title: 'Bu bağlantı zaten kullanıldı',
      sentences: [
        'Bir bağlantı yalnızca bir kez kullanılabilir. Onunla az önce bir parola seçtiyseniz o parolayla oturum açın.',
        'Bunu siz yapmadıysanız şimdi yeni bir bağlantı isteyin ve sunucuyu yönetene haber verin.',
      ],
    },
    'link-locked': {
      title: 'Bu bağlantı artık geçerli değil',
      sentences: [
        'Çok fazla kez yanlış kod yazıldı. Yeni bir bağlantı isteyin.',
        'Bunu siz yapmadıysanız sunucuyu yöneten kişiye bildirin.',
      ],
    },
    'link-unknown': {
      title: 'Bu bağlantı çalışmıyor',
      sentences: ['Bu sunucu bağlantıyı tanımıyor veya artık tanımıyor. Yenisini isteyin.'],
    },
    'link-superseded': {
      title: 'Başka yerde devam edildi',
      sentences: [
        'Bağlantınız yeniden açıldı veya PIN kodunuz yeniden yazıldı; başka bir sekmede ya da başka bir cihazda. Yalnızca son açılan sayfa çalışır: parolanızı orada seçin.',
        'O sayfayı bulamıyor musunuz veya bunu siz yapmadınız mı? Yeni bir bağlantı isteyin. Siz yapmadıysanız sunucuyu yönetene de haber verin.',
      ],
    },
    'link-broken': {
      title: 'Bu bağlantı tam değil',
      sentences: [
        'Bir bölümü yolda kayboldu. İletiden yeniden açın veya bağlantının tamamını sonuna kadar kopyalayın.',
        'Bu işe yaramazsa yenisini isteyin.',
      ],
    },
    'link-missing': {
      title: 'İletinizdeki bağlantıyı açın',
      sentences: [
        'Yeni parola, size gönderdiğimiz bir bağlantıyla seçilir. Onu iletiden açın veya bir bağlantı isteyin.',
      ],
    },
    'account-unavailable': {
      title: 'Bu parola burada değiştirilemez',
      sentences: ['Bu hesap için sunucuyu yönetenden yardım isteyin.'],
    },
    'account-elsewhere': {
      title: 'Bu parola başka yerde saklanıyor',
      sentences: [
        'Bu hesabın parolasını Jellyfin değil, başka bir sistem saklıyor. Orada değiştirin; yeni parola o zaman burada da geçerli olur.',
        'Neresi olduğunu bilmiyorsanız sunucuyu yönetene sorun.',
      ],
    },
  },
  myAccount,
};
