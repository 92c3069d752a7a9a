import type {
  AccountChannels,
  AccountView,
  BeginContactBody,
  BegunContact,
  ChangePasswordBody,
  ConfirmContactBody,
  ConnectContactBody,
  LanguageBody,
  OrderContactsBody,
  QuickConnectBegun,
  QuickConnectEnd,
  QuickConnectEndBody,
  RemoveContactBody,
  SignedOutView,
  SignInBody,
  SignOutDevicesBody,
  TokenBody,
} from '../server/http/account-contract.ts';
import type {
  ConfirmationAnswer,
  ConfirmationBody,
  InvitationAnswer,
  InvitationBeginBody,
  InvitationConfirmBody,
  InvitationConfirmed,
  LinkBody,
  LinkedContact,
  UndoneChange,
} from '../server/http/link-contract.ts';
import { createCall, failed, type Outcome } from './call.ts';

/** The calls of My Account and of the pages that belong to it. None of them throws or rejects. */
export interface AccountApi {
  /** What the server has, for whoever is signed out. */
  channels(): Promise<Outcome<AccountChannels>>;
  signIn(body: SignInBody): Promise<Outcome<object>>;
  /** Signs in with the person's own Jellyfin token. */
  handOver(body: TokenBody): Promise<Outcome<object>>;
  beginQuickConnect(): Promise<Outcome<QuickConnectBegun>>;
  /** Whether the code was allowed by now. */
  endQuickConnect(body: QuickConnectEndBody): Promise<Outcome<QuickConnectEnd>>;
  signOut(): Promise<Outcome<object>>;
  view(): Promise<Outcome<AccountView>>;
  beginContact(body: BeginContactBody): Promise<Outcome<BegunContact>>;
  confirmContact(body: ConfirmContactBody): Promise<Outcome<AccountView>>;
  /** Takes what a service brought back where the person signed in. */
  connectContact(body: ConnectContactBody): Promise<Outcome<AccountView>>;
  removeContact(body: RemoveContactBody): Promise<Outcome<AccountView>>;
  orderContacts(body: OrderContactsBody): Promise<Outcome<AccountView>>;
  setLanguage(body: LanguageBody): Promise<Outcome<AccountView>>;
  changePassword(body: ChangePasswordBody): Promise<Outcome<object>>;
  signOutDevices(body: SignOutDevicesBody): Promise<Outcome<AccountView>>;
  /** Tells what a link undoes; changes nothing. */
  lookAtUndo(body: LinkBody): Promise<Outcome<LinkedContact>>;
  undo(body: LinkBody): Promise<Outcome<UndoneChange>>;
  /** Tells what "is this you?" is about; changes nothing. */
  lookAtConfirmation(body: LinkBody): Promise<Outcome<ConfirmationAnswer>>;
  answerConfirmation(body: ConfirmationBody): Promise<Outcome<ConfirmationAnswer>>;
  /** Tells whom an invitation is for; changes nothing. */
  lookAtInvitation(body: LinkBody): Promise<Outcome<InvitationAnswer>>;
  beginInvitation(body: InvitationBeginBody): Promise<Outcome<BegunContact>>;
  confirmInvitation(body: InvitationConfirmBody): Promise<Outcome<InvitationConfirmed>>;
}

/** A view that lacks what the page walks through comes from something else than our server. */
async function readView(
  answer: Promise<Outcome<AccountView | SignedOutView>>,
): Promise<Outcome<AccountView>> {
  const outcome = await answer;
  if (!outcome.isOk) return outcome;
  if ('code' in outcome.body) return failed('signed-out');
  const { contacts, channels, events, awaited } = outcome.body;
  return [contacts, channels, events, awaited].every(Array.isArray)
    ? { isOk: true, body: outcome.body }
    : failed('internal');
}

async function readChannels(answer: Promise<Outcome<AccountChannels>>): Promise<Outcome<AccountChannels>> {
  const outcome = await answer;
  return !outcome.isOk || Array.isArray(outcome.body.channels) ? outcome : failed('internal');
}

/**
 * Makes the calls of My Account. Addresses are relative to the page, `<base>/gatehouse/…`.
 *
 * @param fetch The browser's `fetch`.
 * @param timeoutMs When a call counts as lost, default 60,000.
 */
export function createAccountApi(fetch: typeof globalThis.fetch, timeoutMs?: number): AccountApi {
  const call = createCall(fetch, timeoutMs);
  const post = <Body>(name: string, body: object) => call<Body>(`api/account/${name}`, body);
  const change = (name: string, body: object) => readView(post<AccountView | SignedOutView>(name, body));
  return {
    channels: () => readChannels(post('channels', {})),
    signIn: (body) => post('sign-in', body),
    handOver: (body) => post('token', body),
    beginQuickConnect: () => post('quick-connect/begin', {}),
    endQuickConnect: (body) => post('quick-connect/end', body),
    signOut: () => post('sign-out', {}),
    view: () => change('view', {}),
    beginContact: (body) => post('contacts/begin', body),
    confirmContact: (body) => change('contacts/confirm', body),
    connectContact: (body) => change('contacts/connect', body),
    removeContact: (body) => change('contacts/remove', body),
    orderContacts: (body) => change('contacts/order', body),
    setLanguage: (body) => change('language', body),
    changePassword: (body) => post('password', body),
    signOutDevices: (body) => change('devices/sign-out', body),
    lookAtUndo: (body) => post('undo/look', body),
    undo: (body) => post('undo', body),
    lookAtConfirmation: (body) => post('confirm/look', body),
    answerConfirmation: (body) => post('confirm', body),
    lookAtInvitation: (body) => post('invitation/look', body),
    beginInvitation: (body) => post('invitation/begin', body),
    confirmInvitation: (body) => post('invitation/confirm', body),
  };
}
