import type { Texts } from './en.ts';

/** Spanish words of the messages. */
export const es: Texts = {
  greeting: (userName) => `Hola, ${userName}:`,
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
  passwordChanged: {
    subject: (serverName) => `Tu contraseña de ${serverName} ha cambiado`,
    changed: (serverName, when) => `Tu contraseña de ${serverName} se cambió: ${when}.`,
    sessions: 'Se ha cerrado la sesión en todos los dispositivos. Vuelve a entrar con la contraseña nueva.',
    notYou:
      'Si no has sido tú, puede que alguien tenga acceso a tu correo: protégelo primero, pide después otra contraseña y avisa a quien administra el servidor.',
  },
};
