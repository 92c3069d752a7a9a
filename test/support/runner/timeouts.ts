import { vi } from 'vitest';

/** How long a test waits for something to come true, in milliseconds; what is broken is seen later, and by nobody else. */
const PATIENCE_MS = 20_000;

const { waitFor } = vi;

// One second, which is what vitest has in mind, is not enough on a busy machine.
vi.waitFor = (isSo, options) => waitFor(isSo, options ?? { timeout: PATIENCE_MS, interval: 20 });
