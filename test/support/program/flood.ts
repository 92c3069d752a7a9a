import { expect, onTestFinished, vi } from 'vitest';
import { openStorage } from '../../../server/storage/open-storage.ts';
import type { Subject } from '../jellyfin/subject.ts';
import { createFakeSubject } from '../jellyfin/subject.ts';
import { createStage, type Stage } from './gatehouse.ts';

/** Jellyfin's form. */
export const FORM = '/Users/ForgotPassword';
/** The call of our own page. */
export const PAGE = '/gatehouse/api/reset-requests';

/** The program under a flood. */
export interface Flooded {
  readonly stage: Stage;
  readonly subject: Subject;
}

/** Starts the whole program; `trustedProxies` decides whether X-Forwarded-For is believed of the tests. */
export async function startFlooded(trustedProxies: string, more = ''): Promise<Flooded> {
  const subject = await createFakeSubject({ version: '10.11.11', hashMs: 1 });
  onTestFinished(() => subject.close());
  const stage = await createStage(subject);
  onTestFinished(() => stage.close());
  await stage.apply(`
listen: { host: 127.0.0.1, port: ${new URL(stage.url).port}, trustedProxies: [${trustedProxies}] }
public: { url: '${stage.url}' }
jellyfin: { url: '${subject.url}', apiKey: ${subject.apiKey} }
reset: { method: link${more} }
mail: { url: '${stage.inbox.url}', from: Jellyfin <noreply@example.org> }
storage: ${stage.storagePath}
`);
  return { stage, subject };
}

/** Sends JSON from an address; answers status and body. */
export async function postFrom(stage: Stage, path: string, body: object, from: string): Promise<string> {
  const response = await fetch(`${stage.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': from },
    body: JSON.stringify(body),
  });
  return `${response.status} ${await response.text()}`;
}

/** Sends so many requests for one person, eight at a time, each with what `from` says; answers the different answers. */
export async function flood(
  stage: Stage,
  path: string,
  count: number,
  from: (at: number) => string,
): Promise<string[]> {
  const body = path === FORM ? { EnteredUsername: 'alice' } : { enteredName: 'alice@example.org' };
  const seen = new Set<string>();
  for (let at = 0; at < count; at += 8) {
    const some = Array.from({ length: Math.min(8, count - at) }, (_, n) =>
      postFrom(stage, path, body, from(at + n)),
    );
    for (const answer of await Promise.all(some)) seen.add(answer);
  }
  return [...seen];
}

/** Waits until everything that was asked is settled; answers how many messages came. */
export async function countMessages({ storagePath, inbox }: Stage): Promise<number> {
  const storage = await openStorage(storagePath);
  try {
    await vi.waitFor(async () => expect((await storage.outbox.count()).waiting).toBe(0), 60_000);
  } finally {
    await storage.close();
  }
  return inbox.messages.length;
}
