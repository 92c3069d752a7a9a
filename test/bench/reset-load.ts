import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openStorage } from '../../server/storage/open-storage.ts';
import { createFakeJellyfin } from '../jellyfin/fake-jellyfin.ts';
import { freePort } from '../support/network/free-port.ts';
import { measureContactLookups } from './contact-lookups.ts';
import { startProgram } from './gatehouse-child.ts';
import { percentile } from './percentile.ts';
import { startSmtpSink } from './smtp-sink.ts';

/** What was measured of the reset service. */
export interface ResetMeasures {
  /** Slowest of a hundred requests for a reset while the mail server refuses connections. */
  readonly askP99Ms: number;
  /** Messages a second to a mail server on this machine. */
  readonly drainPerSecond: number;
  /** Slowest of a hundred look-ups. */
  readonly contactP99Ms: number;
}

/** How much is done. */
export interface ResetPlan {
  readonly requests: number;
  readonly messages: number;
  readonly contacts: number;
}

/** How many requests are under way at once: what a busy evening brings, and more. */
const AT_ONCE = 4;

/** Requests that are not counted: the program has just begun. */
const WARM_UP = 100;

/** Measures the reset service of the built program. */
export async function measureReset(folder: string, plan: ResetPlan): Promise<ResetMeasures> {
  return {
    askP99Ms: await measureAsking(folder, plan.requests),
    drainPerSecond: await measureDrain(folder, plan.messages),
    contactP99Ms: await measureContactLookups(folder, plan.contacts),
  };
}

interface House {
  readonly url: string;
  stop(): Promise<void>;
}

async function startHouse(folder: string, smtpPort: number, storage: string): Promise<House> {
  const apiKey = 'b'.repeat(32);
  const jellyfin = await createFakeJellyfin({ version: '10.11.11', apiKeys: [apiKey] });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const program = await startProgram(
    folder,
    port,
    `listen: { host: 127.0.0.1, port: ${port}, trustedProxies: [127.0.0.1] }
public: { url: '${url}' }
jellyfin: { url: '${jellyfin.url}', apiKey: ${apiKey} }
reset: { limits: { requestsPerHour: 1000000 } }
mail: { url: 'smtp://127.0.0.1:${smtpPort}', from: bench@example.org }
storage: ${storage}
log: { level: error }
mods: { forgot-password: { show: check-your-messages } }
`,
  );
  return {
    url,
    async stop() {
      await program.stop();
      await jellyfin.close();
    },
  };
}

/** Each request comes from another address, or the limits would answer, and asks for somebody who has an address. */
async function measureAsking(folder: string, requests: number): Promise<number> {
  const storagePath = join(folder, 'asking.db');
  const house = await startHouse(folder, await freePort(), storagePath);
  const times: number[] = [];
  let next = 0;
  async function ask(): Promise<void> {
    for (let n = next++; n < requests + WARM_UP; n = next++) {
      const began = performance.now();
      const answer = await fetch(`${house.url}/Users/ForgotPassword`, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          'X-Forwarded-For': `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`,
        },
        body: JSON.stringify({ EnteredUsername: n % 2 === 0 ? 'alice' : `nobody ${n}` }),
      });
      await answer.text();
      if (n >= WARM_UP) times.push(performance.now() - began);
      if (answer.status !== 200) throw new Error(`a request for a reset was answered ${answer.status}`);
    }
  }
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, ask));
  } finally {
    await house.stop();
  }
  return percentile(times, 0.99);
}

async function measureDrain(folder: string, messages: number): Promise<number> {
  const storagePath = join(folder, 'drain.db');
  const storage = await openStorage(storagePath);
  const adding = Array.from({ length: messages }, async (_, n) => {
    const userId = n.toString(16).padStart(32, '0');
    const userName = `Person ${n}`;
    await storage.contacts.set({ userId, userName, channel: 'email', address: `person.${n}@example.org` });
    const message = { queue: 'email', kind: 'reset-link', language: 'en', key: randomUUID() } as const;
    const [contact] = await storage.contacts.ofUser(userId);
    await storage.outbox.addMessage({ ...message, contactId: contact?.id, userId, userName }, Date.now());
  });
  await Promise.all(adding);
  await storage.close();
  const sink = await startSmtpSink();
  const house = await startHouse(folder, sink.port, storagePath);
  try {
    for (let waited = 0; sink.count() < messages; waited += 100) {
      if (waited > 120_000) throw new Error(`only ${sink.count()} of ${messages} messages came`);
      await sleep(100);
    }
  } finally {
    await house.stop();
    await sink.close();
  }
  return (messages - 1) / ((sink.times.last - sink.times.first) / 1000);
}
