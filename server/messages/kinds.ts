import type { MessageKind } from '../ports/message-kinds.ts';

/** What a message can be filled with; a template names each in braces, as in `{serverName}`. */
export const VARIABLES = [
  'serverName',
  'userName',
  'link',
  'code',
  'pin',
  'pinPage',
  'lifetime',
  'when',
] as const;

/** One of them. */
export type Variable = (typeof VARIABLES)[number];

/** What a template of a kind may and must hold. */
export interface KindRules {
  /** Variables of sentences besides the two names. */
  readonly words: readonly Variable[];
  /** The variable of its button, its code and its address, where it has one. */
  readonly button?: Variable;
  readonly code?: Variable;
  readonly address?: Variable;
  /** Whether button and code must be there; an address never must. @default true */
  readonly isNeeded?: boolean;
}

const LINK = { words: ['lifetime'], button: 'link' } as const satisfies KindRules;

const CODE = { words: ['lifetime'], code: 'code' } as const satisfies KindRules;

/**
 * Kinds that have words of their own. `password-changed-former` says what `password-changed` does, to the address that was
 * replaced.
 */
export const TEMPLATE_KINDS = {
  'reset-link': LINK,
  'reset-pin': { words: ['lifetime'], code: 'pin', address: 'pinPage' },
  'reset-pin-link': { words: ['lifetime'], button: 'link', code: 'pin' },
  'account-elsewhere': { words: [], button: 'link', isNeeded: false },
  'account-disabled': { words: [] },
  'password-changed': { words: ['when'] },
  'contact-code': CODE,
  'contact-changed': { words: ['lifetime', 'when'], button: 'link' },
  'contact-added': { words: ['when'] },
  'contact-confirm': LINK,
  invitation: LINK,
  'reset-code': CODE,
} as const satisfies Partial<Record<MessageKind, KindRules>>;

/** A kind that has words of its own. */
export type TemplateKind = keyof typeof TEMPLATE_KINDS;

/** Whether there is such a kind. */
export function isTemplateKind(name: string): name is TemplateKind {
  return Object.hasOwn(TEMPLATE_KINDS, name);
}

/** The rules of a kind. */
export function rulesOf(kind: TemplateKind): KindRules {
  return TEMPLATE_KINDS[kind];
}

/** The kind whose words a message has. */
export function templateKindOf(kind: MessageKind): TemplateKind {
  return kind === 'password-changed-former' ? 'password-changed' : kind;
}
