import { resolve } from 'node:path';
import { type MessageFiles, placeOfMessages } from './message-files.ts';
import type { ChannelSection, ParsedConfig } from './schema.ts';

/** What the reset service is given; whatever it needs is here, so that nobody asks twice whether it is. */
export type ResetConfig = NonNullable<ParsedConfig['reset']> & {
  /** Whom messages go to, of the contacts that a person has. */
  readonly contacts: ParsedConfig['contacts'];
  /** Of messages to people whose browser tells none that we have. */
  readonly language: ParsedConfig['language'];
  /** Words of messages that the admin has changed. */
  readonly messages: MessageFiles;
  /** No slash at the end; links are built from it and nothing else. */
  readonly publicUrl: string;
  /** Undefined: `jellyfin.dataFolder` of the configuration is how passwords are set. */
  readonly apiKey: string | undefined;
  /** What the section of each channel that is set up holds, by name of the channel; never empty. */
  readonly channels: { readonly [name: string]: unknown };
};

/** Puts together what the sections say of it; undefined where there is none, or it is set up in another process. */
export function resolveReset(
  parsed: ParsedConfig,
  channels: readonly ChannelSection[],
  folder: string,
): ResetConfig | undefined {
  const { reset, public: own, jellyfin } = parsed;
  const sections = new Map(Object.entries(parsed));
  const setUp = channels.filter(({ section }) => sections.get(section) !== undefined);
  // `checkTogether` has refused a reset without these.
  if (reset === undefined || own === undefined || setUp.length === 0) return undefined;
  if (jellyfin.apiKey === undefined && jellyfin.dataFolder === undefined) return undefined;
  const options = Object.fromEntries(
    setUp.map(({ name, section }) => [name, withPaths(sections.get(section), folder)]),
  );
  const { contacts, language } = parsed;
  const messages = placeOfMessages(parsed.messages.folder, folder);
  return {
    ...reset,
    ...{ contacts, language, messages, publicUrl: own.url, apiKey: jellyfin.apiKey, channels: options },
  };
}

/** A channel's section with the paths in it made absolute: fields whose names end in `File`, in groups within it too. */
function withPaths(section: unknown, folder: string): unknown {
  if (typeof section !== 'object' || section === null || Array.isArray(section)) return section;
  return Object.fromEntries(
    Object.entries(section).map(([name, value]) =>
      name.endsWith('File') && typeof value === 'string'
        ? [name, resolve(folder, value)]
        : [name, withPaths(value, folder)],
    ),
  );
}
