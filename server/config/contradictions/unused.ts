import { resolve } from 'node:path';
import { type ContradictionRule, doubtful, sure } from './contradiction.ts';

/** What only the reset service uses; whoever writes it wants one. */
const needsReset: ContradictionRule = (written, { channels }) => {
  if (written.has('reset')) return [];
  const fields = [
    ...channels.map(({ section }) => section),
    'storage',
    'service',
    'jellyfin.dataFolder',
  ].filter((field) => written.has(field));
  return fields.map((field) =>
    doubtful(
      field.split('.'),
      'is for the password reset service, and there is none; add `reset: { method: link }`, or remove it',
    ),
  );
};

/** A certificate authority for a connection that has no certificate. */
const authorities: ContradictionRule = (written) =>
  ['jellyfin', 'service'].flatMap((section) => {
    if (!written.has(`${section}.caFile`)) return [];
    const protocol = written.address(`${section}.url`)?.protocol;
    if (protocol === 'https:' || (protocol === undefined && written.has(`${section}.url`))) return [];
    const message = `is used by nothing: ${section}.url does not begin with https://, so that connection is not encrypted; write https:// there, or remove it`;
    return [doubtful([section, 'caFile'], message)];
  });

/** TLS from the first byte is never given up. */
const mailTls: ContradictionRule = (written) => {
  if (written.value('mail.requireTls') !== false || written.address('mail.url')?.protocol !== 'smtps:')
    return [];
  const message =
    'changes nothing: smtps:// always is TLS; remove it, or write smtp:// for a server without TLS';
  return [doubtful(['mail', 'requireTls'], message)];
};

/** Looking at a folder that is not named. */
const watchedFolder: ContradictionRule = (written) => {
  const watch = written.value('jellyfin.watchDataFolder');
  if (watch !== 'poll' || written.has('jellyfin.dataFolder')) return [];
  const message = 'changes nothing without jellyfin.dataFolder; name the folder, or remove it';
  return [doubtful(['jellyfin', 'watchDataFolder'], message)];
};

/** A code cannot come another way than the link where there is one way. */
const secondChannel: ContradictionRule = (written, { channels, only }) => {
  if (written.value('reset.administrators') !== 'second-channel' || only === 'injector') return [];
  if (channels.filter(({ section }) => written.has(section)).length > 1) return [];
  const message =
    'lets no administrator reset a password, for there is one channel only; set up a second one, or write never';
  return [doubtful(['reset', 'administrators'], message)];
};

/** The folder of the cache may be deleted at any time; a database may not. */
const cacheFolder: ContradictionRule = (written) => {
  const folder = written.value('cache.folder');
  const storage = written.value('storage') ?? './gatehouse.db';
  if (typeof folder !== 'string' || typeof storage !== 'string' || resolve(folder) !== resolve(storage))
    return [];
  return [sure(['cache', 'folder'], 'is the file of the database (storage); name a folder of its own')];
};

/** Settings that nothing uses beside the others, or that two things would use. */
export const UNUSED_RULES: readonly ContradictionRule[] = [
  needsReset,
  authorities,
  mailTls,
  watchedFolder,
  secondChannel,
  cacheFolder,
];
