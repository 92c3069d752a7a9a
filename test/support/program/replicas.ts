import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { openStorage } from '../../../server/storage/open-storage.ts';
import { until } from '../clock/until.ts';
import { generatedBlock, generateNginx, startGeneratedNginx } from '../network/generated-nginx.ts';
import { OLD, type RedeemingStage, type Started, tokenOf } from './redeeming-stage.ts';

/** Several programs on one database behind one nginx. */
export interface Replicas {
  /** In the order they were started; one that was started again takes its place. */
  readonly all: readonly Started[];
  /** Address of the nginx. */
  readonly url: string;
  /**
   * Takes one out of nginx, ends it, starts it again with another config on the same port and puts it back: what docs/upgrade.md tells
   * administrators to do.
   */
  restart(index: number, linkLifetime: string): Promise<void>;
}

/**
 * Starts so many behind what `gatehouse nginx --mode full` prints, with each of them in its upstream. Everything is gone after the
 * running test.
 */
export async function startReplicas(stage: RedeemingStage, count: number): Promise<Replicas> {
  const all = await Promise.all(Array.from({ length: count }, () => stage.start()));
  const [first] = all;
  const text = await generateNginx(first?.configPath ?? '', 'full');
  const withServers = (away?: number): string => {
    const lines = all.map(({ port }) => `    server 127.0.0.1:${port}${port === away ? ' down' : ''};\n`);
    return text.replace(/(upstream gatehouse \{\n)(?:\s*server .*;\n)+/, `$1${lines.join('')}`);
  };
  const nginx = await startGeneratedNginx(withServers());
  onTestFinished(() => nginx.close());
  return {
    all,
    url: `http://127.0.0.1:${nginx.port}`,
    async restart(index, linkLifetime) {
      const { program, port } = all[index] as Started;
      await nginx.reload(generatedBlock(withServers(port)));
      await program.end('SIGTERM');
      all[index] = await stage.start({ port, linkLifetime });
      await until(async () => (await fetch(`http://127.0.0.1:${port}/gatehouse/health/ready`)).ok);
      await nginx.reload(generatedBlock(withServers()));
    },
  };
}

/** What people saw who used the replicas while something happened to them. */
export interface Seen {
  /** Pages and files that were asked for. */
  pages: number;
  /** Those that did not come, with what came in their place. */
  readonly lostPages: string[];
  /** Resets that are done. */
  resets: number;
  /** Resets that came to no end, and why. */
  readonly failedResets: string[];
  /** Presses of a button that nobody answered, so that the person pressed it once more. */
  presses: number;
}

/** People who use the replicas, until they are told to stop. */
export interface Crowd {
  readonly seen: Seen;
  /** Waits until so many more resets are done. */
  afterResets(count: number): Promise<void>;
  /** Lets everybody end what they began, and answers what they saw. */
  stop(): Promise<Seen>;
}

/** How many ask for pages, and how many reset their passwords, at the same time. */
const READERS = 3;
const RESETTERS = 4;

/** What a browser asks for again and again. */
const PAGES = ['/web/index.html', '/web/config.json', '/System/Info/Public', '/gatehouse/account'];

/** Sends a crowd: readers, and people who reset their passwords one after the other. */
export function sendCrowd(stage: RedeemingStage, url: string): Crowd {
  const seen: Seen = { pages: 0, lostPages: [], resets: 0, failedResets: [], presses: 0 };
  const people = [...stage.people];
  let isOver = false;

  async function read(): Promise<void> {
    for (let n = 0; !isOver; n += 1) {
      const path = PAGES[n % PAGES.length] ?? '/';
      const got = await send(`${url}${path}`);
      seen.pages += 1;
      if (got !== 200) seen.lostPages.push(`${path}: ${got}`);
      await sleep(5);
    }
  }

  /** Presses a button until somebody answers; a person waits a little in between. */
  async function press<T>(button: () => Promise<T | undefined | false>): Promise<T> {
    for (;;) {
      const answer = await button();
      if (answer !== undefined && answer !== false) return answer;
      seen.presses += 1;
      await sleep(500);
    }
  }

  async function resetOne(name: string): Promise<void> {
    const password = `phrase ${randomUUID()}`;
    await press(async () => (await send(`${url}/Users/ForgotPassword`, { EnteredUsername: name })) === 200);
    const links = () =>
      stage.inbox.messages.filter((mail) => mail.to === `${name}@example.org` && tokenOf(mail));
    await until(() => links().length > 0);
    const [mail] = links();
    const token = mail === undefined ? '' : tokenOf(mail);
    const status = await press(async () => {
      const got = await send(`${url}/gatehouse/api/passwords`, { token, password });
      // 409: the link is held by a process that is gone, for 20 s at most; the page says so.
      return got === 409 || (got !== undefined && got >= 500) ? undefined : got;
    });
    const isInForce = stage.jellyfin.user(name).password === password;
    // 410 at the second press: the first one did it, and only its answer was lost.
    if (isInForce && (status === 200 || status === 410)) seen.resets += 1;
    else seen.failedResets.push(`${name}: ${status}, ${isInForce ? 'in force' : 'not in force'}`);
  }

  async function reset(): Promise<void> {
    while (!isOver) {
      const name = people.shift();
      if (name === undefined) return;
      await resetOne(name);
    }
  }

  const going = [...Array.from({ length: READERS }, read), ...Array.from({ length: RESETTERS }, reset)];
  const ended = Promise.all(going);
  return {
    seen,
    async afterResets(count) {
      const wanted = seen.resets + count;
      await until(() => seen.resets >= wanted || people.length === 0);
      if (seen.resets < wanted) throw new Error(`there were too few people: ${seen.resets} resets`);
    },
    async stop() {
      isOver = true;
      await ended;
      return seen;
    },
  };
}

/**
 * Asks over a connection of its own: one that is kept may be closed by nginx in the moment it is used, and a browser then asks again
 * by itself. Undefined: there was no whole answer.
 */
function send(address: string, body?: object): Promise<number | undefined> {
  return new Promise((resolve) => {
    const json = body === undefined ? undefined : JSON.stringify(body);
    const headers = json === undefined ? {} : { 'Content-Type': 'application/json' };
    const method = json === undefined ? 'GET' : 'POST';
    const asked = request(address, { agent: false, method, headers }, (answer) => {
      answer.resume();
      answer.once('end', () => resolve(answer.complete ? answer.statusCode : undefined));
      answer.once('error', () => resolve(undefined));
    });
    asked.once('error', () => resolve(undefined));
    asked.end(json);
  });
}

/** What the mail server got, once the outbox has nothing left to do. */
export async function readMails(stage: RedeemingStage) {
  const storage = await openStorage(stage.storage);
  await until(async () => (await storage.outbox.count()).waiting === 0);
  const { dead } = await storage.outbox.count();
  await storage.close();
  const { messages } = stage.inbox;
  const ids = messages.map(({ messageId }) => messageId);
  const changed = stage.people.filter((name) => stage.jellyfin.user(name).password !== OLD);
  const noticesOf = (name: string) =>
    messages.filter((mail) => mail.to === `${name}@example.org` && tokenOf(mail) === '').length;
  return {
    dead,
    /** Messages that came twice, with one Message-ID. */
    copies: ids.length - new Set(ids).size,
    /** Different messages with a link, beyond one for each who asked. */
    surplus:
      new Set(messages.filter((mail) => tokenOf(mail)).map(({ messageId }) => messageId)).size -
      new Set(messages.filter((mail) => tokenOf(mail)).map(({ to }) => to)).size,
    /** People whose password changed and who were not told. */
    untold: changed.filter((name) => noticesOf(name) === 0),
  };
}
