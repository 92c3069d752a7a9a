import { type ComponentChild, h } from 'preact';
import { useState } from 'preact/hooks';
import type { AccountChannel, BegunContact } from '../../../server/http/account-contract.ts';
import type { Outcome, ProblemCode } from '../../call.ts';
import type { Strings } from '../../strings/en.ts';
import { AddressForm } from './address-form.ts';
import { BotCode, type BotSight } from './bot-code.ts';
import { TypedCode } from './typed-code.ts';

/** What it takes to add a contact: by somebody who is signed in, or by an invitation. */
export interface LinkContactProps {
  readonly strings: Strings;
  readonly title: string;
  readonly channel: AccountChannel;
  /** The address that is there already and gets the code, as its owner knows it; undefined: it is asked for. */
  readonly kept?: string | undefined;
  /** Whether the password is asked for again. */
  readonly asksPassword: boolean;
  readonly begin: (address: string | undefined, password: string) => Promise<Outcome<BegunContact>>;
  readonly confirm: (code: string) => Promise<Outcome<object>>;
  /** Whether the bot has seen the code. */
  readonly ask: () => Promise<Outcome<BotSight>>;
  /** Told of every problem. True: the page goes elsewhere, and nothing is shown of it here. */
  readonly onProblem: (code: ProblemCode) => boolean;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

type Step = { readonly kind: 'form' } | BegunContact;

/** Adds or replaces a contact: a form, then the code that proves it. */
export function LinkContact(props: LinkContactProps): ComponentChild {
  const { strings, title, channel, kept, onProblem, onDone, onCancel } = props;
  const takesAddress = channel.linking === 'code-to-person' && kept === undefined;
  const [step, setStep] = useState<Step>({ kind: 'form' });
  const [address, setAddress] = useState('');
  const [isWorking, setWorking] = useState(false);
  const [problem, setProblem] = useState<{ readonly code: ProblemCode }>();

  function beginAnew(code?: ProblemCode): void {
    if (code !== undefined && onProblem(code)) return;
    setProblem(code === undefined ? undefined : { code });
    setStep({ kind: 'form' });
  }

  async function begin(typed: string, password: string): Promise<void> {
    setAddress(typed);
    setWorking(true);
    const outcome = await props.begin(takesAddress ? typed : undefined, password);
    setWorking(false);
    if (outcome.isOk) setStep(outcome.body);
    else beginAnew(outcome.code);
  }

  async function confirm(code: string): Promise<ProblemCode | undefined> {
    const outcome = await props.confirm(code);
    if (outcome.isOk) onDone();
    else if (outcome.code === 'code-expired') beginAnew(outcome.code);
    else if (!onProblem(outcome.code)) return outcome.code;
    return undefined;
  }

  const anew = () => beginAnew();
  switch (step.kind) {
    case 'form':
      return h(AddressForm, {
        ...{ strings, title, channel, kept, isWorking, problem, address, onCancel },
        asksPassword: props.asksPassword,
        onSubmit: (typed, password) => void begin(typed, password),
      });
    case 'code-sent':
      return h(TypedCode, {
        ...{ strings, title, channel, address: kept ?? address },
        ...{ onCode: confirm, onAnew: anew, onCancel },
      });
    case 'send-code':
      return h(BotCode, {
        ...{ strings, title, begun: step, ask: props.ask, onAnew: anew, onCancel },
        onThere: onDone,
        onProblem: beginAnew,
      });
  }
}
