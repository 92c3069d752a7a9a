import type { Words } from '../words.ts';
import type { SpentLinkWords } from './en.ts';

// Read by a native speaker: no.

/** What is said of the link that undoes a change. */
export const undoEnds: SpentLinkWords = {
  unknown: {
    title: 'הקישור הזה לא עובד',
    sentences: [
      'השרת הזה אינו מכיר אותו, או אינו מכיר אותו עוד. התחברו לחשבון שלי כדי לראות איך מגיעים אליכם.',
    ],
  },
  expired: {
    title: 'מאוחר מדי לבטל את זה כאן',
    sentences: ['הקישור היה תקף ליום אחד. התחברו לחשבון שלי ושנו שם איך מגיעים אליכם.'],
  },
  used: {
    title: 'זה כבר בוטל',
    sentences: ['הקישור עובד פעם אחת. התחברו לחשבון שלי כדי לראות איך מגיעים אליכם.'],
  },
  broken: {
    title: 'הקישור אינו שלם',
    sentences: ['חלק ממנו אבד בדרך. העתיקו מההודעה את הקישור כולו, עד סופו.'],
  },
  missing: {
    title: 'פתחו את הקישור מההודעה',
    sentences: ['מבטלים שינוי באמצעות הקישור שבהודעה שסיפרה לכם עליו.'],
  },
};

/** What is said of an invitation. */
export const invitationEnds: SpentLinkWords = {
  unknown: {
    title: 'ההזמנה הזאת לא עובדת',
    sentences: ['השרת הזה אינו מכיר אותה, או אינו מכיר אותה עוד. בקשו חדשה ממי שמפעיל את השרת.'],
  },
  expired: {
    title: 'תוקף ההזמנה הזאת פג',
    sentences: ['הזמנה תקפה לכמה ימים. בקשו חדשה ממי שמפעיל את השרת.'],
  },
  used: {
    title: 'ההזמנה הזאת כבר נוצלה',
    sentences: [
      'היא עובדת פעם אחת. אם לא אתם עשיתם זאת, ספרו למי שמפעיל את השרת.',
      'אפשר לשנות בכל עת איך מגיעים אליכם: התחברו לחשבון שלי.',
    ],
  },
  broken: { title: 'ההזמנה אינה שלמה', sentences: ['חלק מהקישור אבד בדרך. העתיקו את הקישור כולו, עד סופו.'] },
  missing: {
    title: 'פתחו את הקישור של ההזמנה',
    sentences: ['הדף הזה צריך את הקישור שנתן לכם מי שמפעיל את השרת.'],
  },
};

const over: Words = {
  title: 'הקישור הזה כבר לא פועל',
  sentences: [
    'הוא פועל במשך שבוע, ורק כל עוד הכתובת נשארת כפי שהיא. אם תרצו לקבל הודעות כאן, פנו אל מי שמפעיל את השרת.',
  ],
};

/** What is said of the link of "is this you?". */
export const confirmationEnds: SpentLinkWords = {
  unknown: over,
  expired: over,
  used: { title: 'כבר ניתנה תשובה', sentences: undoEnds.used.sentences },
  broken: undoEnds.broken,
  missing: { title: undoEnds.missing.title, sentences: ['הדף הזה צריך את הקישור מההודעה שנשלחה אליכם.'] },
};

/** What whoever can be reached from now on is told. */
export const invitationDone: Words = {
  title: 'זה הכול',
  sentences: ['מעתה, אם תשכחו את הסיסמה, תקבלו הודעה שבאמצעותה תבחרו סיסמה חדשה.'],
};
