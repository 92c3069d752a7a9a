import type { Clock, ResetLinks } from '../ports.ts';
import type { ChoosePassword } from '../reset/choose-password.ts';
import { hashToken } from '../reset/token.ts';
import type { OwnLoginThrottle } from './login-throttle.ts';

/** Lets people in again who have just proved, by a reset, whose account it is: from the network they did it from. */
export function forgiveAfterReset(
  choosePassword: ChoosePassword,
  links: Pick<ResetLinks, 'look'>,
  throttle: Pick<OwnLoginThrottle, 'forgive'>,
  clock: Clock,
): ChoosePassword {
  return {
    ...choosePassword,
    async redeem(redemption) {
      const link = await links.look(hashToken(redemption.token), clock.now());
      const outcome = await choosePassword.redeem(redemption);
      if (outcome.kind === 'changed' && link.state === 'open')
        await throttle.forgive({ name: link.userName, clientAddress: redemption.clientAddress });
      return outcome;
    },
  };
}
