import { myAccount } from './my-account/pt-br.ts';
import type { SomeStrings } from './some-strings.ts';

// Read by a native speaker: no.

/** Brazilian Portuguese words of our pages. */
export const ptBR: SomeStrings = {
  signIn: 'Entrar',
  backToSignIn: 'Voltar para a entrada',
  askForLink: 'Pedir um novo link',
  changeElsewhere: 'Alterar lá',
  tryAgain: 'Tentar novamente',
  userName: 'Nome de usuário',
  choose: {
    title: 'Escolher uma nova senha',
    onServer: 'para a sua conta em',
    checking: 'Verificando seu link…',
    checkFailed: 'Não foi possível verificar seu link',
    password: 'Nova senha',
    again: 'Nova senha outra vez',
    show: 'Mostrar',
    hide: 'Ocultar',
    showPassword: 'Mostrar a senha',
    hidePassword: 'Ocultar a senha',
    isShown: 'Sua senha pode ser lida na tela',
    isHidden: 'Sua senha está oculta',
    rulesTitle: 'Sua nova senha',
    isMet: 'Cumprida',
    isBroken: 'Não cumprida',
    stillToDo: 'Ainda falta:',
    allMet: 'Esta senha cumpre todas as regras',
    empty: 'Escolha uma nova senha.',
    mismatch: 'As duas senhas não são iguais.',
    submit: 'Definir nova senha',
    working: 'Definindo sua senha…',
    workingHint: 'Isso pode levar alguns segundos. Deixe esta página aberta.',
    linkStillGood: 'Seu link ainda é válido.',
    codeLead:
      'Para administradores também é preciso um código. Ele chega a você por outro meio que não o da mensagem que você tem.',
    codeSentBy: 'Enviado por:',
    anotherCode: 'Enviar outro código para mim',
  },
  account: {
    title: 'Esqueceu sua senha?',
    lead: 'Diga quem você é. Enviamos uma mensagem com a qual você escolhe uma nova senha.',
    enteredName: 'Nome de usuário ou e-mail',
    empty: 'Digite seu nome de usuário ou seu e-mail.',
    tooLong: 'Isso é longo demais para um nome de usuário ou e-mail.',
    submit: 'Enviar uma mensagem',
    working: 'Enviando…',
  },
  asked: {
    title: 'Veja suas mensagens',
    sentences: [
      'Se conhecemos esta conta e sabemos como falar com você, uma mensagem com um link está a caminho.',
    ],
    nothingCame: 'Não chegou nada?',
    advice: [
      'Espere alguns minutos e veja na pasta de spam.',
      'Confira a escrita: digite seu nome de usuário como aparece na página de entrada.',
      'Pergunte a quem administra o servidor. Talvez essa pessoa não tenha seu e-mail.',
    ],
    again: 'Tentar outro nome',
  },
  askedPin: {
    sentences: [
      'Se conhecemos esta conta e sabemos como falar com você, uma mensagem com um PIN está a caminho.',
    ],
    enter: 'Digitar o PIN',
  },
  pin: {
    title: 'Escolher uma nova senha',
    go: 'Aperte o botão para continuar. Sua senha continua a mesma até você escolher uma nova.',
    type: 'Digite o PIN da mensagem que enviamos. Sua senha continua a mesma até você escolher uma nova.',
    label: 'PIN',
    empty: 'Digite o PIN da mensagem.',
    submit: 'Continuar',
    working: 'Um momento…',
    unknown: 'Este PIN não está certo. Compare com a mensagem ou peça um novo.',
    expired: 'Este PIN expirou. Peça um novo.',
    used: 'Este PIN já foi usado: uma nova senha foi escolhida depois do envio. Se não foi você, peça um novo PIN agora e avise quem administra o servidor.',
    broken: 'O link não estava completo. Digite o PIN da mensagem.',
    askAgain: 'Pedir um novo PIN',
  },
  rules: {
    'too-short': ({ minLength }) => `Pelo menos ${minLength} caracteres`,
    'too-long': ({ maxLength }) => `No máximo ${maxLength} caracteres`,
    common: () => 'Nenhuma das senhas que todo mundo usa',
    'contains-name': () => 'Sem seu nome de usuário, o nome do servidor e a palavra “jellyfin”',
  },
  faults: {
    'too-short': ({ minLength }) => `Esta senha é curta demais. Use pelo menos ${minLength} caracteres.`,
    'too-long': ({ maxLength }) => `Esta senha é longa demais. Use no máximo ${maxLength} caracteres.`,
    common: () => 'Muita gente usa esta senha, então é fácil adivinhá-la. Escolha outra.',
    'contains-name': () => 'Não use seu nome de usuário, o nome do servidor nem a palavra “jellyfin”.',
  },
  problems: {
    'no-connection': 'O servidor não respondeu. Verifique sua conexão e tente novamente.',
    'jellyfin-unreachable':
      'Não é possível acessar o Jellyfin no momento. Tente novamente em alguns minutos.',
    'change-not-kept':
      'O Jellyfin não guardou a nova senha. Tente novamente; se der errado de novo, avise quem administra o servidor.',
    'link-busy':
      'Uma senha já está sendo definida com este link, talvez em outra aba. Espere um momento e tente novamente.',
    'password-refused': 'O servidor não aceita esta senha. Escolha outra.',
    'too-many-requests': 'Foram tentativas demais. Espere alguns minutos e tente novamente.',
    'proof-needed': 'O servidor está recebendo muitos pedidos. Espere um momento e tente novamente.',
    'signed-out': 'Você não está mais conectado. Entre novamente.',
    'sign-in-refused': 'O Jellyfin não deixou você entrar. Confira o nome e a senha.',
    'password-wrong': 'Esta não é a sua senha. Digite-a de novo.',
    'address-refused': 'Este não é um endereço desse tipo. Confira como está escrito.',
    'code-needed': 'Para esta conta também é preciso um código. Peça o envio de um e digite-o.',
    'code-wrong': 'Este não é o código que foi enviado. Confira e tente novamente.',
    'code-expired': 'O código expirou. Comece de novo.',
    'codes-used-up': 'Nenhum outro código é enviado para este link. Digite o último ou peça um novo link.',
    'bad-body': 'O servidor não entendeu o pedido. Recarregue a página e tente novamente.',
    'not-found': 'Este servidor não oferece novas senhas no momento. Avise quem administra o servidor.',
    unavailable: 'Esta parte do servidor não está disponível no momento. Tente novamente em alguns minutos.',
    internal:
      'Algo deu errado no servidor. Tente novamente; se der errado de novo, avise quem administra o servidor.',
  },
  ends: {
    done: {
      title: 'Sua senha foi alterada',
      sentences: [
        'Você foi desconectado em todos os lugares. Entre com a nova senha em cada um dos seus dispositivos.',
      ],
    },
    'link-expired': {
      title: 'Este link expirou',
      sentences: ['Para sua segurança, um link só funciona por pouco tempo. Peça um novo.'],
    },
    'link-used': {
      title: 'Este link já foi usado',
      sentences: [
        'Um link funciona uma vez. Se você acabou de escolher uma senha com ele, entre com essa senha.',
        'Se não foi você, peça um novo link agora e avise quem administra o servidor.',
      ],
    },
    'link-locked': {
      title: 'Este link não vale mais',
      sentences: [
        'Um código errado foi digitado vezes demais. Peça um novo link.',
        'Se não foi você, avise a pessoa que cuida do servidor.',
      ],
    },
    'link-unknown': {
      title: 'Este link não funciona',
      sentences: ['Este servidor não conhece o link, ou não o conhece mais. Peça um novo.'],
    },
    'link-superseded': {
      title: 'Isto continuou em outro lugar',
      sentences: [
        'Seu link foi aberto de novo, ou seu PIN foi digitado de novo, em outra aba ou em outro dispositivo. Só funciona a última página aberta: escolha sua senha lá.',
        'Não encontra essa página, ou não foi você? Peça um novo link. Se não foi você, avise também quem administra o servidor.',
      ],
    },
    'link-broken': {
      title: 'Este link não está completo',
      sentences: [
        'Parte dele se perdeu no caminho. Abra-o de novo na mensagem, ou copie o link inteiro, até o fim.',
        'Se isso não ajudar, peça um novo.',
      ],
    },
    'link-missing': {
      title: 'Abra o link da sua mensagem',
      sentences: ['Uma nova senha é escolhida com um link que enviamos. Abra-o na mensagem, ou peça um.'],
    },
    'account-unavailable': {
      title: 'Esta senha não pode ser alterada aqui',
      sentences: ['Peça ajuda com esta conta a quem administra o servidor.'],
    },
    'account-elsewhere': {
      title: 'Esta senha fica guardada em outro lugar',
      sentences: [
        'Outro sistema guarda a senha desta conta, não o Jellyfin. Altere-a lá; a nova valerá aqui também.',
        'Se você não sabe onde é, pergunte a quem administra o servidor.',
      ],
    },
  },
  myAccount,
};
