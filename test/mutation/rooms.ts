/** What of a room is mutated, and which tests are asked. */
export interface MutatedRoom {
  /** Files that guard something, as globs from the root. */
  readonly mutate: readonly string[];
  /** The tests that stand at their path, as globs from the root: no others, so that a mutant takes a second. */
  readonly tests: readonly string[];
}

/**
 * What guards secrets, limits, headers and rewriting, a room at a time. A test of the whole program would kill more, and
 * take a minute for each mutant.
 */
export const MUTATED_ROOMS: Readonly<Record<string, MutatedRoom>> = {
  secrets: { mutate: ['server/secrets/*.ts'], tests: ['test/server/secrets/*.test.ts'] },
  reset: {
    mutate: ['server/reset/{request-reset,password-rules,proofs,claim-link}.ts'],
    tests: ['test/server/reset/{request-limits,password-rules,proofs,claim-link}.test.ts'],
  },
  login: {
    mutate: ['server/login/*.ts'],
    tests: ['test/server/login/{held-sign-ins,forgiven-sign-ins,failed-attempts,account-budget}.test.ts'],
  },
  outbox: {
    mutate: ['server/outbox/message-limits.ts'],
    tests: ['test/server/outbox/message-allowances.test.ts'],
  },
  storage: {
    mutate: ['server/storage/memory-limits.ts'],
    tests: ['test/server/storage/memory-limits.test.ts'],
  },
  admission: {
    mutate: [
      'injector/admission/{connection-limit,limits,path-guard,pipelining-queue,public-hosts}.ts',
      'injector/admission/{request-validation,idle-bodies}.ts',
    ],
    tests: [
      'test/injector/admission/{connection-limit,path-guard-decisions,pipelining-queue}.test.ts',
      'test/injector/admission/{refusals,idle-bodies}.test.ts',
      'test/limits.test.ts',
    ],
  },
  addresses: { mutate: ['injector/addresses/*.ts'], tests: ['test/injector/addresses/*.test.ts'] },
  http: {
    mutate: [
      'injector/http/{headers,raw-headers,own-headers}.ts',
      'injector/http/{encodings,representation,decoding,coalesce}.ts',
    ],
    tests: [
      'test/injector/http/{headers,own-headers,encodings,representation-codings,decoding,coalesce}.test.ts',
    ],
  },
  rewrite: {
    mutate: ['injector/rewrite/{page,manifest-address,rewrite-file}.ts'],
    tests: ['test/injector/rewrite/{page,json,charset,manifest-address,rewrite-file}.test.ts'],
  },
  kit: { mutate: ['injector/kit/*.ts'], tests: ['test/injector/kit/*.test.ts'] },
};
