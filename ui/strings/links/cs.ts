import type { Words } from '../words.ts';
import type { SpentLinkWords } from './en.ts';

// Read by a native speaker: no.

/** What is said of the link that undoes a change. */
export const undoEnds: SpentLinkWords = {
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

/** What is said of an invitation. */
export const invitationEnds: SpentLinkWords = {
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

const over: Words = {
  title: 'Tento odkaz už nefunguje',
  sentences: [
    'Platí týden, a jen dokud se adresa nezmění. Chcete-li zde dostávat zprávy, požádejte toho, kdo server provozuje.',
  ],
};

/** What is said of the link of "is this you?". */
export const confirmationEnds: SpentLinkWords = {
  unknown: over,
  expired: over,
  used: { title: 'Na to už bylo odpovězeno', sentences: undoEnds.used.sentences },
  broken: undoEnds.broken,
  missing: {
    title: undoEnds.missing.title,
    sentences: ['Tato stránka potřebuje odkaz ze zprávy, která vám přišla.'],
  },
};

/** What whoever can be reached from now on is told. */
export const invitationDone: Words = {
  title: 'To je vše',
  sentences: ['Když od teď zapomenete heslo, dostanete zprávu, kterou si zvolíte nové.'],
};
