import type { MyAccountWords, SpentLinkWords } from './en.ts';

// Read by a native speaker: no.

const undoEnds: SpentLinkWords = {
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

const invitationEnds: SpentLinkWords = {
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

/** Words of My Account and of the pages that belong to it, in Brazilian Portuguese. */
export const myAccount: MyAccountWords = {
  title: 'Minha conta',
  opening: 'Um momento…',
  mail: 'E-mail',
  reachesBy: 'Este servidor pode enviar mensagens por:',
  password: 'Sua senha',
  back: 'Cancelar',
  working: 'Um momento…',
  signIn: {
    title: 'Entrar em Minha conta',
    lead: 'Veja e altere como falar com você, e altere sua senha.',
    password: 'Senha',
    empty: 'Digite seu nome de usuário.',
    working: 'Entrando…',
    notHandedOver: 'O Jellyfin não conseguiu conectar você aqui. Entre abaixo.',
    signedOff: 'Você saiu desta página.',
  },
  quickConnect: {
    open: 'Entrar com o Quick Connect',
    lead: 'Em um dispositivo conectado ao Jellyfin, abra o Quick Connect nas configurações e digite este código:',
    waiting: 'Aguardando o código ser digitado. Ele vale por dez minutos.',
    again: 'Obter um novo código',
  },
  contacts: {
    title: 'Como falamos com você',
    lead: 'As mensagens tentam estes meios nesta ordem.',
    none: 'Ainda não temos como falar com você. Sem isso não há nova senha quando você esquecer a sua.',
    verified: 'Confirmado',
    unverified: 'Ainda não confirmado',
    refused: 'Não funciona mais: substitua',
    up: 'Mover para cima',
    down: 'Mover para baixo',
    replace: 'Substituir',
    remove: 'Remover',
    add: 'Adicionar',
    addTitle: 'Mais meios de falar com você',
    moved: 'A ordem foi alterada.',
    saved: 'É assim que falamos com você a partir de agora.',
    removed: 'Removido. Avisamos o endereço removido.',
  },
  linking: {
    addTitle: 'Adicionar um meio de falar com você',
    replaceTitle: 'Substituir um meio de falar com você',
    mailAddress: 'Endereço de e-mail',
    address: 'Endereço',
    emptyAddress: 'Digite o endereço.',
    whyPassword: 'Sua senha mais uma vez, para que ninguém mais altere como falamos com você.',
    sendCode: 'Enviar um código para mim',
    getCode: 'Mostrar um código',
    codeSent: 'Um código está a caminho. Ele vale por dez minutos.',
    code: 'Código',
    emptyCode: 'Digite o código da mensagem.',
    confirm: 'Confirmar',
    noCode: 'Começar de novo',
    sendToBot: 'Envie este código para:',
    openBot: 'Abrir com o código',
    connect: 'Entrar no Discord',
    notConnected: 'Nada foi conectado, pois não foi permitido lá. Você pode tentar de novo.',
    scan: 'Ou aponte o celular para isto:',
    qr: 'Código QR com o mesmo link',
    waiting: 'Aguardando sua mensagem. O código vale por dez minutos.',
  },
  removing: {
    title: 'Remover um meio de falar com você',
    last: 'É o único: sem ele não há nova senha quando você esquecer a sua.',
    submit: 'Remover agora',
  },
  language: {
    title: 'Idioma das mensagens',
    label: 'Idioma',
    browser: 'Como no navegador ou aplicativo que pede',
    submit: 'Salvar idioma',
    saved: 'O idioma foi salvo.',
  },
  passwords: {
    title: 'Senha',
    open: 'Alterar senha',
    elsewhere: 'Outro sistema guarda a senha desta conta, não o Jellyfin. Altere-a lá.',
    current: 'Senha atual',
    submit: 'Alterar senha',
    done: {
      title: 'Sua nova senha foi definida',
      sentences: [
        'Você foi desconectado em todos os lugares. Entre com a nova senha em cada um dos seus dispositivos.',
      ],
    },
    signInAgain: 'Entrar novamente em Minha conta',
  },
  events: {
    title: 'O que aconteceu recentemente',
    none: 'Nada ainda.',
    home: 'rede doméstica',
    more: 'Mostrar tudo',
    words: {
      'account-signed-in': 'Um acesso a Minha conta',
      'login-failed': 'Uma tentativa de entrar com a senha errada',
      'login-held': 'Entradas foram retidas após senhas erradas demais',
      'account-unlocked': 'Sua conta foi desbloqueada',
      'message-sent': 'Uma mensagem foi enviada a você',
      'link-made': 'Um administrador criou um link para uma nova senha',
      'pin-accepted': 'Um PIN foi digitado',
      'password-changed': 'Sua senha foi alterada',
      'password-not-changed': 'Não foi possível definir uma nova senha',
      'contact-added': 'Uma forma de contato foi adicionada',
      'contact-changed': 'Uma forma de contato foi substituída',
      'contact-verified': 'Uma forma de contato foi confirmada',
      'contact-removed': 'Um meio de falar com você foi removido',
      'contact-undone': 'Uma mudança de contato foi desfeita',
      'contact-refused': 'Uma forma de contato não funciona mais',
      'invitation-made': 'Um administrador criou um convite para você',
      'devices-signed-out': 'Dispositivos foram desconectados',
    },
  },
  devices: {
    title: 'Dispositivos conectados',
    none: 'Nenhum dispositivo está conectado.',
    unknown: 'Não é possível dizer aqui quais dispositivos estão conectados.',
    lastSeen: 'Visto pela última vez:',
    signOut: 'Desconectar',
    all: 'Desconectar todos os dispositivos',
    signedOut: 'O dispositivo foi desconectado.',
    allSignedOut: 'Todos os dispositivos foram desconectados.',
  },
  signOff: 'Sair desta página',
  undo: {
    title: 'Desfazer esta alteração',
    sentences: [
      'Um meio de falar com o dono desta conta foi substituído ou removido. Se não foi você, desfaça aqui.',
      'O antigo volta a valer, o novo é bloqueado, e todos saem de Minha conta.',
    ],
    submit: 'Desfazer a alteração',
    working: 'Desfazendo…',
    done: {
      title: 'A alteração foi desfeita',
      sentences: [
        'Falamos com você como antes. Ninguém mais está conectado a Minha conta.',
        'Alguém sabia sua senha: escolha uma nova agora.',
      ],
    },
    newPassword: 'Escolher uma nova senha',
    ends: undoEnds,
  },
  invitation: {
    title: 'Diga como falar com você',
    lead: 'Assim você recebe uma mensagem quando esquecer sua senha. Nada mais é alterado.',
    choose: 'Como você quer que falemos com você?',
    none: 'Este servidor não tem como enviar mensagens no momento. Avise quem o administra.',
    done: {
      title: 'Isso é tudo',
      sentences: [
        'A partir de agora você recebe uma mensagem para escolher uma nova senha, caso esqueça a sua.',
      ],
    },
    ends: invitationEnds,
  },
  account: 'Conta',
  server: 'em',
  checkFailed: 'Não foi possível verificar o link',
  toMyAccount: 'Ir para Minha conta',
};
