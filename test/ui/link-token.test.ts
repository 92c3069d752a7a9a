// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest';
import { forgetSecret, takeToken } from '../../ui/fragment-secret.ts';

const TOKEN = `${'aZ09_-x'.repeat(6)}Q`;

function open(address: string): void {
  window.location.href = `http://media.example.org/base/gatehouse/${address}`;
}

afterEach(() => forgetSecret(window));

describe('takeToken', () => {
  it('takes the token out of the address', () => {
    open(`reset#${TOKEN}`);
    expect(takeToken(window)).toEqual({ kind: 'token', token: TOKEN });
    expect(window.location.href).toBe('http://media.example.org/base/gatehouse/reset');
  });

  it('finds it again after a reload, until it is forgotten', () => {
    open(`reset#${TOKEN}`);
    takeToken(window);
    expect(takeToken(window)).toEqual({ kind: 'token', token: TOKEN });
    forgetSecret(window);
    expect(takeToken(window)).toEqual({ kind: 'none' });
  });

  it.each(['.', ')', '>', ',', '&x=1'])('takes no notice of a %s that a mail program added', (rest) => {
    open(`reset#${TOKEN}${rest}`);
    expect(takeToken(window)).toEqual({ kind: 'token', token: TOKEN });
  });

  it.each([TOKEN.slice(1), `${TOKEN}A`, 'x', `.${TOKEN}`])(
    'calls #%s broken, and takes it away too',
    (hash) => {
      open(`reset#${hash}`);
      expect(takeToken(window)).toEqual({ kind: 'broken' });
      expect(window.location.hash).toBe('');
    },
  );

  it('finds nothing in an address without a fragment, whatever other programs keep in the history', () => {
    open('reset');
    window.history.replaceState({ resetToken: 7 }, '');
    expect(takeToken(window)).toEqual({ kind: 'none' });
  });

  it('prefers a link opened now over one kept from before', () => {
    open(`reset#${TOKEN}`);
    takeToken(window);
    const newer = TOKEN.replace('a', 'b');
    window.location.hash = newer;
    expect(takeToken(window)).toEqual({ kind: 'token', token: newer });
  });
});
