import type { Words } from '../words.ts';
import type { SpentLinkWords } from './en.ts';

// Read by a native speaker: no.

/** What is said of the link that undoes a change. */
export const undoEnds: SpentLinkWords = {
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

/** What is said of an invitation. */
export const invitationEnds: SpentLinkWords = {
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

const over: Words = {
  title: 'Bu bağlantı artık çalışmıyor',
  sentences: [
    'Bir hafta ve yalnızca adres aynı kaldığı sürece geçerlidir. Size buradan ulaşılmasını istiyorsanız sunucuyu işleten kişiye sorun.',
  ],
};

/** What is said of the link of "is this you?". */
export const confirmationEnds: SpentLinkWords = {
  unknown: over,
  expired: over,
  used: { title: 'Bu zaten yanıtlandı', sentences: undoEnds.used.sentences },
  broken: undoEnds.broken,
  missing: {
    title: undoEnds.missing.title,
    sentences: ['Bu sayfa, size gönderilen iletideki bağlantıyı gerektirir.'],
  },
};

/** What whoever can be reached from now on is told. */
export const invitationDone: Words = {
  title: 'Hepsi bu kadar',
  sentences: ['Bundan sonra parolanızı unutursanız yeni bir parola seçmenizi sağlayan bir ileti alırsınız.'],
};
