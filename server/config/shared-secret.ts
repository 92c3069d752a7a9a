import { z } from 'zod';

/** A secret that two programs share: long enough not to be guessed, and nothing that a header or a shell reads as more than letters. */
export const sharedSecret = z
  .string()
  .regex(/^[A-Za-z0-9._~+/=-]{32,256}$/, 'must have 32 to 256 letters, digits or . _ ~ + / = -');
