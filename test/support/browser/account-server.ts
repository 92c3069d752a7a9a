import { randomBytes } from 'node:crypto';
import express, { type Response, Router } from 'express';
import type { z } from 'zod';
import {
  type AccountContact,
  BeginContactBody,
  type BegunContact,
  ChangePasswordBody,
  ConfirmContactBody,
  LanguageBody,
  OrderContactsBody,
  QuickConnectEndBody,
  RemoveContactBody,
  SignInBody,
  SignOutDevicesBody,
  TokenBody,
} from '../../../server/http/account-contract.ts';
import type { ApiErrorCode } from '../../../server/http/contract.ts';
import { API_ERRORS } from '../../../server/http/errors.ts';
import {
  ConfirmationBody,
  InvitationBeginBody,
  InvitationConfirmBody,
  LinkBody,
} from '../../../server/http/link-contract.ts';
import { type AccountPerson, createPerson, viewOf } from './account-person.ts';

/** What was sent to the person; whatever else is typed is wrong. */
export const SENT_CODE = 'AB12CD';

/** What the person sends to the bot. */
export const BOT_CODE = 'K7M4-Q2XW';

/** A server of My Account that keeps everything in memory and takes only bodies that keep the contract. */
export interface AccountServer {
  readonly router: Router;
  person: AccountPerson;
  /** What the server says of Quick Connect. */
  hasQuickConnect: boolean;
  /** Begins anew: Ana, nobody signed in, nothing refused. */
  reset(): void;
  /** A call fails with this code from now on, `no-connection` among them; undefined: no more. */
  refuse(call: string, code: ApiErrorCode | 'no-connection' | undefined, faults?: readonly string[]): void;
  /** Holds a call back until the answer is called. */
  hold(call: string): () => void;
  /** Somebody sends the code to the bot, or allows it in Jellyfin. */
  bringCode(): void;
  /** All sessions are over, as after a reset. */
  endSessions(): void;
}

const QR = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M1 1h3v3H1zM5 1h2v2H5zM1 5h2v2H1z"/></svg>`;

