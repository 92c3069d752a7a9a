import type { ComponentChild } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Api } from '../api.ts';
import type { ProblemCode } from '../call.ts';
import type { FragmentSecret } from '../fragment-secret.ts';
import { html } from '../html.ts';
import { button, linkButton } from '../parts/button.ts';
import { field } from '../parts/field.ts';
import { notice } from '../parts/notice.ts';
import { problemWords } from '../problem-words.ts';
import { signInAddress } from '../sign-in-address.ts';
import type { Strings } from '../strings/en.ts';

/** What the page needs to work. */
export interface RedeemPinProps {
  readonly strings: Strings;
  readonly api: Pick<Api, 'exchangePin'>;
  /** The PIN that came with the link of a message, if one did. */
  readonly link: FragmentSecret;
  /** Called with a PIN that is of no more use: forget it. */
  readonly onEnd: () => void;
  /** Goes to the page where a password is chosen. */
  readonly onToken: (token: string) => void;
}

/** As `PinBody` in `server/http/contract.ts` has it. */
const PIN_MAX_LENGTH = 256;

/** Answers after which a PIN need not be tried again. */
const USELESS = { 'link-unknown': 'unknown', 'link-expired': 'expired', 'link-used': 'used' } as const;

function wordsFor(code: ProblemCode, { pin, problems }: Strings): string {
  if (code in USELESS) return pin[USELESS[code as keyof typeof USELESS]];
  return problemWords(code, problems);
}

/**
 * Exchanges the PIN of a message for the page where a password is chosen: with one button when the PIN came with the
 * link, else it is typed. Nothing is sent that nobody pressed the button for.
 */
export function RedeemPin({ strings, api, link, onEnd, onToken }: RedeemPinProps): ComponentChild {
  const [given, setGiven] = useState(link.kind === 'whole' ? link.secret : undefined);
  const [typed, setTyped] = useState('');
  const [isWorking, setIsWorking] = useState(false);
  const [error, setError] = useState<string>();
  // A new object for each problem, so that the same one is told again.
  const [problem, setProblem] = useState<{ readonly sentence: string; readonly mayAsk: boolean } | undefined>(
    link.kind === 'broken' ? { sentence: strings.pin.broken, mayAsk: false } : undefined,
  );
  const input = useRef<HTMLInputElement>(null);
  const problemNotice = useRef<HTMLDivElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    document.title = strings.pin.title;
    if (problem !== undefined) problemNotice.current?.focus();
    else (input.current ?? heading.current)?.focus();
  }, [problem, strings]);

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    if (isWorking) return;
    const pin = given ?? typed.trim();
    if (pin === '' || pin.length > PIN_MAX_LENGTH) {
      setError(pin === '' ? strings.pin.empty : strings.pin.unknown);
      input.current?.focus();
      return;
    }
    setIsWorking(true);
    const outcome = await api.exchangePin({ pin });
    if (outcome.isOk) return onToken(outcome.body.token);
    setIsWorking(false);
    const isUseless = outcome.code in USELESS;
    if (isUseless && given !== undefined) {
      setGiven(undefined);
      onEnd();
    }
    setProblem({ sentence: wordsFor(outcome.code, strings), mayAsk: isUseless });
  }

  return html`<form method="post" novalidate onSubmit=${submit}>
    <h1 tabindex="-1" ref=${heading}>${strings.pin.title}</h1>
    <p>${given === undefined ? strings.pin.type : strings.pin.go}</p>
    ${
      given === undefined
        ? field({
            id: 'pin',
            label: strings.pin.label,
            type: 'text',
            value: typed,
            autocomplete: 'one-time-code',
            isLocked: isWorking,
            error,
            inputRef: input,
            onInput: (value) => {
              setTyped(value);
              setError(undefined);
            },
          })
        : undefined
    }
    ${problem === undefined ? undefined : notice({ noticeRef: problemNotice, sentences: [problem.sentence] })}
    ${button({ label: isWorking ? strings.pin.working : strings.pin.submit, isWorking })}
    <div class="actions">
      ${
        problem?.mayAsk === true
          ? linkButton({ label: strings.pin.askAgain, href: 'account', isMain: false })
          : undefined
      }
      ${
        given === undefined
          ? linkButton({
              label: strings.backToSignIn,
              href: signInAddress(undefined, window.location.href),
              isMain: false,
            })
          : undefined
      }
    </div>
  </form>`;
}
