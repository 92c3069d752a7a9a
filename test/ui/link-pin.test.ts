// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest';
import { createPin, showPin } from '../../server/secrets/pin.ts';
import { forgetSecret, takePin, takeToken } from '../../ui/fragment-secret.ts';

const PIN = '01ABCDEFGHJKMN9Z';

function open(fragment: string): void {
  window.location.href = `http://media.example.org/base/gatehouse/pin${fragment}`;
}

afterEach(() => forgetSecret(window));

describe('takePin', () => {
  it('takes the PIN out of the address, and finds it again until it is forgotten', () => {
    open(`#${PIN}`);
    expect(takePin(window)).toEqual({ kind: 'whole', secret: PIN });
    expect(window.location.href).toBe('http://media.example.org/base/gatehouse/pin');
    expect(takePin(window)).toEqual({ kind: 'whole', secret: PIN });
    forgetSecret(window);
    expect(takePin(window)).toEqual({ kind: 'none' });
  });

  it('takes every PIN the server makes, in both forms', () => {
    for (let count = 0; count < 200; count++) {
      const pin = createPin();
      for (const form of [pin, showPin(pin)]) {
        open(`#${form}`);
        expect(takePin(window)).toEqual({ kind: 'whole', secret: form });
      }
    }
  });

  it.each(['.', ')', '>', '&x=1'])('takes no notice of a %s that a mail program added', (rest) => {
    open(`#${PIN}${rest}`);
    expect(takePin(window)).toEqual({ kind: 'whole', secret: PIN });
  });

  it.each(['#01AB', `#${PIN}0`, '#01AB-CDEF-GHJK', `#${PIN}-`, `#${'a'.repeat(43)}`])(
    'says that %s is not whole, and takes it out of the address all the same',
    (fragment) => {
      open(fragment);
      expect(takePin(window)).toEqual({ kind: 'broken' });
      expect(window.location.hash).toBe('');
    },
  );

  it('does not take the secret of the other page for its own', () => {
    open(`#${PIN}`);
    takePin(window);
    expect(takeToken(window)).toEqual({ kind: 'none' });
  });
});
