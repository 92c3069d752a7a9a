import { WEBHOOK_NAME } from '../../config/sections/webhook.ts';

/** Reads an address as it was typed: one word, which never is a part of a way to another place. */
export function readWebhookAddress(typed: string): { readonly address: string } | { readonly fault: string } {
  const text = typed.trim();
  return WEBHOOK_NAME.test(text)
    ? { address: text }
    : {
        fault:
          'must be one word of at most 128 letters, digits or _ @ + . -, beginning with a letter or digit',
      };
}
