import type { VNode } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { PasswordFault, PasswordRules } from '../../server/http/contract.ts';
import type { Api } from '../api.ts';
import { html } from '../html.ts';
import { passwordField } from '../parts/field.ts';
import { ruleList, ruleStates } from '../parts/rule-list.ts';
import { findFaults } from '../password-faults.ts';
import type { Strings } from '../strings/en.ts';

/** A screen reader is told once the person pauses, not at each key. */
const PAUSE_MS = 800;

/**
 * Keeps the words of a polite live region.
 *
 * @param progress What to say about the typing, once it pauses for 800 ms; nothing any more, at once, when empty.
 * @returns The words to show there, and a way to say something at once.
 */
export function useAnnouncement(progress: string): {
  announcement: string;
  announce: (words: string) => void;
} {
  const [announcement, announce] = useState('');
  useEffect(() => {
    if (progress === '') {
      // What was said of a password that is gone is true of nothing.
      announce('');
      return;
    }
    const timer = setTimeout(() => announce(progress), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [progress]);
  return { announcement, announce };
}

/** What a new password is for. */
export interface NewPasswordProps {
  readonly strings: Strings;
  readonly rules: PasswordRules;
  /** Of whom and where it is: words it must not be made of. */
  readonly userName: string;
  readonly serverName: string;
  /** The password is being set: fields are locked. */
  readonly isWorking: boolean;
  readonly loadCommonPasswords: Api['loadCommonPasswords'];
}

/** The two fields of a new password, for the form around them. */
export interface NewPassword {
  /** The fields and the list of rules. */
  readonly fields: readonly VNode[];
  /** What screen readers are told of the typing; stands anywhere in the form. */
  readonly spoken: VNode;
  /** The password, if it keeps all rules known here and was typed twice alike; else the focus goes to what is wrong. */
  take(): string | undefined;
  /** Shows what the server has against it, and goes there. */
  refuse(faults: readonly PasswordFault[]): void;
  /** Goes to the first field. */
  focus(): void;
}

interface Errors {
  readonly password?: string | undefined;
  readonly again?: string | undefined;
}

/** Keeps what is typed as a new password, twice. It tells the rules while typing, and keeps what was typed until the form goes. */
export function useNewPassword(props: NewPasswordProps): NewPassword {
  const { strings, rules, userName, serverName, isWorking, loadCommonPasswords } = props;
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [isShown, setShown] = useState(false);
  const [hasLeft, setLeft] = useState(false);
  const [errors, setErrors] = useState<Errors>({});
  const [isListWanted, setListWanted] = useState(false);
  const [common, setCommon] = useState<ReadonlySet<string>>();
  const passwordInput = useRef<HTMLInputElement>(null);
  const againInput = useRef<HTMLInputElement>(null);

  const measure = useMemo(
    () => ({ rules, names: [userName, serverName], common }),
    [rules, userName, serverName, common],
  );
  const lines = ruleStates(password, measure, hasLeft);
  const missing = lines
    .filter(({ state }) => state !== 'met')
    .map(({ fault }) => strings.rules[fault](rules));
  const progress =
    missing.length === 0 ? strings.choose.allMet : `${strings.choose.stillToDo} ${missing.join('. ')}`;
  const { announcement, announce } = useAnnouncement(password === '' ? '' : progress);

  useEffect(() => {
    // Asked for on the first keystroke: most visits to the page should not cost 100 kB.
    if (!isListWanted) return;
    void loadCommonPasswords().then(setCommon);
  }, [isListWanted, loadCommonPasswords]);

  function findErrors(): Errors {
    const [fault] = findFaults(password, measure);
    const weak = fault === undefined ? undefined : strings.faults[fault](rules);
    return {
      password: password === '' ? strings.choose.empty : weak,
      again: password === again ? undefined : strings.choose.mismatch,
    };
  }

  function take(): string | undefined {
    const found = findErrors();
    setErrors(found);
    setLeft(true);
    if (found.password !== undefined) passwordInput.current?.focus();
    else if (found.again !== undefined) againInput.current?.focus();
    else {
      // Readable fields are not saved by password managers, and nobody needs to read it any more.
      setShown(false);
      return password;
    }
    return undefined;
  }

  function refuse(faults: readonly PasswordFault[]): void {
    const sentences = faults.map((fault) => strings.faults[fault](rules));
    setErrors({
      password: sentences.length > 0 ? sentences.join(' ') : strings.problems['password-refused'],
    });
    passwordInput.current?.focus();
  }

  function toggle(): void {
    setShown(!isShown);
    announce(isShown ? strings.choose.isHidden : strings.choose.isShown);
  }

  const fields = [
    passwordField({
      id: 'new-password',
      label: strings.choose.password,
      value: password,
      isShown,
      strings: strings.choose,
      isLocked: isWorking,
      error: errors.password,
      describedBy: 'password-rules',
      passwordRules: `minlength: ${rules.minLength}; maxlength: ${rules.maxLength};`,
      inputRef: passwordInput,
      onToggle: toggle,
      onInput: (value) => {
        setPassword(value);
        setListWanted(true);
        setErrors({});
      },
      onLeave: () => setLeft(true),
    }),
    ruleList({ id: 'password-rules', lines, rules, strings }),
    passwordField({
      id: 'new-password-again',
      label: strings.choose.again,
      value: again,
      isShown,
      strings: strings.choose,
      isLocked: isWorking,
      error: errors.again,
      inputRef: againInput,
      onInput: (value) => {
        setAgain(value);
        // Not when the field is left: a sentence that comes up then moves the button away from under the pointer.
        const isWrong = value.length >= password.length && value !== password;
        setErrors((now) => ({ ...now, again: isWrong ? strings.choose.mismatch : undefined }));
      },
    }),
  ];
  return {
    fields,
    spoken: html`<p class="unseen" aria-live="polite">${announcement}</p>`,
    take,
    refuse,
    focus: () => passwordInput.current?.focus(),
  };
}
