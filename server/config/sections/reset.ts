import { z } from 'zod';
import { duration } from '../duration.ts';
import { ADMINISTRATOR_RESETS, RESET_METHODS } from '../methods.ts';
import { webAddress } from '../web-address.ts';

const password = z
  .strictObject({
    minLength: z
      .int()
      .min(6)
      .max(64)
      .default(8)
      .meta({ description: 'Fewest characters of a new password, 6 to 64.' }),
    maxLength: z
      .int()
      .min(128)
      .max(1024)
      .default(256)
      .meta({ description: 'Most characters of a new password, 128 to 1024.' }),
  })
  .prefault({})
  .meta({ description: 'What a new password must be like. Common passwords are always refused.' });

const limits = z
  .strictObject({
    messagesPerAccountPerHour: z.int().min(1).max(60).default(3).meta({
      description: 'Most messages to one account in an hour, 1 to 60. Further requests get the same answer.',
    }),
    messagesPerAddressPerHour: z.int().min(1).max(300).default(5).meta({
      description:
        'Most messages to one mail address in an hour, 1 to 300, where several accounts share it. In a day, ten, or twice as many as in an hour.',
    }),
    messagesPerHour: z.int().min(1).max(100_000).default(1_000).meta({
      description:
        'Most messages in an hour in all, 1 to 100000; what your mail provider takes. Further requests wait for the next hour.',
    }),
    requestsPerClientPerHour: z.int().min(1).max(10_000).default(30).meta({
      description:
        'Most requests of one client address in an hour, 1 to 10000. Further ones get the same answer.',
    }),
    requestsPerHour: z.int().min(1).max(1_000_000).default(1_000).meta({
      description:
        'Requests of everybody in an hour, 1 to 1000000, before each further one takes a proof of work. It refuses nobody.',
    }),
  })
  .prefault({})
  .meta({ description: 'How often a reset may be asked for.' });

const proofOfWork = z
  .strictObject({
    when: z.enum(['auto', 'always', 'never']).default('auto').meta({
      description:
        'When My Account solves a puzzle before it may ask: auto, once a client has used up half of its requests or everybody all of theirs; always; or never. The form of Jellyfin cannot solve one and leads to My Account then.',
    }),
    hashes: z.int().min(1_000).max(100_000_000).default(300_000).meta({
      description:
        'How much work a puzzle is, in hashes, 1000 to 100000000. The default takes a phone about a second.',
    }),
  })
  .prefault({})
  .meta({ description: 'Work that asking costs the computer of whoever asks, when many ask.' });

/** The reset service. Its output has the lifetime as `linkLifetimeMs`. */
export const resetSection = z
  .strictObject({
    method: z.enum(RESET_METHODS).default('link').meta({
      description:
        'How a password is reset. link: the Forgot Password form sends a message with a link to choose a new password. account: the button leads to our My Account page, which sends the link. pin: the message holds a PIN, which is typed on the PIN page of Jellyfin. pin-link: as pin, and the message holds a link as well that saves the typing.',
    }),
    linkLifetime: duration('5m', '24h').prefault('30m').meta({
      description: 'How long the link or the PIN in a message works: 5m to 24h, written as 30m or 2h.',
    }),
    password,
    limits,
    proofOfWork,
    administrators: z.enum(ADMINISTRATOR_RESETS).default('allowed').meta({
      description:
        'Whether administrators may reset their passwords: allowed, as everybody; never; or second-channel, with a code besides, which goes to their verified contacts on other channels than the one the link or PIN came on. Who has not two of them gets no message. Needs jellyfin.apiKey.',
    }),
    endSessions: z.boolean().default(true).meta({
      description:
        'Ends what Jellyfin leaves of a person’s sessions after a reset: up to 10.10 a sign-in with the old password at the same moment stays signed in. All other sessions Jellyfin itself ends with every new password, whatever is said here.',
    }),
    externalAccounts: webAddress('https://id.example.org/password').optional().meta({
      description:
        'Where people change a password that Jellyfin does not keep (LDAP, SSO). Shown to them in messages and on the page; left out, they are sent to the administrator.',
    }),
    auditDays: z.int().min(1).max(3650).default(365).meta({
      description: 'For how many days `gatehouse audit` can show what happened, 1 to 3650.',
    }),
  })
  .transform(({ linkLifetime, ...rest }) => ({ ...rest, linkLifetimeMs: linkLifetime }))
  .meta({
    description:
      'The password reset service. Without it Gatehouse only changes the web client. It needs public.url, jellyfin.apiKey (or jellyfin.dataFolder) and a channel: mail, telegram, discord, matrix or webhook.',
  });
