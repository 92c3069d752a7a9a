import type { Words } from '../words.ts';
import type { SpentLinkWords } from './en.ts';

// Read by a native speaker: no.

/** What is said of the link that undoes a change. */
export const undoEnds: SpentLinkWords = {
  unknown: {
    title: 'Este link não funciona',
    sentences: [
      'Este servidor não o conhece, ou não o conhece mais. Entre em Minha conta para ver como falamos com você.',
    ],
  },
  expired: {
    title: 'É tarde demais para desfazer isto aqui',
    sentences: ['O link valia por um dia. Entre em Minha conta e altere lá como falamos com você.'],
  },
  used: {
    title: 'Isto já foi desfeito',
    sentences: ['O link funciona uma vez. Entre em Minha conta para ver como falamos com você.'],
  },
  broken: {
    title: 'O link não está completo',
    sentences: ['Uma parte se perdeu no caminho. Copie o link inteiro da mensagem, até o último caractere.'],
  },
  missing: {
    title: 'Abra o link da mensagem',
    sentences: ['Uma alteração é desfeita com o link da mensagem que avisou você dela.'],
  },
};

/** What is said of an invitation. */
export const invitationEnds: SpentLinkWords = {
  unknown: {
    title: 'Este convite não funciona',
    sentences: [
      'Este servidor não o conhece, ou não o conhece mais. Peça um novo a quem administra o servidor.',
    ],
  },
  expired: {
    title: 'Este convite expirou',
    sentences: ['Um convite vale por alguns dias. Peça um novo a quem administra o servidor.'],
  },
  used: {
    title: 'Este convite já foi usado',
    sentences: [
      'Ele funciona uma vez. Se não foi você, avise quem administra o servidor.',
      'Você pode alterar como falamos com você a qualquer momento: entre em Minha conta.',
    ],
  },
  broken: {
    title: 'O convite não está completo',
    sentences: ['Uma parte do link se perdeu no caminho. Copie o link inteiro, até o último caractere.'],
  },
  missing: {
    title: 'Abra o link do seu convite',
    sentences: ['Esta página precisa do link que quem administra o servidor deu a você.'],
  },
};

const over: Words = {
  title: 'Este link não funciona mais',
  sentences: [
    'Ele vale por uma semana, e só enquanto o endereço for o mesmo. Se quiser receber mensagens aqui, peça a quem administra o servidor.',
  ],
};

/** What is said of the link of "is this you?". */
export const confirmationEnds: SpentLinkWords = {
  unknown: over,
  expired: over,
  used: { title: 'Isto já foi respondido', sentences: undoEnds.used.sentences },
  broken: undoEnds.broken,
  missing: {
    title: undoEnds.missing.title,
    sentences: ['Esta página precisa do link da mensagem que você recebeu.'],
  },
};

/** What whoever can be reached from now on is told. */
export const invitationDone: Words = {
  title: 'Isso é tudo',
  sentences: ['A partir de agora você recebe uma mensagem para escolher uma nova senha, caso esqueça a sua.'],
};
