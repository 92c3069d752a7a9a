import type { EndWords, ProblemWords, RuleWords, Strings } from './en.ts';
import { myAccount } from './my-account/es.ts';

const rules: RuleWords = {
  'too-short': ({ minLength }) => `Al menos ${minLength} caracteres`,
  'too-long': ({ maxLength }) => `Como máximo ${maxLength} caracteres`,
  common: () => 'Que no sea una contraseña que usa todo el mundo',
  'contains-name': () => 'Sin tu nombre de usuario, el nombre del servidor ni la palabra «jellyfin»',
};

const faults: RuleWords = {
  'too-short': ({ minLength }) => `Esta contraseña es demasiado corta. Usa al menos ${minLength} caracteres.`,
  'too-long': ({ maxLength }) =>
    `Esta contraseña es demasiado larga. Usa como máximo ${maxLength} caracteres.`,
  common: () => 'Mucha gente usa esta contraseña y es fácil de adivinar. Elige otra.',
  'contains-name': () => 'Quita tu nombre de usuario, el nombre del servidor y la palabra «jellyfin».',
};

const problems: ProblemWords = {
  'no-connection': 'El servidor no ha respondido. Comprueba tu conexión e inténtalo de nuevo.',
  'jellyfin-unreachable': 'Ahora mismo no se puede acceder a Jellyfin. Inténtalo de nuevo en unos minutos.',
  'change-not-kept':
    'Jellyfin no ha guardado la nueva contraseña. Inténtalo de nuevo; si vuelve a fallar, avisa a quien administra el servidor.',
  'link-busy':
    'Ahora mismo se está guardando una contraseña con este enlace, quizá en otra pestaña. Espera un momento e inténtalo de nuevo.',
  'password-refused': 'El servidor no acepta esta contraseña. Elige otra.',
  'too-many-requests': 'Han sido demasiados intentos. Espera unos minutos e inténtalo de nuevo.',
  'proof-needed':
    'El servidor recibe muchas solicitudes en este momento. Espera un momento y vuelve a intentarlo.',
  'signed-out': 'Ya no ha iniciado sesión. Inicie sesión de nuevo.',
  'sign-in-refused': 'Jellyfin no aceptó el inicio de sesión. Compruebe el nombre y la contraseña.',
  'password-wrong': 'Esta no es su contraseña. Escríbala de nuevo.',
  'address-refused': 'No es una dirección de ese tipo. Compruebe cómo está escrita.',
  'code-needed': 'Para esta cuenta también hace falta un código. Haz que te envíen uno y escríbelo.',
  'code-wrong': 'No es el código enviado. Compruébelo e inténtelo de nuevo.',
  'code-expired': 'El código ha caducado. Empiece de nuevo.',
  'codes-used-up':
    'No se envía ningún código más para este enlace. Escribe el último o pide un enlace nuevo.',
  'bad-body': 'El servidor no ha entendido la petición. Recarga la página e inténtalo de nuevo.',
  'not-found':
    'Este servidor no ofrece contraseñas nuevas por el momento. Avisa a quien administra el servidor.',
  unavailable:
    'Esta parte del servidor no está disponible en este momento. Inténtalo de nuevo en unos minutos.',
  internal:
    'Algo ha fallado en el servidor. Inténtalo de nuevo; si vuelve a fallar, avisa a quien administra el servidor.',
};

const ends: EndWords = {
  done: {
    title: 'Tu contraseña ha cambiado',
    sentences: [
      'Se ha cerrado tu sesión en todas partes. Inicia sesión con la nueva contraseña en cada uno de tus dispositivos.',
    ],
  },
  'link-expired': {
    title: 'Este enlace ha caducado',
    sentences: ['Por tu seguridad, un enlace sirve poco tiempo. Pide uno nuevo.'],
  },
  'link-used': {
    title: 'Este enlace ya se ha usado',
    sentences: [
      'Un enlace sirve una sola vez. Si acabas de elegir una contraseña con él, inicia sesión con ella.',
      'Si no has sido tú, pide ahora un enlace nuevo y avisa a quien administra el servidor.',
    ],
  },
  'link-locked': {
    title: 'Este enlace ya no sirve',
    sentences: [
      'Se ha escrito un código equivocado demasiadas veces. Pide un enlace nuevo.',
      'Si no has sido tú, avisa a quien administra el servidor.',
    ],
  },
  'link-unknown': {
    title: 'Este enlace no funciona',
    sentences: ['El servidor no conoce este enlace, o ya no lo conoce. Pide uno nuevo.'],
  },
  'link-superseded': {
    title: 'Esta página ya no es válida',
    sentences: [
      'Tu enlace o PIN era válido al abrirse esta página. Lo más probable es que se haya usado otra vez desde entonces, en otra pestaña o en otro dispositivo: sigue en la última página abierta.',
      'Si no hay ninguna, pide un enlace nuevo. Si no fuiste tú, avisa también a la persona que administra el servidor.',
    ],
  },
  'link-broken': {
    title: 'Este enlace no está completo',
    sentences: [
      'Una parte se ha perdido por el camino. Ábrelo otra vez desde el mensaje, o copia el enlace entero, hasta el último carácter.',
      'Si eso no ayuda, pide uno nuevo.',
    ],
  },
  'link-missing': {
    title: 'Abre el enlace de tu mensaje',
    sentences: [
      'Una contraseña nueva se elige con un enlace que te enviamos. Ábrelo desde el mensaje, o pide uno.',
    ],
  },
  'account-unavailable': {
    title: 'Esta contraseña no se puede cambiar aquí',
    sentences: ['Pide ayuda a quien administra el servidor.'],
  },
  'account-elsewhere': {
    title: 'Esta contraseña se guarda en otro lugar',
    sentences: [
      'La contraseña de esta cuenta la guarda otro sistema, no Jellyfin. Cámbiala allí; después valdrá también aquí.',
      'Si no sabes dónde es, pregunta a la persona que administra el servidor.',
    ],
  },
};

