import { PROGRAM_VERSION } from '../../config/version.ts';
import type { AdminHandlers } from '../../http/admin-calls.ts';
import { shortAddress } from '../../log/log.ts';
import { writeTestMessage } from '../../messages/trial-message.ts';
import { pageAudit } from '../list-audit.ts';
import { createResendMessages } from '../resend-messages.ts';
import { checkChannels, testChannel } from '../try-channels.ts';
import type { AdminWorld } from './world.ts';

/** The calls that are about the service and not about a person. */
type UpkeepCalls = Pick<
  AdminHandlers,
  | 'whoami'
  | 'outbox/count'
  | 'outbox/dead'
  | 'outbox/resend'
  | 'outbox/resend-all'
  | 'outbox/drop'
  | 'audit/list'
  | 'channels/check'
  | 'channels/test'
  | 'mods/list'
>;

/** Makes what stands behind the calls about the service. */
export function createUpkeepCalls(world: AdminWorld): UpkeepCalls {
  const { askForPeople, channels, clock, log, storage } = world;
  const { audit, contacts, outbox } = storage;
  const messagesBy = (by: string) => createResendMessages({ outbox, contacts, clock, log, by });

  return {
    async whoami(_body, { userId, userName }) {
      const serverName = await world.accounts.serverName();
      const hasApiKey = world.standings !== undefined;
      return { userId, userName, serverName, version: PROGRAM_VERSION, hasApiKey };
    },
    async 'outbox/count'() {
      const { waiting, dead } = await outbox.countOpen();
      return { waiting, dead, oldestAt: await outbox.oldestAt() };
    },
    async 'outbox/dead'({ limit }, { by }) {
      const letters = await messagesBy(by).list(limit);
      return { letters: letters.map(({ message, ...letter }) => ({ ...letter, ...message })) };
    },
    async 'outbox/resend'({ id }, asker) {
      asker.note({ id });
      await messagesBy(asker.by).resend(id);
      world.wake();
      return {};
    },
    async 'outbox/resend-all'(_body, asker) {
      const resent = await messagesBy(asker.by).resendAll();
      asker.note({ resent });
      world.wake();
      return { resent };
    },
    async 'outbox/drop'({ id }, asker) {
      asker.note({ id });
      await messagesBy(asker.by).drop(id);
      return {};
    },
    async 'audit/list'(query) {
      const { entries, next } = await pageAudit(query, { audit, contacts, askForPeople });
      return { entries: entries.map((entry) => ({ ...entry, details: { ...entry.details } })), next };
    },
    async 'channels/check'() {
      return { channels: [...(await checkChannels(channels))] };
    },
    async 'channels/test'(wanted, asker) {
      asker.note({ channel: wanted.channel });
      const { outcome, address } = await testChannel(wanted, asker, {
        channels,
        contacts,
        write: async ({ userName }) =>
          writeTestMessage({ serverName: await world.accounts.serverName(), userName }),
      });
      const shown = shortAddress(address);
      asker.note({ to: shown, result: outcome.kind });
      const detail = 'detail' in outcome ? outcome.detail : undefined;
      return { outcome: outcome.kind, address: shown, detail };
    },
    async 'mods/list'() {
      // What an option names may be a secret of the configuration, or look like one.
      const mods = (await world.listMods()).map((mod) => ({
        ...mod,
        entries: mod.entries.map(({ id, options }) => ({ id, options: log.clean(options) })),
      }));
      return { mods };
    },
  };
}
