import express, { type Express, type Router } from 'express';
import type { Logger } from '../log/log.ts';
import type { ResetRequestAnswer } from './contract.ts';
import { createFailureHandler, refuseUnknown } from './problems.ts';
import { createAccountQrRoute } from './routes/account-qr.ts';
import { createCommonPasswordsRoute, createPages } from './routes/pages.ts';
import {
  createCodesRoute,
  createLinksRoute,
  createPasswordsRoute,
  createPinsRoute,
  createResetRequestsRoute,
} from './routes/reset.ts';
import { setSecurityHeaders } from './security-headers.ts';
import type { ChoosePassword, ExchangePin, RequestReset, SendCode } from './use-cases.ts';
import type { WrongTokens } from './wrong-tokens.ts';

/** What the pages and calls below `/gatehouse/` are made of. */
export interface AppParts {
  readonly requestReset: RequestReset;
  readonly choosePassword: ChoosePassword;
  readonly sendCode: SendCode;
  readonly exchangePin: ExchangePin;
  /** What everybody is told who asked. Default `{}`: the message holds a link. */
  readonly requestAnswer?: ResetRequestAnswer;
  /** Of My Account, as it stands in messages. */
  readonly accountAddress: string;
  /** Folder of the built ui, with `index.html` and `assets/`. */
  readonly uiFolder: string;
  /** The list the page is given; `readCommonPasswords().text`. */
  readonly commonPasswordsText: string;
  readonly log: Logger;
  readonly wrongTokens: WrongTokens;
  /** The routes of My Account, below `/api/account/`; undefined: there are none. */
  readonly account?: Router | undefined;
  /** Calls of administrators; see `createAdminRoutes`. @default there are none */
  readonly adminRoutes?: Router | undefined;
}

/**
 * Makes the app whose addresses are what follows `/gatehouse`: `/reset`, `/pin`, `/account`, `/account.svg`, `/assets/*`,
 * `/common-passwords.txt`, `/api/reset-requests`, `/api/links`, `/api/codes`, `/api/passwords`, `/api/pins`, `/api/account/*`, `/api/admin/*`. Listens
 * nowhere by itself; every request must carry `x-forwarded-for` as `ResetPort.answer` says. Every request is answered, none throws outward.
 */
export function createApp(parts: AppParts): Express {
  const { choosePassword, log, wrongTokens } = parts;
  const app = express();
  app.disable('x-powered-by').disable('etag');
  app.enable('case sensitive routing').enable('strict routing');
  app.use(setSecurityHeaders);
  app.use(createResetRequestsRoute(parts.requestReset, parts.requestAnswer));
  app.use(createLinksRoute(choosePassword, wrongTokens));
  app.use(createCodesRoute(parts.sendCode, wrongTokens));
  app.use(createPasswordsRoute(choosePassword, wrongTokens));
  app.use(createPinsRoute(parts.exchangePin));
  if (parts.account !== undefined) app.use(parts.account);
  if (parts.adminRoutes !== undefined) app.use(parts.adminRoutes);
  app.use(createCommonPasswordsRoute(parts.commonPasswordsText));
  app.use(createAccountQrRoute(parts.accountAddress));
  app.use(createPages(parts.uiFolder));
  app.use(refuseUnknown, createFailureHandler(log));
  return app;
}
