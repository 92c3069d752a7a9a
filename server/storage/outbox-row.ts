import { LANGUAGES, type Language } from '../../injector/kit/translations.ts';
import type { OutboxWork } from '../outbox/outbox-store.ts';
import { integer, type Row, text } from './row.ts';

/** Reads a row of the outbox table. */
export function toWork(row: Row): OutboxWork {
  const work = {
    id: integer(row, 'id'),
    createdAt: integer(row, 'created_at'),
    tries: integer(row, 'tries'),
    language: toLanguage(text(row, 'language')),
  };
  if (text(row, 'lane') === 'asked') {
    return {
      ...work,
      lane: 'asked',
      identifier: text(row, 'identifier'),
      source: text(row, 'source') === 'form' ? 'form' : 'account-page',
      clientAddress: text(row, 'client_address'),
    };
  }
  return {
    ...work,
    lane: 'email',
    kind: text(row, 'kind') === 'reset-link' ? 'reset-link' : 'password-changed',
    userId: text(row, 'user_id'),
    userName: text(row, 'user_name'),
    key: text(row, 'message_key'),
  };
}

function toLanguage(value: string): Language {
  return LANGUAGES.find((language) => language === value) ?? 'en';
}
