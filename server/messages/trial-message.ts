import { layOut, type MessageText } from './layout.ts';

/**
 * Writes the message with which an administrator tries a channel, in English: it goes to administrators and those they
 * know. It holds no secret and nothing to do.
 */
export function writeTestMessage(about: {
  readonly serverName: string;
  readonly userName: string;
}): MessageText {
  const { serverName, userName } = about;
  return layOut(
    {
      subject: `Test message of ${serverName}`,
      blocks: [
        `Hello ${userName},`,
        `this is a test message of ${serverName}. It arrived, so messages reach you here.`,
        'There is nothing to do. An administrator of the server had it sent.',
      ].map((text) => ({ kind: 'paragraph', text })),
    },
    'en',
  );
}
