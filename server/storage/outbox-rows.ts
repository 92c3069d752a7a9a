import { LANGUAGES, type Language } from '../../injector/kit/translations.ts';
import { MESSAGE_KINDS, type MessageKind } from '../ports/message-kinds.ts';
import type { Route } from '../ports/message-route.ts';
import {
  type DeadLetter,
  type DelayCause,
  type MessageRow,
  type NewMessage,
  type OutboxRow,
  REQUEST_QUEUE,
  REQUEST_SOURCES,
  type RequestSource,
} from '../ports/outbox-store.ts';
import { integer, optionalText, type Row, text } from './rows.ts';

/** Reads a row of the outbox table that is a message. */
export function toMessageRow(row: Row): MessageRow {
  const work = toWork(row);
  if (work.queue === REQUEST_QUEUE) throw new Error('The outbox holds a request in the place of a message.');
  return work as MessageRow;
}

/** Reads a row of the outbox table, whose columns keep the names of the first schema: `lane`, `identifier`. */
export function toWork(row: Row): OutboxRow {
  const work = {
    id: integer(row, 'id'),
    createdAt: integer(row, 'created_at'),
    waitingSince: integer(row, row['waiting_since'] === null ? 'created_at' : 'waiting_since'),
    tries: integer(row, 'tries'),
    language: toLanguage(text(row, 'language')),
  };
  if (text(row, 'lane') === REQUEST_QUEUE) {
    return {
      ...work,
      queue: REQUEST_QUEUE,
      enteredName: text(row, 'identifier'),
      source: toSource(text(row, 'source')),
      clientAddress: text(row, 'client_address'),
    };
  }
  return {
    ...work,
    queue: text(row, 'lane'),
    contactId: optionalText(row, 'contact_id'),
    kind: toKind(row),
    userId: text(row, 'user_id'),
    userName: text(row, 'user_name'),
    key: text(row, 'message_key'),
    secretVersion: integer(row, 'secret_version'),
    requestKey: optionalText(row, 'request_key'),
    route: toRoute(optionalText(row, 'route')),
    mayHaveArrived: integer(row, 'may_have_arrived') > 0,
  };
}

/** What only this storage writes. */
function toRoute(json: string | undefined): Route | undefined {
  return json === undefined ? undefined : (JSON.parse(json) as Route);
}

/** Values of the column `is_stalled`, which keeps the name of the first schema. */
export const DELAY_CAUSES: Readonly<Record<DelayCause, number>> = { refused: 0, stalled: 1, unconfirmed: 2 };

/** What an unknown source asks for is looked up as a name only. */
function toSource(source: string): RequestSource {
  return REQUEST_SOURCES.find((known) => known === source) ?? 'form';
}

/** Reads a row of the outbox table that was given up. */
export function toDeadLetter(row: Row): DeadLetter {
  const isMessage = text(row, 'lane') !== REQUEST_QUEUE;
  return {
    id: integer(row, 'id'),
    queue: text(row, 'lane'),
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

/** Values of the columns `request_key`, `route` and `has_next` of a new message. */
export function routeValues({
  requestKey,
  route,
}: NewMessage): readonly [string | null, string | null, number] {
  const hasNext = route !== undefined && route.contacts.length > 1;
  return [requestKey ?? null, route === undefined ? null : JSON.stringify(route), hasNext ? 1 : 0];
}

/** Whether a message counts with one of the same request to the same account, which is stored already. */
export function isCountedAlready(message: NewMessage, stored: readonly NewMessage[]): boolean {
  const { requestKey, userId } = message;
  return (
    requestKey !== undefined && stored.some((one) => one.requestKey === requestKey && one.userId === userId)
  );
}
