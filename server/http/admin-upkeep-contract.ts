import { z } from 'zod';
import { MESSAGE_KINDS } from '../ports/message-kinds.ts';

/** Bodies and answers of the part of the admin API that is about the service and not about people; see `admin-contract.ts`. */

const at = z.int().min(0);
const count = z.int().min(0);
const channel = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/);

/** Answer of `outbox/count`. */
export const OutboxCounts = z.strictObject({
  waiting: count,
  dead: count.meta({ description: 'Given up.' }),
  oldestAt: at.optional().meta({ description: 'When what has waited longest was asked for.' }),
});

/** `outbox/dead`. */
export const ListDeadBody = z.strictObject({ limit: z.int().min(1).max(1_000).default(100) });

/** A message, or a request, that was given up. */
export const DeadLetter = z.strictObject({
  id: z.int().min(1),
  queue: z.string().meta({ description: 'The channel; asked for a request, which has no account yet.' }),
  kind: z.enum(MESSAGE_KINDS).optional(),
  userId: z.string().optional(),
  userName: z.string().optional(),
  createdAt: at,
  endedAt: at,
  tries: count,
  reason: z.string().optional(),
});

/** Answer of `outbox/dead`. */
export const DeadLetters = z.strictObject({
  letters: z.array(DeadLetter).meta({ description: 'The newest first.' }),
});

/** `outbox/resend`, `outbox/drop`. */
export const DeadLetterBody = z.strictObject({ id: z.int().min(1) });

/** Answer of `outbox/resend-all`. */
export const ResentAll = z.strictObject({ resent: count });

/** `audit/list`. */
export const ListAuditBody = z.strictObject({
  event: z
    .string()
    .regex(/^[a-z][a-z-]{0,63}$/)
    .optional()
    .meta({
      description: 'A name of docs/events.md; one that ends in - stands for all that begin so: admin-.',
    }),
  user: z
    .string()
    .trim()
    .min(1)
    .max(256)
    .optional()
    .meta({ description: 'Whom it is about: the id, or the name, letter case aside.' }),
  from: at.optional().meta({ description: 'Not before.' }),
  to: at.optional().meta({ description: 'Before.' }),
  before: z.int().min(1).optional().meta({ description: '`next` of the page before.' }),
  limit: z.int().min(1).max(200).default(50),
});

/** Something that happened. */
export const AuditEntry = z.strictObject({
  id: z.int().min(1),
  at,
  event: z.string(),
  userId: z.string().optional().meta({ description: 'Whom it is about; who did it is `by` of details.' }),
  userName: z.string().optional(),
  clientAddress: z.string().optional(),
  outcome: z.string().optional(),
  details: z.record(z.string(), z.unknown()).optional(),
});

/** Answer of `audit/list`. */
export const AuditPage = z.strictObject({
  entries: z.array(AuditEntry).meta({ description: 'The newest first.' }),
  next: z.int().min(1).optional().meta({
    description: 'There may be more; also with a page that is not full, or empty. Absent: there is no more.',
  }),
});

/** One allowance of a person. */
export const Allowance = z.strictObject({
  used: count,
  most: count,
  endsAt: at
    .optional()
    .meta({ description: 'When it counts from 0 again; absent where each falls out by itself.' }),
});

/** Answer of `limits/show` and `limits/clear`. */
export const PersonLimits = z.strictObject({
  messages: z.strictObject({
    hour: Allowance,
    day: Allowance,
    liveLinks: Allowance.meta({ description: 'Links and PINs that are neither used nor expired.' }),
  }),
  contacts: z
    .array(z.strictObject({ channel, hour: Allowance, day: Allowance }))
    .meta({ description: 'What each address of the person got.' }),
  signIns: z
    .array(
      z.strictObject({
        network: z.string().meta({ description: 'Client network, from which a sign-in failed lately.' }),
        heldUntil: at
          .optional()
          .meta({ description: 'Sign-ins from there are held until then; absent: they are not.' }),
      }),
    )
    .meta({ description: 'Empty where sign-ins are not throttled.' }),
  strangers: count.optional().meta({
    description:
      'Failed sign-ins that count towards the lockout; networks not known to the account are held near it.',
  }),
});

/** How an attempt to reach a channel or to send over it ended. */
export const CHANNEL_OUTCOMES = ['sent', 'permanent', 'temporary', 'unreachable', 'unconfirmed'] as const;

/** Health of a channel. */
export const ChannelHealth = z.strictObject({
  channel,
  properName: z.string().optional(),
  linking: z.enum(['code-to-person', 'code-to-bot']),
  isWorking: z.boolean(),
  detail: z.string().meta({ description: 'What was seen, and the fix where one is known.' }),
});

/** Answer of `channels/check`. */
export const ChannelHealths = z.strictObject({ channels: z.array(ChannelHealth) });

/** `channels/test`. */
export const TestChannelBody = z.strictObject({
  channel,
  address: z
    .string()
    .trim()
    .min(1)
    .max(512)
    .optional()
    .meta({ description: 'Absent: the contact that whoever asks has on the channel.' }),
});

/** Answer of `channels/test`. */
export const TestedChannel = z.strictObject({
  outcome: z.enum(CHANNEL_OUTCOMES),
  address: z.string().meta({ description: 'Shortened, as in a…@example.org.' }),
  detail: z.string().optional(),
});

/** A mod. */
export const ListedMod = z.strictObject({
  name: z.string(),
  title: z.string(),
  jellyfin: z.string().meta({ description: 'The versions it was proved on, as a semver range.' }),
  isOn: z.boolean(),
  entries: z
    .array(z.strictObject({ id: z.string(), options: z.unknown() }))
    .meta({ description: 'How it is switched on; without secrets.' }),
});

/** Answer of `mods/list`. */
export const ModsList = z.strictObject({ mods: z.array(ListedMod) });
