import type {
  AccountChannels,
  AccountView,
  BeginContactBody,
  BegunContact,
  ChangePasswordBody,
  ConfirmContactBody,
  ConnectContactBody,
  QuickConnectBegun,
  RemoveContactBody,
  SignInBody,
} from './account-contract.ts';
import type { ApiErrorCode, PasswordFault } from './contract.ts';
import type {
  ConfirmationAnswer,
  ConfirmationBody,
  InvitationAnswer,
  InvitationBeginBody,
  InvitationConfirmBody,
  InvitationConfirmed,
  LinkedContact,
  UndoneChange,
} from './link-contract.ts';
import type { ReminderAnswer } from './reminder-contract.ts';

/** Who calls, as far as anybody can tell. */
export interface Caller {
  readonly clientAddress: string;
  /** The `Accept-Language` header, for the language of messages. */
  readonly acceptLanguage: string | undefined;
}

/** Somebody who is signed in. */
export interface SignedIn {
  readonly idHash: string;
  /** What the account is kept under. */
  readonly userId: string;
  readonly jellyfinId: string;
  /** What it is called now, or was a minute ago. */
  readonly userName: string;
}

/** Who is signed in and calls. */
export interface SignedInCaller extends Caller {
  readonly session: SignedIn;
}

/** Why My Account does not do what it was asked for. Nothing was changed, unless the code says so. */
export class AccountRefusal extends Error {
  override readonly name = 'AccountRefusal';
  readonly code: Exclude<ApiErrorCode, 'internal' | 'not-found' | 'proof-needed'>;
  /** Only with `too-many-requests`. */
  readonly waitSeconds: number | undefined;
  /** Only with `password-refused`. */
  readonly faults: readonly PasswordFault[] | undefined;
  /** Only with `account-elsewhere`. */
  readonly url: string | undefined;

  constructor(
    code: AccountRefusal['code'],
    details: Partial<Pick<AccountRefusal, 'waitSeconds' | 'faults' | 'url'>> = {},
  ) {
    super(code);
    this.code = code;
    this.waitSeconds = details.waitSeconds;
    this.faults = details.faults;
    this.url = details.url;
  }
}

/** The use cases behind My Account. All of them reject with an AccountRefusal, or with a StorageError. */
export interface AccountUseCases {
  /**
   * Finds the session of a cookie, and whether Jellyfin still lets its person in: as it said up to a minute ago, or with
   * `isFresh` as it says now. Refused: `signed-out`, `jellyfin-unreachable`, `too-many-requests`.
   */
  findSession(cookie: string | undefined, caller: Caller, isFresh: boolean): Promise<SignedIn>;
  /** Ends the session of a cookie, with what we signed in for. One that is over is no fault. */
  signOut(cookie: string | undefined): Promise<void>;
  channels(caller: Caller): Promise<AccountChannels>;
  reminder(token: string, caller: Caller): Promise<ReminderAnswer>;
  /**
   * The three ways to sign in answer the value of a new cookie.
   *
   * @param before The cookie that the browser has; its session ends.
   */
  signIn(body: SignInBody, caller: Caller, before: string | undefined): Promise<string>;
  signInByToken(token: string, caller: Caller, before: string | undefined): Promise<string>;
  beginQuickConnect(caller: Caller): Promise<QuickConnectBegun>;
  /** Undefined while nobody has allowed the code. */
  endQuickConnect(attempt: string, caller: Caller, before: string | undefined): Promise<string | undefined>;
  view(caller: SignedInCaller): Promise<AccountView>;
  beginContact(body: BeginContactBody, caller: SignedInCaller): Promise<BegunContact>;
  confirmContact(body: ConfirmContactBody, caller: SignedInCaller): Promise<void>;
  connectContact(body: ConnectContactBody, caller: SignedInCaller): Promise<void>;
  removeContact(body: RemoveContactBody, caller: SignedInCaller): Promise<void>;
  orderContacts(channels: readonly string[], caller: SignedInCaller): Promise<void>;
  setLanguage(language: string | null, caller: SignedInCaller): Promise<void>;
  changePassword(body: ChangePasswordBody, caller: SignedInCaller): Promise<void>;
  signOutDevices(id: string | undefined, caller: SignedInCaller): Promise<void>;
  lookAtUndo(token: string, caller: Caller): Promise<LinkedContact>;
  undo(token: string, caller: Caller): Promise<UndoneChange>;
  lookAtConfirmation(token: string, caller: Caller): Promise<ConfirmationAnswer>;
  answerConfirmation(body: ConfirmationBody, caller: Caller): Promise<ConfirmationAnswer>;
  lookAtInvitation(token: string, caller: Caller): Promise<InvitationAnswer>;
  beginInvitation(body: InvitationBeginBody, caller: Caller): Promise<BegunContact>;
  confirmInvitation(body: InvitationConfirmBody, caller: Caller): Promise<InvitationConfirmed>;
}
