import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createToken, hashToken } from '../../../server/secrets/token.ts';
import { openStorage } from '../../../server/storage/open-storage.ts';
import { createFakeJellyfin, type FakeJellyfin } from '../../jellyfin/fake-jellyfin.ts';
import { tempFolder } from '../files/temp-folder.ts';
import { makeLikeJellyfin } from '../jellyfin/folder-accounts.ts';
import { createSmtpInbox, type InboxMessage, type SmtpInbox } from '../mail/smtp-inbox.ts';
import { freePort } from '../network/free-port.ts';
import { type Program, startProgram } from './program.ts';

/** Password of everybody before a reset. */
export const OLD = 'old-pw-1';

/** What a program with many people who reset their passwords needs around it. */
export interface RedeemingStage {
  readonly jellyfin: FakeJellyfin;
  readonly inbox: SmtpInbox;
  /** Names of the people; each has the address NAME@example.org. */
  readonly people: readonly string[];
  /** Where it is stored, as `storage:` of the config. */
  readonly storage: string;
  /** Starts the program, on a port of its own; every one on the same storage. Answers its address too. */
  start(options?: StartOptions): Promise<Started>;
}

/** How one of the programs starts. */
export interface StartOptions {
  /** Default any free one. */
  readonly port?: number;
  /** `reset.linkLifetime`, default 30m. */
  readonly linkLifetime?: string;
}

/** A program that listens. */
export interface Started {
  readonly program: Program;
  readonly url: string;
  readonly port: number;
  readonly configPath: string;
}

/** Sets everything up, with limits that nobody reaches; it is gone after the running test. */
export async function createRedeemingStage(options: {
  readonly people: number;
  /** Default a SQLite file. */
  readonly storage?: string;
  readonly method?: string;
  /** Resets with nothing but Jellyfin's data folder. */
  readonly isKeyless?: boolean;
}): Promise<RedeemingStage> {
  const apiKey = 'a'.repeat(32);
  const people = Array.from({ length: options.people }, (_, n) => `person${n}`);
  const jellyfin = await createFakeJellyfin({
    version: '10.11.11',
    apiKeys: [apiKey],
    knownProxies: ['127.0.0.1'],
    hashMs: 5,
    users: [
      { name: 'admin', password: 'admin-pw-1', isAdministrator: true },
      ...people.map((name) => ({ name, password: OLD })),
    ],
  });
  onTestFinished(() => jellyfin.close());
  await makeLikeJellyfin(jellyfin.dataFolder);
  const power = options.isKeyless === true ? `dataFolder: '${jellyfin.dataFolder}'` : `apiKey: ${apiKey}`;
  const inbox = await createSmtpInbox();
  onTestFinished(() => inbox.close());
  const folder = await tempFolder();
  const location = options.storage ?? join(folder, 'gatehouse.db');
  const storage = await openStorage(location);
  for (const userName of people) {
    const { id: userId } = jellyfin.user(userName);
    await storage.contacts.set({ userId, userName, channel: 'email', address: `${userName}@example.org` });
  }
  await storage.close();

  return {
    ...{ jellyfin, inbox, people, storage: location },
    async start({ port: wanted, linkLifetime = '30m' } = {}) {
      const port = wanted ?? (await freePort());
      const url = `http://127.0.0.1:${port}`;
      const configPath = join(folder, `config-${port}.yaml`);
      await writeFile(
        configPath,
        `listen: { host: 127.0.0.1, port: ${port}, trustedProxies: [127.0.0.1] }
public: { url: 'http://127.0.0.1:8097' }
jellyfin: { url: '${jellyfin.url}', ${power} }
reset:
  method: ${options.method ?? 'link'}
  linkLifetime: ${linkLifetime}
  limits:
    messagesPerHour: 100000
    requestsPerClientPerHour: 10000
    requestsPerHour: 1000000
  proofOfWork: { when: never }
mail: { url: '${inbox.url}', from: noreply@example.org }
storage: '${location}'
mods: { forgot-password: { show: ${options.method?.startsWith('pin') ? 'pin-page' : 'check-your-messages'} } }
`,
      );
      return { program: await startProgram(['--config', configPath]), url, port, configPath };
    },
  };
}

/** Presses Forgot Password; answers whether the request was taken. Never rejects. */
export async function ask(url: string, name: string, clientAddress = '192.0.2.1'): Promise<boolean> {
  return fetch(`${url}/Users/ForgotPassword`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Forwarded-For': clientAddress },
    body: JSON.stringify({ EnteredUsername: name }),
  }).then(
    async (answer) => (await answer.text()) !== '' && answer.ok,
    () => false,
  );
}

/** Sends a new password; answers the status, or undefined when there was no answer. Never rejects. */
export function redeem(url: string, token: string, password: string): Promise<number | undefined> {
  return fetch(`${url}/gatehouse/api/passwords`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ token, password }),
  }).then(
    async (answer) => {
      await answer.text();
      return answer.status;
    },
    () => undefined,
  );
}

/** The token in a message with a link; empty when there is none. */
export function tokenOf(message: InboxMessage): string {
  return /\/gatehouse\/reset#([\w-]{43})/.exec(message.text)?.[1] ?? '';
}

/**
 * Gives each person a link, as a message would carry it.
 *
 * @param round Another one for each further link of the same people.
 */
export async function issueLinks(stage: RedeemingStage, round = 1): Promise<string[]> {
  const storage = await openStorage(stage.storage);
  const tokens: string[] = [];
  for (const [index, userName] of stage.people.entries()) {
    const token = createToken();
    tokens.push(token);
    await storage.links.add({
      tokenHash: hashToken(token),
      userId: stage.jellyfin.user(userName).id,
      userName,
      outboxId: 1_000_000 * round + index,
      expiresAt: Date.now() + 3_600_000,
    });
  }
  await storage.close();
  return tokens;
}
