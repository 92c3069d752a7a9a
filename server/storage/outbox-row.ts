import { LANGUAGES, type Language } from '../../injector/kit/translations.ts';
import {
  ASK_SOURCES,
  type AskSource,
  type DeadLetter,
  MESSAGE_KINDS,
  type MessageKind,
  type OutboxWork,
} from '../outbox/outbox-store.ts';
import { integer, optionalText, type Row, text } from './row.ts';

/** Reads a row of the outbox table. */
export function toWork(row: Row): OutboxWork {
  const work = {
    id: integer(row, 'id'),
    createdAt: integer(row, 'created_at'),
    waitingSince: integer(row, row['waiting_since'] === null ? 'created_at' : 'waiting_since'),
    tries: integer(row, 'tries'),
    language: toLanguage(text(row, 'language')),
  };
  if (text(row, 'lane') === 'asked') {
    return {
      ...work,
      lane: 'asked',
      identifier: text(row, 'identifier'),
      source: toSource(text(row, 'source')),
      clientAddress: text(row, 'client_address'),
    };
  }
  return {
    ...work,
    lane: 'email',
    kind: toKind(row),
    userId: text(row, 'user_id'),
    userName: text(row, 'user_name'),
    key: text(row, 'message_key'),
  };
}

/** What an unknown source asks for is looked up as a name only. */
function toSource(source: string): AskSource {
  return ASK_SOURCES.find((known) => known === source) ?? 'form';
}

/** Reads a row of the outbox table that was given up. */
export function toDeadLetter(row: Row): DeadLetter {
  const isMessage = text(row, 'lane') !== 'asked';
  return {
    id: integer(row, 'id'),
    lane: isMessage ? 'email' : 'asked',
    message: isMessage
      ? { kind: toKind(row), userId: text(row, 'user_id'), userName: text(row, 'user_name') }
      : undefined,
    createdAt: integer(row, 'created_at'),
    endedAt: integer(row, 'ended_at'),
    tries: integer(row, 'tries'),
    reason: optionalText(row, 'reason'),
  };
}

/** @throws {Error} for a kind this Gatehouse does not know; guessing would send the wrong message. */
function toKind(row: Row): MessageKind {
  const name = text(row, 'kind');
  const kind = MESSAGE_KINDS.find((known) => known === name);
  if (kind === undefined) throw new Error(`The outbox holds a message of the unknown kind ${name}.`);
  return kind;
}

function toLanguage(value: string): Language {
  return LANGUAGES.find((language) => language === value) ?? 'en';
}
