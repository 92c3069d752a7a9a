import { z } from 'zod';
import { sharedSecret } from '../shared-secret.ts';
import { webAddress } from '../web-address.ts';
import { listenHost, tlsFiles } from './listen.ts';

/** How the two halves find each other when they run apart (`--only injector`, `--only reset`). */
export const serviceSection = z
  .strictObject({
    url: webAddress('http://127.0.0.1:8098').optional().meta({
      description:
        'Where the injector finds the reset service. Needed by --only injector. Passwords travel this way: use https:// unless the network between the two is private.',
    }),
    caFile: z.string().min(1, 'must be the path of a file').optional().meta({
      description:
        "File with the certificate authority (PEM) that the reset service's https certificate comes from; no other is then trusted. Relative to the folder of this file.",
    }),
    secret: sharedSecret.meta({
      description:
        'What the injector shows to the reset service; the same on both sides, and as good as a key: make it with openssl rand -hex 32. Better kept in a file: GATEHOUSE_SERVICE__SECRET_FILE.',
    }),
    previousSecret: sharedSecret.optional().meta({
      description:
        'While the secret is changed: the one before, which the reset service takes too for as long as it stands here. Injectors show secret only.',
    }),
    listen: z
      .strictObject({
        host: listenHost.default('127.0.0.1').meta({
          description:
            'Address the reset service listens on: 127.0.0.1 for injectors on this machine, 0.0.0.0 for those on others.',
        }),
        port: z.int().min(0).max(65_535).default(8098).meta({
          description: 'Port the reset service listens on; 0 takes any free one.',
        }),
        tls: tlsFiles.optional().meta({
          description: 'Makes the reset service speak https; as listen.tls. Names no person sees.',
        }),
      })
      .prefault({})
      .meta({
        description: 'Where the reset service listens with --only reset. Takes effect after a restart.',
      }),
  })
  .meta({
    description:
      'The private line between injector and reset service when they are two processes. Not used when one process is both.',
  });
