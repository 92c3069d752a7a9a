import { z } from 'zod';

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
