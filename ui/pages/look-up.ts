import { type ComponentChild, h } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Outcome, ProblemCode } from '../call.ts';
import type { LinkToken } from '../fragment-secret.ts';
import { html } from '../html.ts';
import { button, linkButton } from '../parts/button.ts';
import { problemWords } from '../problem-words.ts';
import type { Strings } from '../strings/en.ts';
import type { SpentLink, SpentLinkWords } from '../strings/links/en.ts';
import { Message } from './message.ts';

/** What is known of a link that works once. */
export type LookedUp<Answer> =
  | { readonly phase: 'checking' }
  | { readonly phase: 'unchecked'; readonly code: ProblemCode }
  | { readonly phase: 'open'; readonly token: string; readonly answer: Answer }
  | { readonly phase: 'ended'; readonly end: SpentLink };

/** A link, and what may become of it. */
export interface LookUp<Answer> {
  readonly state: LookedUp<Answer>;
  lookAgain(): void;
  /** Ends the page if a problem says that the link is of no more use. */
  endAt(code: ProblemCode): boolean;
}

const ENDS: Readonly<Partial<Record<ProblemCode, SpentLink>>> = {
  'link-unknown': 'unknown',
  'link-expired': 'expired',
  'link-used': 'used',
};

/**
 * Asks what a link is good for as soon as the page opens; that changes nothing.
 *
 * @param look Asks the server. The same function each time.
 * @param onEnd Called when the link is of no more use: forget it.
 */
export function useLookUp<Answer>(
  link: LinkToken,
  look: (token: string) => Promise<Outcome<Answer>>,
  onEnd: () => void,
): LookUp<Answer> {
  const [state, setState] = useState<LookedUp<Answer>>(() =>
    link.kind === 'token'
      ? { phase: 'checking' }
      : { phase: 'ended', end: link.kind === 'broken' ? 'broken' : 'missing' },
  );
  const isChecking = state.phase === 'checking';
  const hasEnded = state.phase === 'ended';
  const token = link.kind === 'token' ? link.token : '';

  useEffect(() => {
    if (!isChecking) return;
    let isCurrent = true;
    void look(token).then((outcome) => {
      if (!isCurrent) return;
      if (outcome.isOk) setState({ phase: 'open', token, answer: outcome.body });
      else if (!endAt(outcome.code)) setState({ phase: 'unchecked', code: outcome.code });
    });
    return () => {
      isCurrent = false;
    };
  }, [isChecking, token, look]);

  useEffect(() => {
    if (hasEnded) onEnd();
  }, [hasEnded, onEnd]);

  function endAt(code: ProblemCode): boolean {
    const end = ENDS[code];
    if (end !== undefined) setState({ phase: 'ended', end });
    return end !== undefined;
  }
  return { state, lookAgain: () => setState({ phase: 'checking' }), endAt };
}

/** What is shown of a link that is not open. */
export interface NotOpenProps {
  readonly strings: Strings;
  readonly title: string;
  readonly state: Exclude<LookedUp<never>, { phase: 'open' }>;
  readonly ends: SpentLinkWords;
  readonly lookAgain: () => void;
}

/** Shows that a link is looked at, could not be, or is of no use. */
export function NotOpen({ strings, title, state, ends, lookAgain }: NotOpenProps): ComponentChild {
  useEffect(() => {
    document.title = title;
  }, [title]);
  switch (state.phase) {
    case 'checking':
      return html`<h1>${title}</h1>
        <p class="checking" role="status">
          <span class="wheel" aria-hidden="true"></span> ${strings.choose.checking}
        </p>`;
    case 'unchecked':
      return h(Message, {
        words: {
          title: strings.myAccount.checkFailed,
          sentences: [problemWords(state.code, strings.problems)],
        },
        sign: 'warning',
        actions: [button({ label: strings.tryAgain, onPress: lookAgain })],
      });
    case 'ended':
      return h(Message, {
        words: ends[state.end],
        sign: 'key',
        actions: [linkButton({ label: strings.myAccount.toMyAccount, href: 'account' })],
      });
  }
}

/** Draws whose account a link is about. */
export function whose(
  answer: { readonly userName: string; readonly serverName: string },
  strings: Strings,
): ComponentChild {
  return html`<p>
    ${strings.myAccount.account} <strong><bdi>${answer.userName}</bdi></strong> ${strings.myAccount.server}${' '}
    <strong><bdi>${answer.serverName}</bdi></strong>
  </p>`;
}
