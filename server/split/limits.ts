/** Every limit of the connection between injector and reset service. SECURITY.md names them to admins. */
export const CONNECTION_LIMITS = {
  /**
   * Most connections of one injector at once for what people ask; more requests wait, no longer than their own limit.
   * Each may be a change of a password, which takes seconds.
   */
  connections: 256,
  /** The same for calls of the port, whose connections no person can use up: a sign-in must not wait for slow readers. */
  callConnections: 64,
  /** How long a connection may take to be made, in milliseconds. */
  connectMs: 3_000,
  /** How long a call of the port may take, in milliseconds. Taking a request down waits for one write to the disk. */
  callMs: 6_000,
  /** The same for a sign-in, which nobody holds up for long. */
  loginMs: 1_000,
  /** After the service was found away, sign-ins do not ask for it again for that long, in milliseconds. */
  loginRestMs: 3_000,
  /** The same for what monitors ask. */
  reportMs: 2_000,
  /** How long the answer to a person may take, in milliseconds. A change of a password may take 45 s. */
  answerMs: 60_000,
  /** Largest body, of a call and of a person's request; the same as on our own routes. In bytes. */
  bodyBytes: 64 * 1024,
  /** Longest address of a person's request, in characters; ours are short. */
  address: 2_048,
  /** Most that is carried of a person's headers, in characters: with ours the head must pass the request validation of the service. */
  headers: 16 * 1024,
} as const;
