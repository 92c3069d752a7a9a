import { z } from 'zod';
import type { Mod } from '../../injector/kit/define-mod.ts';
import { LANGUAGES } from '../../injector/kit/translations.ts';
import type { ChannelDefinition } from '../ports/channel.ts';
import { describeSchema, type JsonSchema } from './json-schema.ts';
import { findAddressFault, isPostgresAddress } from './postgres-address.ts';
import { contactsSection } from './sections/contacts.ts';
import { jellyfinSection } from './sections/jellyfin.ts';
import { listenSection } from './sections/listen.ts';
import { messagesSection } from './sections/messages.ts';
import { createModsSection } from './sections/mods.ts';
import { publicSection } from './sections/public.ts';
import { resetSection } from './sections/reset.ts';
import { serviceSection } from './sections/service.ts';
import { shutdownSection } from './sections/shutdown.ts';

/** What of the web client is kept, so that Jellyfin need not be asked for it each time. */
export const cacheSection = z
  .strictObject({
    web: z.boolean().default(true).meta({
      description:
        "Keeps the web client's scripts, styles and fonts, compressed well, and lets the page announce those it asks for late. false passes all of them through.",
    }),
    memoryMegabytes: z.int().min(1).max(4096).default(64).meta({
      description: 'Most megabytes of them in memory.',
    }),
    diskMegabytes: z.int().min(1).max(65_536).default(512).meta({
      description: 'Most megabytes of them on the disk.',
    }),
    folder: z.string().min(1).optional().meta({
      description:
        "Folder they are in, relative to this file's folder; made when it is missing, and of no worth to anybody else. Default: gatehouse-cache beside the database.",
    }),
  })
  .prefault({})
  .meta({ description: "What is kept of Jellyfin's web client." });

const HOST = /^(?:[a-z0-9](?:[a-z0-9_.-]{0,252}[a-z0-9])?|[0-9a-f:.]{2,45})$/i;

/** Files that options of mods name by a web address. */
export const filesSection = z
  .strictObject({
    allowPrivate: z
      .array(
        z.string().regex(HOST, 'must be a host without a scheme or port, such as nas.local or 192.168.1.5'),
      )
      .default([])
      .meta({
        description:
          'Hosts in the home network, or on this machine, that files may be fetched from, such as nas.local or 192.168.1.5. All others must be on the internet.',
      }),
  })
  .prefault({})
  .meta({
    description:
      'Files that options of mods name by a web address. Gatehouse fetches each once; mods.lock.yaml beside this file says what they are.',
  });

/** What of Jellyfin is not for guests from outside. */
export const guardSection = z
  .strictObject({
    lanRoutes: z.boolean().default(true).meta({
      description:
        'Until Jellyfin is seen to tell clients apart (Known proxies), refuse to guests from outside what it opens to the home network without a sign-in: restarting the server, its own password reset, DLNA.',
    }),
    wizard: z.boolean().default(true).meta({
      description:
        'Keep the start-up wizard for the home network while it is open, and answer 404 in its place once it is done.',
    }),
    homeOnly: z.boolean().default(true).meta({
      description:
        'Keep for the home network what nobody outside needs: the description of the API (/api-docs), which costs the server much, and the log that is shown during a start.',
    }),
  })
  .prefault({})
  .meta({
    description:
      'What of Jellyfin is not for guests from outside. The home network is loopback and the private address ranges.',
  });

/** How much is logged. */
export const logSection = z
  .strictObject({
    level: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info').meta({
      description: 'Least important line that is written: trace, debug, info, warn, error, fatal or silent.',
    }),
    format: z.enum(['auto', 'json', 'text']).default('auto').meta({
      description:
        'json: one JSON object a line, for programs. text: for people. auto: text on a terminal, json elsewhere.',
    }),
  })
  .prefault({})
  .meta({ description: 'The log: one line an event, on standard output.' });

/** Holding back sign-ins after wrong passwords. Its output has the window as `windowMs`. */
export const loginThrottleSection = z
  .strictObject({
    enabled: z.boolean().default(true).meta({
      description:
        'Whether sign-ins are held back after wrong passwords. Left out without `reset`, it is false: a pure injector changes nothing unasked.',
    }),
    lan: z.boolean().default(false).meta({
      description: 'Whether the home network (loopback and the private address ranges) is throttled too.',
    }),
    failures: z.int().min(1).max(100).default(5).meta({
      description:
        'Wrong passwords for one account from one network until the first wait, 1 to 100. For all accounts together, a network has four times as many.',
    }),
    windowMinutes: z.int().min(1).max(1440).default(15).meta({
      description:
        'Minutes within which they count together, 1 to 1440. The first wait is as long, and each further one twice as long.',
    }),
    lockout: z.int().min(2).max(100).optional().meta({
      description:
        "The failed sign-in at which Jellyfin locks an account (LoginAttemptsBeforeLockout), 2 to 100, where Gatehouse has no API key to ask. Strangers' networks together are then let try once less.",
    }),
  })
  .prefault({})
  .transform(({ windowMinutes, ...rest }) => ({ ...rest, windowMs: windowMinutes * 60_000 }))
  .meta({ description: 'Holds sign-ins back after wrong passwords, before Jellyfin locks the account.' });