/** Makes the server; its router belongs at `<base>/gatehouse/api/account`. */
export function createAccountServer(): AccountServer {
  const refusals = new Map<string, { code: ApiErrorCode | 'no-connection'; faults?: readonly string[] }>();
  const holds = new Map<string, Promise<void>>();
  let sessions = new Set<string>();
  let pending: { channel: string; address: string } | undefined;
  let isBrought = false;
  let isSpent = false;
  const router = Router();
  router.use(express.json());

  function fail(response: Response, code: ApiErrorCode, faults?: readonly string[]): void {
    response.status(API_ERRORS[code].status).json({ code, message: '', ...(faults && { faults }) });
  }

  function call<Schema extends z.ZodType>(
    name: string,
    schema: Schema | undefined,
    isOpen: boolean,
    answer: (body: z.output<Schema>, response: Response) => object | ApiErrorCode,
  ): void {
    router.post(`/${name}`, async (request, response) => {
      await holds.get(name);
      const refusal = refusals.get(name);
      if (refusal?.code === 'no-connection') return void request.socket.destroy();
      if (refusal !== undefined) return fail(response, refusal.code, refusal.faults);
      const session = /session=(\w+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
      if (!isOpen && !sessions.has(session))
        return name === 'view' ? void response.json({ code: 'signed-out' }) : fail(response, 'signed-out');
      const read = schema?.safeParse(request.body);
      if (read?.success === false) return fail(response, 'bad-body');
      const answered = answer((read?.data ?? {}) as z.output<Schema>, response);
      if (typeof answered === 'string') fail(response, answered);
      else response.json(answered);
    });
  }

  function letIn(response: Response): object {
    const session = randomBytes(8).toString('hex');
    sessions.add(session);
    response.set('Set-Cookie', `session=${session}; HttpOnly; SameSite=Strict; Path=/`);
    return {};
  }

  const view = () => viewOf(server.person, pending === undefined ? [] : [pending.channel]);

  function keep(contact: AccountContact): void {
    const others = server.person.contacts.filter(({ channel }) => channel !== contact.channel);
    const at = server.person.contacts.findIndex(({ channel }) => channel === contact.channel);
    others.splice(at === -1 ? others.length : at, 0, contact);
    server.person.contacts = others;
    pending = undefined;
  }

  function begin(name: string, address: string | undefined): BegunContact | ApiErrorCode {
    const channel = server.person.channels.find((one) => one.channel === name);
    if (channel === undefined) return 'bad-body';
    const isTyped = channel.linking === 'code-to-person';
    const kept = server.person.contacts.find((one) => one.channel === name && one.state === 'unverified');
    if (isTyped !== ((address ?? kept?.address) !== undefined) && isTyped) return 'bad-body';
    if (!isTyped && address !== undefined) return 'bad-body';
    if (name === 'email' && !(address ?? kept?.address)?.includes('@')) return 'address-refused';
    isBrought = false;
    pending = { channel: name, address: `${(address ?? kept?.address)?.slice(0, 2) ?? '77'}…` };
    if (isTyped) return { kind: 'code-sent' };
    const url = name === 'telegram' ? `https://t.me/attic_bot?start=${BOT_CODE}` : undefined;
    return {
      kind: 'send-code',
      code: BOT_CODE,
      botName: 'attic_bot',
      url,
      qr: url && QR,
      connectUrl: undefined,
    };
  }

  const server: AccountServer = {
    router,
    person: createPerson(),
    hasQuickConnect: true,
    reset() {
      refusals.clear();
      holds.clear();
      sessions = new Set();
      pending = undefined;
      isBrought = false;
      isSpent = false;
      server.person = createPerson();
      server.hasQuickConnect = true;
    },
    refuse(name, code, faults) {
      if (code === undefined) refusals.delete(name);
      else refusals.set(name, { code, ...(faults && { faults }) });
    },
    hold(name) {
      let letGo = (): void => undefined;
      holds.set(name, new Promise((resolve) => (letGo = resolve)));
      return () => {
        holds.delete(name);
        letGo();
      };
    },
    bringCode() {
      isBrought = true;
      if (pending !== undefined) keep({ ...pending, state: 'verified' });
    },
    endSessions: () => sessions.clear(),
  };
  const person = () => server.person;

  call('channels', undefined, true, () => ({
    channels: person().channels,
    quickConnect: server.hasQuickConnect,
  }));
  call('sign-in', SignInBody, true, ({ name, password }, response) =>
    name === person().userName && password === person().password ? letIn(response) : 'sign-in-refused',
  );
  call('token', TokenBody, true, (_body, response) => letIn(response));
  call('quick-connect/begin', undefined, true, () => {
    isBrought = false;
    return { code: '123456', attempt: randomBytes(6).toString('hex') };
  });
  call('quick-connect/end', QuickConnectEndBody, true, (_body, response) => {
    if (isBrought) letIn(response);
    return { state: isBrought ? 'signed-in' : 'waiting' };
  });
  call('sign-out', undefined, false, () => {
    sessions.clear();
    return {};
  });
  call('view', undefined, false, view);
  call('contacts/begin', BeginContactBody, false, ({ channel, address, password }) =>
    password === person().password ? begin(channel, address) : 'password-wrong',
  );
  call('contacts/confirm', ConfirmContactBody, false, ({ code }) => {
    if (pending === undefined) return 'code-expired';
    if (code !== SENT_CODE) return 'code-wrong';
    keep({ ...pending, state: 'verified' });
    return view();
  });
  call('contacts/remove', RemoveContactBody, false, ({ channel, password }) => {
    if (password !== person().password) return 'password-wrong';
    person().contacts = person().contacts.filter((one) => one.channel !== channel);
    return view();
  });
  call('contacts/order', OrderContactsBody, false, ({ channels }) => {
    const place = (one: AccountContact) => channels.indexOf(one.channel);
    person().contacts = [...person().contacts].sort((one, other) => place(one) - place(other));
    return view();
  });
  call('language', LanguageBody, false, ({ language }) => {
    person().language = language ?? undefined;
    return view();
  });
  call('password', ChangePasswordBody, false, ({ current, next }) => {
    if (current !== person().password) return 'password-wrong';
    person().password = next;
    sessions.clear();
    return {};
  });
  call('devices/sign-out', SignOutDevicesBody, false, ({ id }) => {
    person().devices = id === undefined ? [] : person().devices?.filter((one) => one.id !== id);
    return view();
  });
  const about = { serverName: 'Attic', userName: 'ana' };
  const undone = { ...about, channel: 'telegram', properName: 'Telegram' };
  call('undo/look', LinkBody, true, () => (isSpent ? 'link-used' : undone));
  call('undo', LinkBody, true, () => {
    if (isSpent) return 'link-used';
    isSpent = true;
    return { ...undone, ...person().undone };
  });
  const asked = { ...undone, address: '…89' };
  call('confirm/look', LinkBody, true, () => (isSpent ? 'link-used' : asked));
  call('confirm', ConfirmationBody, true, () => {
    if (isSpent) return 'link-used';
    isSpent = true;
    return asked;
  });
  call('invitation/look', LinkBody, true, () =>
    isSpent ? 'link-used' : { ...about, channels: person().channels },
  );
  call('invitation/begin', InvitationBeginBody, true, ({ channel, address }) => begin(channel, address));
  call('invitation/confirm', InvitationConfirmBody, true, ({ code }) => {
    if (isSpent) return 'link-used';
    if (code !== undefined && code !== SENT_CODE) return 'code-wrong';
    if (code === undefined && !isBrought) return { state: 'waiting' };
    isSpent = true;
    return { state: 'confirmed' };
  });
  return server;
}
