// @vitest-environment happy-dom
import { h, render } from 'preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createApi } from '../../../ui/api.ts';
import { ChoosePassword } from '../../../ui/pages/choose-password.ts';
import { en } from '../../../ui/strings/en.ts';
import { createScriptedFetch, type ScriptedFetch } from '../../support/browser/scripted-fetch.ts';

const GOOD = 'a fine long day';
const open = {
  state: 'open',
  userName: '<img src=x onerror=alert(1)>',
  serverName: 'Attic & Sons',
  passwordRules: { minLength: 8, maxLength: 128 },
};

let network: ScriptedFetch;
let hasEnded: boolean;

function find<E extends HTMLElement = HTMLInputElement>(selector: string): E {
  const element = document.querySelector<E>(selector);
  if (element === null) throw new Error(`The page has no ${selector}`);
  return element;
}

async function mount(): Promise<void> {
  const api = createApi(network.fetch);
  const link = { kind: 'token', token: 't' } as const;
  const onEnd = () => {
    hasEnded = true;
  };
  render(h(ChoosePassword, { strings: en, api, link, onEnd }), document.body);
  await vi.waitFor(() => find('#new-password'));
}

async function type(selector: string, value: string): Promise<void> {
  const input = find(selector);
  input.value = value;
  input.dispatchEvent(new InputEvent('input', { bubbles: true }));
  await vi.waitFor(() => expect(find(selector).getAttribute('aria-invalid')).toBeNull());
}

async function submit(): Promise<void> {
  find<HTMLFormElement>('form').dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  await new Promise((resolve) => setTimeout(resolve, 20));
}

const passwordsSent = () => network.seen.filter(({ address }) => address === 'api/passwords');
const rule = (fault: string) => find(`[data-rule=${fault}]`).className;
const errorOf = (id: string) => document.getElementById(`${id}-error`)?.textContent?.trim();

beforeEach(() => {
  network = createScriptedFetch();
  hasEnded = false;
  network.answer('api/links', 200, open);
  network.answer('common-passwords.txt', 200, 'password1\nqwertyuiop\n');
});
afterEach(() => render(null, document.body));

