import type { VNode } from 'preact';
import type { PasswordFault, PasswordRules } from '../../server/http/contract.ts';
import { html } from '../html.ts';
import { findFaults, type Measure } from '../password-faults.ts';
import type { Strings } from '../strings/en.ts';
import { icon } from './icon.ts';

/** How a password stands to one rule: not yet to be said, fulfilled, or broken. */
export type RuleState = 'open' | 'met' | 'broken';

/** One line of the list of rules. */
export interface RuleLine {
  readonly fault: PasswordFault;
  readonly state: RuleState;
}

/**
 * Works out the list of rules for what is typed so far. Nobody is told off for a password that is still growing: too short is
 * only broken once the field was left, and nothing is fulfilled before the length is. The longest length is
 * mentioned only to the few who go beyond it. A rule whose list could not be had stays open; the server looks again.
 */
export function ruleStates(password: string, measure: Measure, hasLeft: boolean): RuleLine[] {
  const faults = findFaults(password, measure);
  const isShort = faults.includes('too-short');
  const unless = (fault: PasswordFault, quiet: RuleState): RuleLine => ({
    fault,
    state: faults.includes(fault) ? 'broken' : quiet,
  });
  const lines: RuleLine[] = [
    isShort
      ? { fault: 'too-short', state: hasLeft && password !== '' ? 'broken' : 'open' }
      : { fault: 'too-short', state: 'met' },
  ];
  if (faults.includes('too-long')) lines.push({ fault: 'too-long', state: 'broken' });
  lines.push(unless('common', isShort || measure.common === undefined ? 'open' : 'met'));
  lines.push(unless('contains-name', isShort ? 'open' : 'met'));
  return lines;
}

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
