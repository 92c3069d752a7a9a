import { isIP } from 'node:net';
import { z } from 'zod';
import { isAddressOrRange } from '../../../injector/addresses/networks.ts';

/** An address to listen on, without a port. */
export const listenHost = z
  .string()
  .refine(
    (text) => isIP(text) !== 0 || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(text),
    'must be an address such as 0.0.0.0, :: or 127.0.0.1, without a port (that is listen.port)',
  );

const trustedProxy = z
  .string()
  .refine(isAddressOrRange, 'must be an IP address or a range such as 192.168.1.5, 10.0.0.0/8 or fd00::/8')
  .refine(
    (text) => !/\/0+$/.test(text),
    'would trust everybody, so that anybody could pose as anybody; name the address of your proxy',
  );

const pemFile = z.string().min(1, 'must be the path of a file');

/** A certificate with its key. */
export const tlsFiles = z.strictObject({
  certFile: pemFile.meta({
    description: "Certificate with its chain, in PEM. Relative to this file's folder.",
  }),
  keyFile: pemFile.meta({ description: "Its private key, in PEM. Relative to this file's folder." }),
});

/** Where Gatehouse listens, and whose word about the client's address it takes. */
export const listenSection = z
  .strictObject({
    host: listenHost.default('0.0.0.0').meta({
      description: 'Address to listen on: 0.0.0.0 for every IPv4 address of the machine, :: for IPv6 too.',
    }),
    port: z
      .int()
      .min(0)
      .max(65_535)
      .default(8097)
      .meta({ description: 'Port to listen on; 0 takes any free one.' }),
    tls: tlsFiles.optional().meta({
      description:
        'Makes Gatehouse speak https itself. Both files are read again when they change and on SIGHUP; open connections stay. Turning it on or off takes effect after a restart.',
    }),
    trustedProxies: z.array(trustedProxy).max(100).default([]).meta({
      description:
        'Addresses or ranges of the reverse proxies in front, whose X-Forwarded-* headers are believed. Empty: nobody is.',
    }),
  })
  .prefault({})
  .meta({ description: 'Where Gatehouse listens. A new host or port takes effect after a restart.' });