describe('the page where a password is chosen', () => {
  it('shows names as text, whatever they look like', async () => {
    await mount();
    expect(find('#username').value).toBe(open.userName);
    expect(find('bdi').textContent).toBe(open.serverName);
    expect(document.querySelector('img')).toBeNull();
  });

  it('asks for the list of common passwords with the first key, once', async () => {
    await mount();
    const lists = () => network.seen.filter(({ address }) => address === 'common-passwords.txt').length;
    expect(lists()).toBe(0);
    await type('#new-password', 'p');
    await type('#new-password', 'password1');
    await vi.waitFor(() => expect(rule('common')).toContain('rule-broken'));
    expect(lists()).toBe(1);
  });

  it('tells the rules while typing, in signs and in words', async () => {
    await mount();
    await type('#new-password', 'jelly');
    expect(rule('too-short')).toContain('rule-open');
    await type('#new-password', 'jellyfin');
    await vi.waitFor(() => expect(rule('contains-name')).toContain('rule-broken'));
    expect(find('[data-rule=contains-name]').textContent).toContain(en.choose.isBroken);
    await type('#new-password', GOOD);
    await vi.waitFor(() => expect(rule('contains-name')).toContain('rule-met'));
  });

  it('tells a screen reader the rules once the typing pauses', async () => {
    await mount();
    await type('#new-password', 'short');
    const said = () => find('[aria-live=polite]').textContent;
    expect(said()).toBe('');
    await vi.waitFor(() => expect(said()).toContain('At least 8 characters'), 3000);
  });

  it('says nothing any more of a password that was taken out again', async () => {
    await mount();
    const said = () => find('[aria-live=polite]').textContent;
    await type('#new-password', GOOD);
    await vi.waitFor(() => expect(said()).toBe(en.choose.allMet), 3000);
    await type('#new-password', '');
    await vi.waitFor(() => expect(said()).toBe(''));
    await type('#new-password', 'short');
    await vi.waitFor(() => expect(said()).toContain(en.choose.stillToDo), 3000);
  });

  it('sends nothing that is empty, weak or not the same twice, and goes to the first problem', async () => {
    await mount();
    await submit();
    expect(errorOf('new-password')).toBe(en.choose.empty);
    expect(document.activeElement?.id).toBe('new-password');
    await type('#new-password', 'short');
    await type('#new-password-again', 'other');
    await submit();
    expect(errorOf('new-password')).toBe(en.faults['too-short'](open.passwordRules));
    expect(errorOf('new-password-again')).toBe(en.choose.mismatch);
    expect(find('#new-password').getAttribute('aria-describedby')).toBe('new-password-error password-rules');
    await type('#new-password', GOOD);
    await submit();
    expect(document.activeElement?.id).toBe('new-password-again');
    expect(passwordsSent()).toEqual([]);
  });

  it('locks the fields and warns before leaving while it works, and sends only once', async () => {
    let finish = () => {};
    network.answer(
      'api/passwords',
      200,
      { signInUrl: '../web/' },
      new Promise((resolve) => (finish = resolve)),
    );
    await mount();
    await type('#new-password', GOOD);
    await type('#new-password-again', GOOD);
    const leave = () => {
      const leaving = new Event('beforeunload', { cancelable: true });
      window.dispatchEvent(leaving);
      return leaving.defaultPrevented;
    };
    expect(leave()).toBe(false);
    await submit();
    await submit();
    expect(find('#new-password').readOnly).toBe(true);
    expect(find('button[type=submit]').textContent).toContain(en.choose.working);
    await vi.waitFor(() => expect(leave()).toBe(true));
    expect(passwordsSent()).toEqual([{ address: 'api/passwords', body: { token: 't', password: GOOD } }]);
    finish();
    await vi.waitFor(() => expect(find('h1').textContent).toBe(en.ends.done.title));
    await vi.waitFor(() => expect(leave()).toBe(false));
    expect(hasEnded).toBe(true);
  });

  it('keeps what was typed when Jellyfin is not there, says that the link is good, and can try again', async () => {
    network.answer('api/passwords', 503, { code: 'jellyfin-unreachable', message: '' });
    await mount();
    await type('#new-password', GOOD);
    await type('#new-password-again', GOOD);
    await submit();
    await vi.waitFor(() => expect(document.activeElement?.className).toBe('notice'));
    expect(find('.notice').textContent).toContain(en.choose.linkStillGood);
    expect(find('#new-password').value).toBe(GOOD);
    expect(hasEnded).toBe(false);
    network.answer('api/passwords', 200, { signInUrl: '../web/' });
    await submit();
    await vi.waitFor(() => expect(find('h1').textContent).toBe(en.ends.done.title));
  });

  it('shows every fault that only the server found, at the field', async () => {
    const faults = ['common', 'contains-name'] as const;
    network.answer('api/passwords', 422, { code: 'password-refused', message: '', faults });
    await mount();
    await type('#new-password', GOOD);
    await type('#new-password-again', GOOD);
    await submit();
    await vi.waitFor(() =>
      expect(errorOf('new-password')).toBe(
        faults.map((fault) => en.faults[fault](open.passwordRules)).join(' '),
      ),
    );
    expect(document.activeElement?.id).toBe('new-password');
  });

  it('shows both fields as text on demand, and hides them before they are sent', async () => {
    network.answer('api/passwords', 503, { code: 'internal', message: '' });
    await mount();
    find<HTMLButtonElement>('.toggle').click();
    await vi.waitFor(() => expect(find('#new-password').type).toBe('text'));
    expect(find('#new-password-again').type).toBe('text');
    expect(find('.toggle').getAttribute('aria-label')).toBe(en.choose.hidePassword);
    await type('#new-password', GOOD);
    await type('#new-password-again', GOOD);
    await submit();
    expect(find('#new-password').type).toBe('password');
  });
});
