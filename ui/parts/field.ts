import type { Ref, VNode } from 'preact';
import { html } from '../html.ts';
import type { Strings } from '../strings/en.ts';
import { icon } from './icon.ts';

/** A labelled field of one line. */
export interface FieldProps {
  /** Also the field's name in the form. */
  readonly id: string;
  readonly label: string;
  readonly type: 'text' | 'password';
  readonly value: string;
  readonly autocomplete: 'username' | 'current-password' | 'new-password' | 'one-time-code' | 'email' | 'off';
  /** It can be read and copied, not changed. */
  readonly isLocked?: boolean;
  /** What is wrong with it. */
  readonly error?: string | undefined;
  /** Ids of other elements that describe it. */
  readonly describedBy?: string;
  /** Rules for the password makers of browsers, in Apple's language. */
  readonly passwordRules?: string;
  /** A button inside of the field, at its end. */
  readonly button?: VNode;
  readonly inputRef?: Ref<HTMLInputElement>;
  readonly onInput?: (value: string) => void;
  readonly onLeave?: () => void;
}

/**
 * Draws a field. Its label is a real one, and its error is tied to it by `aria-describedby`. `autoCorrect` is spelled so
 * that no browser has a property of that name and it becomes an attribute (HTML does not mind the case): of
 * `autocorrect` Preact sets the property, which is a boolean, and "off" is as true as any other text.
 */
export function field(props: FieldProps): VNode {
  const { id, error, describedBy } = props;
  const errorId = `${id}-error`;
  const descriptions = [error === undefined ? undefined : errorId, describedBy].filter(Boolean).join(' ');
  return html`<div class="field">
    <label for=${id}>${props.label}</label>
    <div class=${props.button === undefined ? 'box' : 'box box-with-button'}>
      <input
        id=${id}
        name=${id}
        type=${props.type}
        ref=${props.inputRef}
        value=${props.value}
        autocomplete=${props.autocomplete}
        autocapitalize="none"
        autoCorrect="off"
        spellcheck=${false}
        readonly=${props.isLocked === true}
        passwordrules=${props.passwordRules}
        aria-invalid=${error === undefined ? undefined : 'true'}
        aria-describedby=${descriptions === '' ? undefined : descriptions}
        onInput=${(event: Event) => props.onInput?.((event.currentTarget as HTMLInputElement).value)}
        onBlur=${props.onLeave}
      />
      ${props.button}
    </div>
    ${error === undefined ? undefined : html`<p class="error" id=${errorId}>${icon('warning')} ${error}</p>`}
  </div>`;
}

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
