import type { VNode } from 'preact';
import type { PasswordRules } from '../../server/contract.ts';
import { html } from '../html.ts';
import type { RuleLine } from '../rule-states.ts';
import type { Strings } from '../strings/en.ts';
import { icon } from './icon.ts';

/** The rules of a password and how far they are kept. */
export interface RuleListProps {
  readonly id: string;
  readonly lines: readonly RuleLine[];
  readonly rules: PasswordRules;
  readonly strings: Strings;
}

const ICONS = { open: 'dot', met: 'tick', broken: 'cross' } as const;

/** Draws the rules, each with a sign, and the state in words for those who do not see the sign. */
export function ruleList({ id, lines, rules, strings }: RuleListProps): VNode {
  const words = { open: undefined, met: strings.choose.isMet, broken: strings.choose.isBroken };
  return html`<ul class="rules" id=${id} aria-label=${strings.choose.rulesTitle}>
    ${lines.map(({ fault, state }) => {
      const word = words[state];
      return html`<li key=${fault} class=${`rule rule-${state}`} data-rule=${fault}>
        ${icon(ICONS[state])}
        <span>
          ${strings.rules[fault](rules)}${word === undefined ? undefined : html`<span class="unseen"> – ${word}</span>`}
        </span>
      </li>`;
    })}
  </ul>`;
}
