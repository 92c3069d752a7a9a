import type { VNode } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Api } from '../api.ts';
import { html } from '../html.ts';
import { button } from '../parts/button.ts';
import { field, passwordField } from '../parts/field.ts';
import { notice } from '../parts/notice.ts';
import { ruleList, ruleStates } from '../parts/rule-list.ts';
import { findFaults } from '../password-faults.ts';
import type { Strings } from '../strings/en.ts';
import type { OpenLink, Problem } from './choosing.ts';

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

/** What the form needs to work. */
export interface NewPasswordFormProps {
  readonly strings: Strings;
  readonly link: OpenLink;
  /** The password is being set: fields are locked, the button says so. */
  readonly isWorking: boolean;
  readonly problem: Problem | undefined;
  readonly loadCommonPasswords: Api['loadCommonPasswords'];
  /** Called with a password that keeps all rules known here and was typed twice alike. */
  readonly onSubmit: (password: string) => void;
}

/** Problems after which the person should know that nothing is lost. */
const LINK_STILL_GOOD: readonly Problem['code'][] = [
  'jellyfin-unreachable',
  'change-not-kept',
  'too-many-requests',
];

interface Errors {
  readonly password?: string | undefined;
  readonly again?: string | undefined;
}

/** The form in which a new password is typed twice. It tells the rules while typing, and keeps what was typed until it is set. */
export function NewPasswordForm(props: NewPasswordFormProps): VNode {
  const { strings, link, isWorking, problem, loadCommonPasswords } = props;
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [isShown, setShown] = useState(false);
  const [hasLeft, setLeft] = useState(false);
  const [errors, setErrors] = useState<Errors>({});
  const [isListWanted, setListWanted] = useState(false);
  const [common, setCommon] = useState<ReadonlySet<string>>();
  const passwordInput = useRef<HTMLInputElement>(null);
  const againInput = useRef<HTMLInputElement>(null);
  const problemNotice = useRef<HTMLDivElement>(null);

  const rules = link.passwordRules;
  const measure = useMemo(
    () => ({ rules, names: [link.userName, link.serverName], common }),
    [rules, link, common],
  );
  const lines = ruleStates(password, measure, hasLeft);
  const missing = lines
    .filter(({ state }) => state !== 'met')
    .map(({ fault }) => strings.rules[fault](rules));
  const progress =
    missing.length === 0 ? strings.choose.allMet : `${strings.choose.stillToDo} ${missing.join('. ')}`;
  const { announcement, announce } = useAnnouncement(password === '' ? '' : progress);

  useEffect(() => {
    passwordInput.current?.focus();
  }, []);

  useEffect(() => {
    // Asked for on the first keystroke: most visits to the page should not cost 100 kB.
    if (!isListWanted) return;
    void loadCommonPasswords().then(setCommon);
  }, [isListWanted, loadCommonPasswords]);

  useEffect(() => {
    if (problem === undefined) return;
    if (problem.code !== 'password-refused') {
      problemNotice.current?.focus();
      return;
    }
    const sentences = problem.faults.map((fault) => strings.faults[fault](rules));
    setErrors({
      password: sentences.length > 0 ? sentences.join(' ') : strings.problems['password-refused'],
    });
    passwordInput.current?.focus();
  }, [problem, strings, rules]);

  function findErrors(): Errors {
    const [fault] = findFaults(password, measure);
    const weak = fault === undefined ? undefined : strings.faults[fault](rules);
    return {
      password: password === '' ? strings.choose.empty : weak,
      again: password === again ? undefined : strings.choose.mismatch,
    };
  }

  function submit(event: Event): void {
    event.preventDefault();
    if (isWorking) return;
    const found = findErrors();
    setErrors(found);
    setLeft(true);
    if (found.password !== undefined) passwordInput.current?.focus();
    else if (found.again !== undefined) againInput.current?.focus();
    else {
      // Readable fields are not saved by password managers, and nobody needs to read it any more.
      setShown(false);
      props.onSubmit(password);
    }
  }

  function toggle(): void {
    setShown(!isShown);
    announce(isShown ? strings.choose.isHidden : strings.choose.isShown);
  }

  const notices = problem === undefined || problem.code === 'password-refused' ? [] : [problem];
  return html`<form method="post" novalidate onSubmit=${submit}>
    <h1>${strings.choose.title}</h1>
    <p>${strings.choose.onServer} <strong><bdi>${link.serverName}</bdi></strong></p>
    ${field({
      id: 'username',
      label: strings.userName,
      type: 'text',
      value: link.userName,
      autocomplete: 'username',
      isLocked: true,
    })}
    ${passwordField({
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
    })}
    ${ruleList({ id: 'password-rules', lines, rules, strings })}
    ${passwordField({
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
    })}
    ${notices.map(({ code }) =>
      notice({
        noticeRef: problemNotice,
        sentences: LINK_STILL_GOOD.includes(code)
          ? [strings.problems[code], strings.choose.linkStillGood]
          : [strings.problems[code]],
      }),
    )}
    ${button({ label: isWorking ? strings.choose.working : strings.choose.submit, isWorking })}
    <p class="hint" role="status">${isWorking ? strings.choose.workingHint : ''}</p>
    <p class="unseen" aria-live="polite">${announcement}</p>
  </form>`;
}
