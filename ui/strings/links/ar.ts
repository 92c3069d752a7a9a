import type { Words } from '../words.ts';
import type { SpentLinkWords } from './en.ts';

// Read by a native speaker: no.

/** What is said of the link that undoes a change. */
export const undoEnds: SpentLinkWords = {
  unknown: {
    title: 'هذا الرابط لا يعمل',
    sentences: ['لا يعرفه هذا الخادم، أو لم يعد يعرفه. سجّل الدخول إلى حسابي لترى كيف نصل إليك.'],
  },
  expired: {
    title: 'فات الأوان للتراجع عن هذا هنا',
    sentences: ['كان الرابط يعمل ليوم واحد. سجّل الدخول إلى حسابي وغيّر هناك طرق الوصول إليك.'],
  },
  used: {
    title: 'تم التراجع عن هذا من قبل',
    sentences: ['يعمل الرابط مرة واحدة. سجّل الدخول إلى حسابي لترى كيف نصل إليك.'],
  },
  broken: {
    title: 'الرابط غير كامل',
    sentences: ['فُقد جزء منه في الطريق. انسخ الرابط كاملًا من الرسالة حتى آخره.'],
  },
  missing: {
    title: 'افتح الرابط من الرسالة',
    sentences: ['يتم التراجع عن التغيير بالرابط الموجود في الرسالة التي أعلمتك به.'],
  },
};

/** What is said of an invitation. */
export const invitationEnds: SpentLinkWords = {
  unknown: {
    title: 'هذه الدعوة لا تعمل',
    sentences: ['لا يعرفها هذا الخادم، أو لم يعد يعرفها. اطلب دعوة جديدة ممن يدير الخادم.'],
  },
  expired: {
    title: 'انتهت صلاحية هذه الدعوة',
    sentences: ['تعمل الدعوة لبضعة أيام. اطلب دعوة جديدة ممن يدير الخادم.'],
  },
  used: {
    title: 'استُخدمت هذه الدعوة من قبل',
    sentences: [
      'تعمل مرة واحدة. إذا لم تكن أنت من استخدمها، فأخبر من يدير الخادم.',
      'يمكنك تغيير طرق الوصول إليك في أي وقت: سجّل الدخول إلى حسابي.',
    ],
  },
  broken: {
    title: 'الدعوة غير كاملة',
    sentences: ['فُقد جزء من الرابط في الطريق. انسخ الرابط كاملًا حتى آخره.'],
  },
  missing: {
    title: 'افتح رابط دعوتك',
    sentences: ['تحتاج هذه الصفحة إلى الرابط الذي أعطاك إياه من يدير الخادم.'],
  },
};

const over: Words = {
  title: 'لم يعد هذا الرابط يعمل',
  sentences: [
    'يعمل لمدة أسبوع، وفقط ما دام العنوان كما هو. إن أردت أن تصلك الرسائل هنا فاسأل من يدير الخادم.',
  ],
};

/** What is said of the link of "is this you?". */
export const confirmationEnds: SpentLinkWords = {
  unknown: over,
  expired: over,
  used: { title: 'تمت الإجابة عن هذا من قبل', sentences: undoEnds.used.sentences },
  broken: undoEnds.broken,
  missing: {
    title: undoEnds.missing.title,
    sentences: ['تحتاج هذه الصفحة إلى الرابط الموجود في الرسالة التي أُرسلت إليك.'],
  },
};

/** What whoever can be reached from now on is told. */
export const invitationDone: Words = {
  title: 'هذا كل شيء',
  sentences: ['من الآن فصاعدًا تصلك رسالة تختار بها كلمة مرور جديدة إذا نسيت كلمتك.'],
};
