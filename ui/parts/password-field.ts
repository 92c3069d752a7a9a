import type { VNode } from 'preact';
import { html } from '../html.ts';
import type { Strings } from '../strings/en.ts';
import { type FieldProps, field } from './field.ts';

/** A field for a new password. */
export interface PasswordFieldProps extends Omit<FieldProps, 'type' | 'autocomplete' | 'button'> {
  readonly isShown: boolean;
  readonly strings: Strings['choose'];
  /** Shows or hides what is typed; without it the field has no button of its own. */
  readonly onToggle?: () => void;
}

/** Draws a field for a new password, hidden or readable. */
export function passwordField({ isShown, strings, onToggle, ...props }: PasswordFieldProps): VNode {
  const toggle = html`<button
    type="button"
    class="toggle"
    aria-controls=${props.id}
    aria-label=${isShown ? strings.hidePassword : strings.showPassword}
    disabled=${props.isLocked === true}
    onClick=${onToggle}
  >
    ${isShown ? strings.hide : strings.show}
  </button>`;
  return field({
    ...props,
    type: isShown ? 'text' : 'password',
    autocomplete: 'new-password',
    ...(onToggle === undefined ? {} : { button: toggle }),
  });
}
