import type { Accounts, Clock, ResetLinks } from '../ports.ts';
import type { ChoosePassword } from '../reset/choose-password.ts';
import { findNameNow } from '../reset/current-name.ts';
import { hashToken } from '../reset/token.ts';
import type { OwnLoginThrottle } from './login-throttle.ts';

/**
 * Lets people in again who have just proved, by a reset, whose account it is: from the network they did it from. By the
 * id of the account, and under the name it has now: the one it had when the message was asked for may be another's.
 */
export function forgiveAfterReset(parts: {
  readonly choosePassword: ChoosePassword;
  readonly links: Pick<ResetLinks, 'look'>;
  readonly accounts: Pick<Accounts, 'findById'>;
  readonly throttle: Pick<OwnLoginThrottle, 'forgive'>;
  readonly clock: Clock;
}): ChoosePassword {
  const { choosePassword, links, accounts, throttle, clock } = parts;
  return {
    ...choosePassword,
    async redeem(redemption) {
      const link = await links.look(hashToken(redemption.token), clock.now());
      const outcome = await choosePassword.redeem(redemption);
      if (outcome.kind === 'changed' && link.state === 'open') {
        const { userId } = link;
        const userName = await findNameNow(accounts, userId);
        await throttle.forgive({ userId, userName, clientAddress: redemption.clientAddress });
      }
      return outcome;
    },
  };
}
