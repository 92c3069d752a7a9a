import { type FragmentSecret, type SecretPlace, takeSecret } from './fragment-secret.ts';

/** 16 signs of Crockford's base32, as `server/reset/pin.ts` makes them; in groups too. */
const SHAPE = {
  name: 'resetPin',
  pattern: /^#((?:[0-9A-HJKMNP-TV-Z]{4}-?){3}[0-9A-HJKMNP-TV-Z]{4})(?![0-9A-Z-])/i,
};

/** Takes the PIN of a link out of the address bar; see {@link takeSecret}. */
export function takePin(place: SecretPlace): FragmentSecret {
  return takeSecret(place, SHAPE);
}