/** All words of our pages in Spanish. */
export const es: Strings = {
  signIn: 'Iniciar sesión',
  backToSignIn: 'Volver al inicio de sesión',
  askForLink: 'Pedir un enlace nuevo',
  changeElsewhere: 'Cambiarla allí',
  tryAgain: 'Intentar de nuevo',
  userName: 'Nombre de usuario',
  choose: {
    title: 'Elegir una contraseña nueva',
    onServer: 'para tu cuenta en',
    checking: 'Comprobando tu enlace…',
    checkFailed: 'No se ha podido comprobar tu enlace',
    password: 'Contraseña nueva',
    again: 'Repite la contraseña nueva',
    show: 'Mostrar',
    hide: 'Ocultar',
    showPassword: 'Mostrar la contraseña',
    hidePassword: 'Ocultar la contraseña',
    isShown: 'Tu contraseña se puede leer en la pantalla',
    isHidden: 'Tu contraseña está oculta',
    rulesTitle: 'Tu contraseña nueva',
    isMet: 'Cumplido',
    isBroken: 'No cumplido',
    stillToDo: 'Todavía falta:',
    allMet: 'Esta contraseña cumple todas las reglas',
    empty: 'Elige una contraseña nueva.',
    mismatch: 'Las dos contraseñas no son iguales.',
    submit: 'Guardar la contraseña',
    working: 'Guardando tu contraseña…',
    workingHint: 'Puede tardar unos segundos. Deja esta página abierta.',
    linkStillGood: 'Tu enlace sigue siendo válido.',
    codeLead:
      'Para los administradores también hace falta un código. Te llega por otra vía que el mensaje que tienes.',
    codeSentBy: 'Enviado por:',
    anotherCode: 'Enviarme otro código',
  },
  account: {
    title: '¿Has olvidado tu contraseña?',
    lead: 'Dinos quién eres. Te enviaremos un mensaje con el que eliges una contraseña nueva.',
    enteredName: 'Nombre de usuario o correo electrónico',
    empty: 'Escribe tu nombre de usuario o tu correo electrónico.',
    tooLong: 'Es demasiado largo para un nombre de usuario o un correo electrónico.',
    submit: 'Enviarme un mensaje',
    working: 'Enviando…',
  },
  asked: {
    title: 'Mira tus mensajes',
    sentences: [
      'Si conocemos esta cuenta y sabemos cómo localizarte, un mensaje con un enlace está en camino.',
    ],
    nothingCame: '¿No ha llegado nada?',
    advice: [
      'Espera unos minutos y mira en la carpeta de correo no deseado.',
      'Revisa cómo lo has escrito: pon tu nombre de usuario igual que al iniciar sesión.',
      'Pregunta a quien administra el servidor. Puede que no tenga tu correo electrónico.',
    ],
    again: 'Probar con otro nombre',
  },
  askedPin: {
    sentences: ['Si conocemos esta cuenta y sabemos cómo localizarte, un mensaje con un PIN está en camino.'],
    enter: 'Escribir el PIN',
  },
  pin: {
    title: 'Elegir una contraseña nueva',
    go: 'Pulsa el botón para continuar. Tu contraseña sigue igual hasta que hayas elegido una nueva.',
    type: 'Escribe el PIN del mensaje que te hemos enviado. Tu contraseña sigue igual hasta que hayas elegido una nueva.',
    label: 'PIN del mensaje',
    empty: 'Escribe el PIN del mensaje.',
    submit: 'Continuar',
    working: 'Un momento…',
    unknown: 'Este PIN no es correcto. Compáralo con el mensaje o pide uno nuevo.',
    expired: 'Este PIN ha caducado. Pide uno nuevo.',
    used: 'Este PIN ya no sirve: se ha elegido una contraseña nueva desde que se envió. Si no has sido tú, pide ahora un PIN nuevo y avisa a quien administra el servidor.',
    broken: 'El enlace no estaba completo. Escribe el PIN del mensaje.',
    askAgain: 'Pedir un PIN nuevo',
  },
  rules,
  faults,
  problems,
  ends,
  myAccount,
};
