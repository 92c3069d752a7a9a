import { type ComponentChild, h } from 'preact';
import type { ResetRequestAnswer } from '../../../server/http/contract.ts';
import { html } from '../../html.ts';
import { button, linkButton } from '../../parts/button.ts';
import { signInAddress } from '../../sign-in-address.ts';
import type { Strings } from '../../strings/en.ts';
import { Message } from '../message.ts';

/** What the page needs to work. */
export interface AskedProps {
  readonly strings: Strings;
  readonly answer: ResetRequestAnswer;
  readonly onAgain: () => void;
}

/** Tells everybody alike to look at their messages. */
export function Asked({ strings, answer, onAgain }: AskedProps): ComponentChild {
  const holdsPin = answer.holds === 'pin';
  return h(Message, {
    words: holdsPin ? { ...strings.asked, sentences: strings.askedPin.sentences } : strings.asked,
    sign: 'letter',
    more: html`<div class="advice">
      <h2>${strings.asked.nothingCame}</h2>
      <ul>
        ${strings.asked.advice.map((sentence) => html`<li>${sentence}</li>`)}
      </ul>
    </div>`,
    actions: [
      ...(holdsPin ? [linkButton({ label: strings.askedPin.enter, href: 'pin' })] : []),
      linkButton({
        label: strings.backToSignIn,
        href: signInAddress(undefined, window.location.href),
        isMain: !holdsPin,
      }),
      button({ label: strings.asked.again, isMain: false, onPress: onAgain }),
    ],
  });
}
