// @vitest-environment happy-dom
import { h, render } from 'preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAccountApi } from '../../../ui/account-api.ts';
import { createApi } from '../../../ui/api.ts';
import { Account } from '../../../ui/pages/account/account.ts';
import { en } from '../../../ui/strings/en.ts';
import { createScriptedFetch, type ScriptedFetch } from '../../support/browser/scripted-fetch.ts';

let network: ScriptedFetch;

function find<E extends HTMLElement = HTMLInputElement>(selector: string): E {
  const element = document.querySelector<E>(selector);
  if (element === null) throw new Error(`The page has no ${selector}`);
  return element;
}

async function ask(enteredName: string): Promise<void> {
  const input = find('#username');
  input.value = enteredName;
  input.dispatchEvent(new InputEvent('input', { bubbles: true }));
  await new Promise((resolve) => setTimeout(resolve, 20));
  find<HTMLFormElement>('form').dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
}

async function open(): Promise<void> {
  render(null, document.body);
  const api = createApi(network.fetch);
  const accountApi = createAccountApi(network.fetch);
  render(h(Account, { strings: en, api, accountApi }), document.body);
  await vi.waitFor(() => find('#username'));
}

const asked = () => network.seen.filter(({ address }) => address === 'api/reset-requests');

beforeEach(async () => {
  network = createScriptedFetch();
  await open();
});
afterEach(() => render(null, document.body));

describe('My Account', () => {
  it('takes over the name that was typed into the form of Jellyfin, once', async () => {
    sessionStorage.setItem('gatehouse-name', 'ana');
    await open();
    expect(find('#username').value).toBe('ana');
    expect(sessionStorage.length).toBe(0);
    await open();
    expect(find('#username').value).toBe('');
    sessionStorage.setItem('gatehouse-name', 'x'.repeat(257));
    await open();
    expect(find('#username').value).toBe('');
  });

  it('sends what was typed without the blanks around it, and tells everybody to check their messages', async () => {
    network.answer('api/reset-requests', 202, {});
    await ask('  ana ');
    await vi.waitFor(() => expect(find('h1').textContent).toBe(en.asked.title));
    expect(asked()).toEqual([{ address: 'api/reset-requests', body: { enteredName: 'ana' } }]);
    await vi.waitFor(() => expect(document.title).toBe(en.asked.title));
    await vi.waitFor(() => expect(document.activeElement).toBe(find('h1')));
    expect(document.body.textContent).not.toContain('ana ');
  });

  it.each([
    ['   ', en.account.empty],
    ['x'.repeat(257), en.account.tooLong],
  ])('asks nobody about %j', async (enteredName, error) => {
    await ask(enteredName);
    await vi.waitFor(() => expect(find('#username-error').textContent?.trim()).toBe(error));
    expect(asked()).toEqual([]);
    expect(document.activeElement?.id).toBe('username');
  });

  it.each([
    [429, { code: 'too-many-requests' }, en.problems['too-many-requests']],
    [404, { code: 'not-found' }, en.problems['not-found']],
    [500, { code: 'link-used' }, en.problems.internal],
  ])('keeps the name at a %i with %j, and says why', async (status, body, sentence) => {
    network.answer('api/reset-requests', status, body);
    await ask('ana');
    await vi.waitFor(() => expect(find('.notice').textContent?.trim()).toBe(sentence));
    expect(find('#username').value).toBe('ana');
    await vi.waitFor(() => expect(document.activeElement?.className).toBe('notice'));
  });

  it('can be asked again for another name', async () => {
    network.answer('api/reset-requests', 202, {});
    await ask('ana');
    await vi.waitFor(() => expect(find('h1').textContent).toBe(en.asked.title));
    find<HTMLButtonElement>('.actions button').click();
    await vi.waitFor(() => expect(find('h1').textContent).toBe(en.account.title));
    await vi.waitFor(() => expect(document.activeElement?.id).toBe('username'));
  });
});
