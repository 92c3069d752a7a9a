import { z } from 'zod';

/** Names of colours, three, four, six or eight hex digits, and `rgb()`, `rgba()`, `hsl()`, `hsla()` with plain numbers. */
const COLOUR =
  /^(?:[a-z]{3,20}|#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})|(?:rgb|hsl)a?\([0-9]{1,3}%?(?:[ ,/]{1,3}[0-9.]{1,5}%?){2,3}\))$/i;

/**
 * The option for a colour. What passes may stand in a rule as it is: it has no sign that could end one.
 * A name that is none does nothing in a browser. Source: CSS Color 4, sections 5 to 7.
 */
export function colour() {
  return z.string().trim().regex(COLOUR, {
    error: 'must be a colour, such as #00a4dc, rgb(0, 164, 220), hsl(195, 100%, 43%) or orange',
  });
}

/** Declarations that take something out of sight and leave it to be read aloud. */
export const UNSEEN =
  'position: absolute; width: 1px; height: 1px; overflow: hidden; clip: rect(0, 0, 0, 0); padding: 0;';

/** Takes `UNSEEN` back, for what is reached by keyboard. */
export const SEEN_AGAIN = 'position: static; width: auto; height: auto; clip: auto;';
