import type { Words } from '../words.ts';
import type { SpentLinkWords } from './en.ts';

/** What is said of the link that undoes a change. */
export const undoEnds: SpentLinkWords = {
  unknown: {
    title: 'Este enlace no funciona',
    sentences: ['El servidor no lo conoce, o ya no. Inicia sesión en Mi cuenta para ver cómo se te avisa.'],
  },
  expired: {
    title: 'Aquí ya es tarde para deshacerlo',
    sentences: ['El enlace valía un día. Inicia sesión en Mi cuenta y cambia allí cómo se te avisa.'],
  },
  used: {
    title: 'Esto ya se deshizo',
    sentences: ['El enlace vale una vez. Inicia sesión en Mi cuenta para ver cómo se te avisa.'],
  },
  broken: {
    title: 'El enlace no está completo',
    sentences: ['Una parte se perdió por el camino. Copia el enlace entero del mensaje, hasta el final.'],
  },
  missing: {
    title: 'Abre el enlace del mensaje',
    sentences: ['Un cambio se deshace con el enlace del mensaje que te lo contó.'],
  },
};

/** What is said of an invitation. */
export const invitationEnds: SpentLinkWords = {
  unknown: {
    title: 'Esta invitación no funciona',
    sentences: ['El servidor no la conoce, o ya no. Pide otra a la persona que lo administra.'],
  },
  expired: {
    title: 'Esta invitación ha caducado',
    sentences: ['Una invitación vale unos días. Pide otra a la persona que administra el servidor.'],
  },
  used: {
    title: 'Esta invitación ya se usó',
    sentences: [
      'Vale una vez. Si no fuiste tú, avisa a la persona que administra el servidor.',
      'Puedes cambiar cómo se te avisa cuando quieras: inicia sesión en Mi cuenta.',
    ],
  },
  broken: {
    title: 'La invitación no está completa',
    sentences: ['Una parte del enlace se perdió por el camino. Copia el enlace entero, hasta el final.'],
  },
  missing: {
    title: 'Abre el enlace de tu invitación',
    sentences: ['Esta página necesita el enlace que te dio la persona que administra el servidor.'],
  },
};

const over: Words = {
  title: 'Este enlace ya no funciona',
  sentences: [
    'Sirve durante una semana y solo mientras la dirección no cambie. Si quiere recibir mensajes aquí, pregunte a la persona que administra el servidor.',
  ],
};

/** What is said of the link of "is this you?". */
export const confirmationEnds: SpentLinkWords = {
  unknown: over,
  expired: over,
  used: { title: 'Esto ya se respondió', sentences: undoEnds.used.sentences },
  broken: undoEnds.broken,
  missing: {
    title: undoEnds.missing.title,
    sentences: ['Esta página necesita el enlace del mensaje que se le envió.'],
  },
};

/** What whoever can be reached from now on is told. */
export const invitationDone: Words = {
  title: 'Eso es todo',
  sentences: ['Desde ahora recibes un mensaje con el que eliges una contraseña nueva si olvidas la tuya.'],
};
