import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import {
  BeginContactBody,
  ChangePasswordBody,
  ConfirmContactBody,
  ConnectContactBody,
  LanguageBody,
  OrderContactsBody,
  QuickConnectEndBody,
  RemoveContactBody,
  type SignedOutView,
  SignInBody,
  SignOutDevicesBody,
  TokenBody,
} from '../account-contract.ts';
import {
  endSessionCookie,
  readSessionCookie,
  type Way,
  wayOf,
  writeSessionCookie,
} from '../account-cookie.ts';
import {
  AccountRefusal,
  type AccountUseCases,
  type Caller,
  type SignedInCaller,
} from '../account-use-cases.ts';
import { ApiFailure } from '../errors.ts';
import { createJsonCall, readClientAddress } from '../json-call.ts';
import { ConfirmationBody, InvitationBeginBody, InvitationConfirmBody, LinkBody } from '../link-contract.ts';
import { ReminderBody } from '../reminder-contract.ts';

const Nothing = z.strictObject({});

/** To whoever opens the page this is no fault, and a browser writes each 401 into its console. */
const SIGNED_OUT: SignedOutView = { code: 'signed-out' };

/** Seconds to wait where nobody knows how long. */
const SOME_SECONDS = 900;

/** One call under way: who asks, over what, and the cookie that came with it. */
interface Visit {
  readonly caller: Caller;
  readonly way: Way;
  readonly cookie: string | undefined;
  readonly response: Response;
}

/** Makes the routes of My Account, below `/api/account/`. Source: ASVS 5.0 3.3, 3.5, 7.2 to 7.4. */
export function createAccountRoutes(use: AccountUseCases): Router {
  const router = Router({ caseSensitive: true, strict: true });

  /** A call that needs no session. */
  function open<Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    answer: (body: z.infer<Schema>, visit: Visit) => Promise<unknown>,
  ): void {
    const call = async (body: z.infer<Schema>, request: Request, response: Response): Promise<void> => {
      const visit = visitOf(request, response);
      const value = await answer(body, visit).catch((error: unknown) => refuse(error, visit));
      response.set('Cache-Control', 'no-store').json(value ?? {});
    };
    router.use(createJsonCall(`/api/account/${path}`, schema, call, 'pages'));
  }

  /** A call of somebody who is signed in; Jellyfin is asked first whether they still are. */
  function own<Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    answer: (body: z.infer<Schema>, caller: SignedInCaller, visit: Visit) => Promise<unknown>,
  ): void {
    open(path, schema, async (body, visit) => {
      const session = await use.findSession(visit.cookie, visit.caller, true);
      return answer(body, { ...visit.caller, session }, visit);
    });
  }

  /** A change that is answered with the view. */
  function change<Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    make: (body: z.infer<Schema>, caller: SignedInCaller) => Promise<void>,
  ): void {
    own(path, schema, async (body, caller) => {
      await make(body, caller);
      return use.view(caller);
    });
  }

  open('channels', Nothing, (_body, { caller }) => use.channels(caller));
  open('reminder', ReminderBody, ({ token }, { caller }) => use.reminder(token, caller));
  open('sign-in', SignInBody, async (body, visit) => {
    begin(visit, await use.signIn(body, visit.caller, visit.cookie));
  });
  open('token', TokenBody, async ({ token }, visit) => {
    begin(visit, await use.signInByToken(token, visit.caller, visit.cookie));
  });
  open('quick-connect/begin', Nothing, (_body, { caller }) => use.beginQuickConnect(caller));
  open('quick-connect/end', QuickConnectEndBody, async ({ attempt }, visit) => {
    const cookie = await use.endQuickConnect(attempt, visit.caller, visit.cookie);
    if (cookie !== undefined) begin(visit, cookie);
    return { state: cookie === undefined ? 'waiting' : 'signed-in' };
  });
  open('sign-out', Nothing, async (_body, visit) => {
    end(visit);
    await use.signOut(visit.cookie);
  });
  open('view', Nothing, async (_body, visit) => {
    try {
      const session = await use.findSession(visit.cookie, visit.caller, false);
      return await use.view({ ...visit.caller, session });
    } catch (error) {
      if (!(error instanceof AccountRefusal && error.code === 'signed-out')) throw error;
      if (visit.cookie !== undefined) end(visit);
      return SIGNED_OUT;
    }
  });
  own('contacts/begin', BeginContactBody, (body, caller) => use.beginContact(body, caller));
  change('contacts/confirm', ConfirmContactBody, (body, caller) => use.confirmContact(body, caller));
  change('contacts/connect', ConnectContactBody, (body, caller) => use.connectContact(body, caller));
  change('contacts/remove', RemoveContactBody, (body, caller) => use.removeContact(body, caller));
  change('contacts/order', OrderContactsBody, ({ channels }, caller) => use.orderContacts(channels, caller));
  change('language', LanguageBody, ({ language }, caller) => use.setLanguage(language, caller));
  own('password', ChangePasswordBody, async (body, caller, visit) => {
    await use.changePassword(body, caller);
    end(visit);
  });
  change('devices/sign-out', SignOutDevicesBody, ({ id }, caller) => use.signOutDevices(id, caller));
  open('undo/look', LinkBody, ({ token }, { caller }) => use.lookAtUndo(token, caller));
  open('undo', LinkBody, async ({ token }, visit) => {
    const answer = await use.undo(token, visit.caller);
    end(visit);
    return answer;
  });
  open('confirm/look', LinkBody, ({ token }, { caller }) => use.lookAtConfirmation(token, caller));
  open('confirm', ConfirmationBody, (body, { caller }) => use.answerConfirmation(body, caller));
  open('invitation/look', LinkBody, ({ token }, { caller }) => use.lookAtInvitation(token, caller));
  open('invitation/begin', InvitationBeginBody, (body, { caller }) => use.beginInvitation(body, caller));
  open('invitation/confirm', InvitationConfirmBody, (body, { caller }) =>
    use.confirmInvitation(body, caller),
  );
  return router;
}

function visitOf(request: Request, response: Response): Visit {
  const way = wayOf(request);
  if (way === undefined) throw new ApiFailure('bad-body', { status: 403 });
  const caller = {
    clientAddress: readClientAddress(request),
    acceptLanguage: request.get('accept-language'),
  };
  return { caller, way, cookie: readSessionCookie(request, way), response };
}

function begin({ response, way }: Visit, cookie: string): void {
  response.append('Set-Cookie', writeSessionCookie(way, cookie));
}

function end({ response, way }: Visit): void {
  response.append('Set-Cookie', endSessionCookie(way));
}

/** Turns what a use case refused into an answer; a session that is over takes its cookie with it. */
function refuse(error: unknown, visit: Visit): never {
  if (!(error instanceof AccountRefusal)) throw error;
  const { code, faults, url, waitSeconds } = error;
  if (code === 'signed-out' && visit.cookie !== undefined) end(visit);
  throw new ApiFailure(code, {
    url,
    ...(faults === undefined ? {} : { faults }),
    ...(code === 'too-many-requests'
      ? { headers: { 'Retry-After': String(waitSeconds || SOME_SECONDS) } }
      : {}),
  });
}