/** The language of messages to people whose browser tells none that we have. */
export const languageField = z
  .enum(LANGUAGES)
  .default('en')
  .meta({
    description: `Language of messages to people whose browser asks for none of ours, or who asked Jellyfin itself: one of ${LANGUAGES.join(', ')}.`,
  });

/** Who may read `/gatehouse/metrics`. */
export const metricsSection = z
  .strictObject({
    enabled: z.boolean().default(true).meta({ description: 'Whether /gatehouse/metrics is there at all.' }),
    token: z
      .string()
      .regex(/^[A-Za-z0-9._~+/=-]{16,256}$/, 'must have 16 to 256 letters, digits or . _ ~ + / = -')
      .optional()
      .meta({
        description:
          'Lets whoever sends it (Authorization: Bearer …) read /gatehouse/metrics. Without it only this machine may. Better kept in a file: GATEHOUSE_METRICS__TOKEN_FILE.',
      }),
  })
  .prefault({})
  .meta({ description: 'Numbers for Prometheus, at /gatehouse/metrics.' });

/** What the configuration knows of a channel. */
export type ChannelSection = Pick<
  ChannelDefinition,
  'name' | 'section' | 'properName' | 'options' | 'checkFiles'
>;

/** One section for each channel there is; the types say nothing of them, because nothing here may know one. */
function createChannelSections(channels: readonly ChannelSection[]): object {
  return Object.fromEntries(channels.map(({ section, options }) => [section, options.optional()]));
}

/**
 * Where contacts, secrets, waiting messages and the audit trail are kept. The output is as written; `config.ts` makes a
 * path absolute. What is wrong with an address is told without the address, which may hold a password.
 */
export const storageSection = z
  .string()
  .min(1)
  .superRefine((text, context) => {
    if (isPostgresAddress(text)) {
      const fault = findAddressFault(text);
      if (fault !== undefined) context.addIssue({ code: 'custom', message: fault });
    } else if (/^[a-z][a-z0-9+.-]+:\/\//i.test(text)) {
      context.addIssue({
        code: 'custom',
        message: 'must be the path of a file such as ./gatehouse.db, or a postgres:// address',
      });
    }
  })
  .default('./gatehouse.db')
  .meta({
    description:
      "Where contacts, links, waiting messages and the audit trail are kept: the path of a SQLite file, relative to this file's folder, made when it is missing; or postgres://user:password@host/database (PostgreSQL 12 or newer), with ?sslmode=verify-full for TLS and ?schema=name for a schema other than gatehouse. Percent-encode special characters of the password. Better kept in a file: GATEHOUSE_STORAGE_FILE. A new value takes effect after a restart.",
  });

/**
 * The schema of `config.yaml`, the one place that says what may stand in it. Strict everywhere: a typo is an error.
 * What fields need of each other is in `cross-checks.ts`; what the program gets out of it is `Config` in `config.ts`.
 *
 * @param mods The mods that may be switched on; `MODS` of `injector/mods/index.ts`, or fewer in tests.
 * @param channels The channels that may be set up, each by a section of its own; `CHANNELS` of `channels/registry.ts`.
 */
export function createConfigSchema(mods: readonly Mod[], channels: readonly ChannelSection[]) {
  return z
    .strictObject({
      listen: listenSection,
      public: publicSection.optional(),
      jellyfin: jellyfinSection,
      guard: guardSection,
      reset: resetSection.optional(),
      contacts: contactsSection,
      language: languageField,
      messages: messagesSection,
      service: serviceSection.optional(),
      loginThrottle: loginThrottleSection,
      ...createChannelSections(channels),
      storage: storageSection,
      cache: cacheSection,
      files: filesSection,
      log: logSection,
      metrics: metricsSection,
      shutdown: shutdownSection,
      mods: createModsSection(mods),
    })
    .meta({ title: 'Gatehouse configuration', description: 'Everything config.yaml may say.' });
}

/** What the schema gives when everything fits. */
export type ParsedConfig = z.output<ReturnType<typeof createConfigSchema>>;

/** The JSON schema of what may be written in `config.yaml`, mods, channels and their options included, for editors. */
export function createJsonSchema(mods: readonly Mod[], channels: readonly ChannelSection[]): JsonSchema {
  return describeSchema(createConfigSchema(mods, channels));
}
