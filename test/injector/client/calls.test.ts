import { describe, expect, it } from 'vitest';
import { createCalls } from '../../../injector/client/calls.ts';
import type { HeardAnswer } from '../../../injector/client/client-mod.ts';

/** Just enough of a window: `document` for the event, and the client's object, which tests may replace. */
function pretendWindow(answer: (url: string) => Promise<unknown>) {
  const asked: unknown[][] = [];
  const ajax = function (this: unknown, ...values: unknown[]) {
    asked.push([this, ...values]);
    return answer(String((values[0] as { url?: unknown } | undefined)?.url));
  };
  const document = new EventTarget() as unknown as Document;
  return { document, ApiClient: { ajax }, asked, ajax };
}

const PIN_CALL = { url: 'http://a/jf/Users/ForgotPassword/Pin?x=1', type: 'POST' };

describe('what the server says to a call of the client', () => {
  it('is heard first, and goes on as it came when nobody says otherwise', async () => {
    const window = pretendWindow(async () => ({ Success: true }));
    const heard: HeardAnswer[] = [];
    createCalls(window).onAnswer('redeemPin', (answer) => void heard.push(answer));
    expect(await window.ApiClient.ajax(PIN_CALL, 'more')).toEqual({ Success: true });
    expect(heard).toMatchObject([{ status: 200, body: { Success: true } }]);
    expect(window.asked).toEqual([[window.ApiClient, PIN_CALL, 'more']]);
  });

  it('can be replaced, a failure too', async () => {
    const window = pretendWindow(() => Promise.reject({ status: 404 }));
    createCalls(window).onAnswer('redeemPin', ({ status, body, replace }) => replace({ status, body }));
    expect(await window.ApiClient.ajax(PIN_CALL)).toEqual({ status: 404, body: undefined });
  });

  it('can be withheld', async () => {
    const window = pretendWindow(async () => 'answer');
    createCalls(window).onAnswer('redeemPin', ({ withhold }) => withhold());
    const first = await Promise.race([
      window.ApiClient.ajax(PIN_CALL),
      new Promise((resolve) => setTimeout(resolve, 20, 'nothing')),
    ]);
    expect(first).toBe('nothing');
  });

  it.each([
    ['a failure of the network', new TypeError('Failed to fetch'), 0],
    ['nothing at all', undefined, 0],
    ['an answer', { status: 500 }, 500],
  ])('stays a failure: %s', async (_name, failure, status) => {
    const window = pretendWindow(() => Promise.reject(failure));
    const heard: number[] = [];
    createCalls(window).onAnswer('redeemPin', (answer) => void heard.push(answer.status));
    expect(await window.ApiClient.ajax(PIN_CALL).catch((reason: unknown) => ({ reason }))).toEqual({
      reason: failure,
    });
    expect(heard).toEqual([status]);
  });
});

describe('calls nobody listens to', () => {
  it.each([
    { url: 'http://a/Users/ForgotPassword' },
    { url: 'http://a/Users/ForgotPassword/Pin/x' },
    {},
    undefined,
  ])('go by untouched: %j', async (request) => {
    const answer = Promise.resolve('answer');
    const window = pretendWindow(() => answer);
    createCalls(window).onAnswer('redeemPin', () => {
      throw new Error('heard');
    });
    expect(window.ApiClient.ajax(request)).toBe(answer);
  });

  it('are not stood in front of at all while no mod listens', () => {
    const window = pretendWindow(async () => 'answer');
    createCalls(window);
    window.document.dispatchEvent(new Event('viewshow'));
    expect(window.ApiClient.ajax).toBe(window.ajax);
  });
});

it('hears a new ApiClient from the next page on, and each answer once', async () => {
  const window = pretendWindow(async () => 'answer');
  let heard = 0;
  createCalls(window).onAnswer('redeemPin', () => {
    heard++;
  });
  window.document.dispatchEvent(new Event('viewshow'));
  await window.ApiClient.ajax(PIN_CALL);
  expect(heard).toBe(1);
  window.ApiClient = { ajax: window.ajax };
  window.document.dispatchEvent(new Event('viewshow'));
  await window.ApiClient.ajax(PIN_CALL);
  expect(heard).toBe(2);
});

it('waits for an ApiClient that is not there yet', async () => {
  const window = pretendWindow(async () => 'answer');
  const { ApiClient } = window;
  const without: { document: Document; ApiClient?: typeof ApiClient } = { document: window.document };
  let heard = 0;
  createCalls(without).onAnswer('redeemPin', () => {
    heard++;
  });
  without.ApiClient = ApiClient;
  window.document.dispatchEvent(new Event('viewshow'));
  await ApiClient.ajax(PIN_CALL);
  expect(heard).toBe(1);
});
