import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { AccountChannel } from '../../../server/http/account-contract.ts';
import type { ProblemCode } from '../../call.ts';
import { channelName } from '../../channel-name.ts';
import { html } from '../../html.ts';
import { button } from '../../parts/button.ts';
import { field } from '../../parts/field.ts';
import { notice } from '../../parts/notice.ts';
import { problemWords } from '../../problem-words.ts';
import type { Strings } from '../../strings/en.ts';

/** What the form needs to work. */
export interface AddressFormProps {
  readonly strings: Strings;
  readonly title: string;
  readonly channel: AccountChannel;
  /** As in `LinkContactProps`. */
  readonly kept: string | undefined;
  readonly asksPassword: boolean;
  readonly isWorking: boolean;
  readonly problem: { readonly code: ProblemCode } | undefined;
  /** What was typed before. */
  readonly address: string;
  readonly onSubmit: (address: string, password: string) => void;
  readonly onCancel: () => void;
}

/** As `BeginContactBody` in `server/http/account-contract.ts` has it. */
const ADDRESS_MAX_LENGTH = 512;

/** The form with which a new contact begins: an address where the channel takes one, and the password where one is asked for. */
export function AddressForm(props: AddressFormProps): VNode {
  const { strings, channel, kept, asksPassword, isWorking, problem } = props;
  const words = strings.myAccount.linking;
  const isSent = channel.linking === 'code-to-person';
  const takesAddress = isSent && kept === undefined;
  const [address, setAddress] = useState(props.address);
  const [password, setPassword] = useState('');
  const [error, setError] = useState<string>();
  const form = useRef<HTMLFormElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const problemNotice = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (problem !== undefined) problemNotice.current?.focus();
    else (form.current?.querySelector('input') ?? heading.current)?.focus();
  }, [problem]);

  function submit(event: Event): void {
    event.preventDefault();
    if (isWorking) return;
    const typed = address.trim();
    if (takesAddress && (typed === '' || typed.length > ADDRESS_MAX_LENGTH)) {
      setError(typed === '' ? words.emptyAddress : strings.problems['address-refused']);
      input.current?.focus();
    } else props.onSubmit(typed, password);
  }

  const isMail = channel.channel === 'email';
  const begin = isSent ? words.sendCode : words.getCode;
  return html`<form method="post" novalidate ref=${form} onSubmit=${submit}>
    <h1 tabindex="-1" ref=${heading}>${props.title}</h1>
    <p><strong>${channelName(channel.channel, [channel], strings)}</strong>${kept === undefined ? undefined : html` <bdi>${kept}</bdi>`}</p>
    ${
      takesAddress
        ? field({
            id: 'contact-address',
            label: isMail ? words.mailAddress : words.address,
            type: 'text',
            value: address,
            autocomplete: isMail ? 'email' : 'off',
            isLocked: isWorking,
            error,
            inputRef: input,
            onInput: (value) => {
              setAddress(value);
              setError(undefined);
            },
          })
        : undefined
    }
    ${
      asksPassword
        ? [
            field({
              id: 'current-password',
              label: strings.myAccount.password,
              type: 'password',
              value: password,
              autocomplete: 'current-password',
              isLocked: isWorking,
              describedBy: 'why-password',
              onInput: setPassword,
            }),
            html`<p class="about" id="why-password">${words.whyPassword}</p>`,
          ]
        : undefined
    }
    ${
      problem === undefined
        ? undefined
        : notice({ noticeRef: problemNotice, sentences: [problemWords(problem.code, strings.problems)] })
    }
    ${button({ label: isWorking ? strings.myAccount.working : begin, isWorking })}
    <div class="actions">
      ${button({ label: strings.myAccount.back, isMain: false, onPress: props.onCancel })}
    </div>
  </form>`;
}
