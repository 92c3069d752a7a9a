import type { Texts } from './en.ts';

/** Spanish words of the messages. */
export const es: Texts = {
  greeting: (userName) => `Hola, ${userName}:`,
  hours: (count) => `${count} ${count === 1 ? 'hora' : 'horas'}`,
  minutes: (count) => `${count} ${count === 1 ? 'minuto' : 'minutos'}`,
  and: 'y',
  resetLink: {
    subject: (serverName) => `Elige una contraseña nueva para ${serverName}`,
    asked: (serverName, userName) =>
      `Alguien ha pedido una contraseña nueva para el usuario «${userName}» en ${serverName}. Si has sido tú, elígela aquí:`,
    action: 'Elegir una contraseña nueva',
    fallback: 'Si el botón no funciona, abre esta dirección en un navegador:',
    lifetime: (span) => `El enlace funciona una sola vez, durante ${span}.`,
    notYou:
      'Si no lo has pedido, puedes ignorar este mensaje. Tu contraseña sigue igual y nadie puede cambiarla sin este enlace.',
  },
  resetPin: {
    subject: (serverName) => `Tu PIN para ${serverName}`,
    asked: (serverName, userName) =>
      `Alguien ha pedido una contraseña nueva para el usuario «${userName}» en ${serverName}. Si has sido tú, escribe este PIN en la página que lo pide:`,
    where: 'Si esa página ya está cerrada, abre esta dirección y escribe allí el PIN:',
    lifetime: (span) => `El PIN sirve durante ${span}, como mucho hasta que se elija una contraseña nueva.`,
    notYou:
      'Si no lo has pedido, puedes ignorar este mensaje. Tu contraseña sigue igual y nadie puede cambiarla sin este PIN. No se lo digas a nadie, tampoco a quien administra el servidor.',
  },
  resetPinLink: {
    action: 'Usar el PIN y elegir una contraseña nueva',
    typed: 'O escribe tú el PIN donde se te pida:',
  },
  accountElsewhere: {
    subject: (serverName) => `Tu contraseña de ${serverName} no se guarda allí`,
    asked: (serverName, userName) =>
      `Alguien ha pedido una contraseña nueva para el usuario «${userName}» en ${serverName}.`,
    elsewhere: (serverName) =>
      `Allí entras con la cuenta de otro servicio, así que ${serverName} no puede cambiar su contraseña. Cámbiala en el servicio del que viene la cuenta.`,
    action: 'Ir al otro servicio',
    askAdministrator: 'Si no sabes cuál es, pregunta a quien administra el servidor.',
    notYou: 'Si no lo has pedido, puedes ignorar este mensaje. No se ha cambiado nada.',
  },
  accountDisabled: {
    subject: (serverName) => `Tu cuenta de ${serverName} está desactivada`,
    disabled: (serverName) =>
      `La administración de ${serverName} ha desactivado esta cuenta. Solo ella puede volver a abrirla; hasta entonces no se puede elegir una contraseña nueva. Pregunta allí.`,
  },
  passwordChanged: {
    subject: (serverName) => `Tu contraseña de ${serverName} ha cambiado`,
    changed: (serverName, when) => `Tu contraseña de ${serverName} se cambió: ${when}.`,
    sessions: 'Se ha cerrado la sesión en todos los dispositivos. Vuelve a entrar con la contraseña nueva.',
    notYou:
      'Si no has sido tú, puede que alguien tenga acceso a tu correo: protégelo primero, pide después otra contraseña y avisa a quien administra el servidor.',
  },
};
