import { z } from 'zod';
import { isLoopbackHost } from '../../../injector/addresses/networks.ts';
import { webAddress } from '../web-address.ts';

const publicHost = z
  .string()
  .regex(
    /^(?:[a-z0-9_][a-z0-9._-]*|\[[0-9a-f:.]+\])$/i,
    'must be a name or an address without port or path, such as nas.local, 192.168.1.5 or [fd00::5]',
  );

/** The address people use; links in messages are built from it and from nothing else. */
export const publicSection = z
  .strictObject({
    url: webAddress('https://media.example.org').meta({
      description:
        'The address people use, with the base path if Jellyfin has one. Links in messages begin with it. Must be https:// except for this very machine.',
    }),
    hosts: z.array(publicHost).max(100).default([]).meta({
      description:
        'Further names or addresses people reach Gatehouse by, such as nas.local or 192.168.1.5. When there is one, requests to any name but these and that of public.url are refused. Empty: any name is taken.',
    }),
    hsts: z.boolean().default(true).meta({
      description:
        'Tells browsers, on our own pages over https, to use nothing but https for the name in public.url for a year. false where something else speaks plain http under the same name.',
    }),
    insecure: z.boolean().default(false).meta({
      description:
        'Allows an http:// address in public.url: reset links can then be read on the way. For trials only.',
    }),
  })
  .refine(isSafe, {
    path: ['url'],
    error:
      'must begin with https://, or reset links can be read on the way; for a trial set public.insecure: true',
    // Also when another field of the section is wrong: all problems are told at once.
    when: () => true,
  })
  .meta({ description: 'How people reach Gatehouse. Needed when `reset` is given.' });

function isSafe(section: unknown): boolean {
  const { url, insecure } = (section ?? {}) as { url?: unknown; insecure?: unknown };
  if (typeof url !== 'string' || !URL.canParse(url) || insecure === true) return true;
  const { protocol, hostname } = new URL(url);
  return protocol !== 'http:' || isLoopbackHost(hostname);
}
