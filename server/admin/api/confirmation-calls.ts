import type { AdminHandlers } from '../../http/admin-calls.ts';
import { createAskToConfirm } from '../ask-to-confirm.ts';
import type { AdminWorld } from './world.ts';

/** The calls that are about the campaign "is this you?". */
type ConfirmationCalls = Pick<
  AdminHandlers,
  'confirmations/start' | 'confirmations/state' | 'confirmations/stop'
>;

/** Makes what stands behind them. */
export function createConfirmationCalls(world: AdminWorld): ConfirmationCalls {
  const { contacts, campaigns, settings } = world.storage;
  const channels = world.channels.map(({ channel }) => channel.name);
  const askBy = (by: string) => createAskToConfirm({ ...world, contacts, campaigns, settings, channels, by });

  return {
    async 'confirmations/start'({ user, perHour }, asker) {
      const names = user === undefined ? undefined : [user];
      const { problems, ...begun } = await askBy(asker.by).start({ names, perHour });
      const [problem] = problems;
      if (problem !== undefined) throw problem.error;
      asker.note({ added: begun.added, perHour: begun.perHour });
      return begun;
    },
    'confirmations/state': (_body, { by }) => askBy(by).state(),
    async 'confirmations/stop'(_body, asker) {
      const stopped = await askBy(asker.by).stop();
      asker.note({ stopped });
      return { stopped };
    },
  };
}
