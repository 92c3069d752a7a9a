import { describe, expect, it } from 'vitest';
import { createAccountApi } from '../../ui/account-api.ts';
import { createPerson, viewOf } from '../support/browser/account-person.ts';
import { createScriptedFetch } from '../support/browser/scripted-fetch.ts';

const network = createScriptedFetch();
const api = createAccountApi(network.fetch);
const view = viewOf(createPerson(), []);

describe('createAccountApi', () => {
  it('posts to the addresses of the contract', async () => {
    network.answer('api/account/view', 200, view);
    network.answer('api/account/contacts/order', 200, view);
    expect(await api.view()).toEqual({ isOk: true, body: JSON.parse(JSON.stringify(view)) });
    expect(await api.orderContacts({ channels: ['email'] })).toMatchObject({ isOk: true });
    expect(network.seen).toEqual([
      { address: 'api/account/view', body: {} },
      { address: 'api/account/contacts/order', body: { channels: ['email'] } },
    ]);
  });

  it.each([{}, { ...view, contacts: undefined }, { ...view, events: 'none' }])(
    'takes a view that is none, such as %j, for a failure of the server',
    async (body) => {
      network.answer('api/account/view', 200, body);
      expect(await api.view()).toMatchObject({ isOk: false, code: 'internal' });
    },
  );

  it('takes an answer about channels that is none for a failure, too', async () => {
    network.answer('api/account/channels', 200, { quickConnect: true });
    expect(await api.channels()).toMatchObject({ isOk: false, code: 'internal' });
  });

  it('hands on why it was refused', async () => {
    network.answer('api/account/sign-in', 401, { code: 'sign-in-refused', message: '' });
    expect(await api.signIn({ name: 'ana', password: '' })).toMatchObject({ code: 'sign-in-refused' });
    network.answer('api/account/view', 200, { code: 'signed-out' });
    expect(await api.view()).toMatchObject({ code: 'signed-out' });
  });
});
