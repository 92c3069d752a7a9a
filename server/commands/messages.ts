import { defineCommand } from 'citty';

/** `gatehouse messages`: what became of messages that could not be sent. */
export const messagesCommand = defineCommand({
  meta: { name: 'messages', description: 'List messages that were given up, and send them again.' },
  subCommands: {
    dead: () => import('./messages-dead.ts').then((file) => file.messagesDeadCommand),
    resend: () => import('./messages-resend.ts').then((file) => file.messagesResendCommand),
  },
});
