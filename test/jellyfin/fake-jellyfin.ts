import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HashKind } from './hashing.ts';
import type { KeyStore } from './keys.ts';
import { createListener, type JournalEntry } from './listener.ts';
import type { FakeItem } from './media.ts';
import type { Phase } from './startup.ts';
import type { StaticFiles } from './static.ts';
import type { JellyfinVersion } from './versions.ts';
import { createWebFiles } from './web-files.ts';
import { createWorld, type FakeUser } from './world-setup.ts';

export { JELLYFIN_VERSIONS, type JellyfinVersion } from './versions.ts';
export type { FakeUser } from './world-setup.ts';

/** What a fake Jellyfin should be like; only the version must be given. */
export interface FakeJellyfinOptions {
  version: JellyfinVersion;
  /** Default 127.0.0.1. */
  host?: string;
  /** Default 0: any free one. */
  port?: number;
  /** Default admin (administrator), alice, bob and carol, each with the password `NAME-pw-1`. */
  users?: readonly FakeUser[];
  /** Default none. */
  apiKeys?: readonly string[];
  /** Where API keys are kept, in place of memory. It is not closed by `close`. */
  keys?: KeyStore;
  /** Addresses and subnets whose X-Forwarded-* headers are believed. Default none. */
  knownProxies?: readonly string[];
  /** Such as `/jellyfin`. Default none. */
  baseUrl?: string;
  /** Whether an overlapping call can undo a change. Default true on 10.11.11 and 12.0; the others never lose. */
  lostUpdate?: boolean;
  /** How long hashing a password takes. Default 25; real servers take about 250. */
  hashMs?: number;
  /** A built jellyfin-web. Default `process.env.JELLYFIN_WEB_DIR`, else the small client beside this file. */
  webFolder?: string;
  /** Files to serve instead of a folder's. */
  webFiles?: StaticFiles;
  /** Where PIN files go. Default a new temporary folder, removed by `close`. */
  dataFolder?: string;
  /** Default true. Without it there are no users unless some are given. */
  wizardCompleted?: boolean;
  /** Default `Test Server`. */
  serverName?: string;
  /** 32 hex digits. Default random. */
  serverId?: string;
  /** Films, collections and playlists; default none. */
  media?: readonly FakeItem[];
  /** The address that connections seem to come from. Default the real one, which in tests is loopback. */
  peer?: string;
}

/** A running fake Jellyfin, and the truth inside it. */
export interface FakeJellyfin {
  /** With the base URL, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  readonly version: JellyfinVersion;
  readonly dataFolder: string;
  /** Every request as received; bodies are cut at 64 kB. */
  readonly journal: JournalEntry[];
  /** A user by name, for assertions. */
  user(name: string): {
    id: string;
    name: string;
    password: string | null;
    failedLogins: number;
    isDisabled: boolean;
    tokens: string[];
  };
  /** Makes a user's last activity two minutes old: the next session call of his client writes his row. */
  letIdle(name: string): Promise<void>;
  /**
   * Holds every hashing of a password that begins from now on, or that of one kind, so that other calls come in
   * meanwhile on any machine. The function it answers lets them go, in the order they came.
   */
  holdHashing(only?: HashKind): () => void;
  /** How many hashings are held. */
  held(): number;
  /** How many calls wait for a user's row (10.11.11 and 12.0) behind the one that has it. */
  waiting(name: string): number;
  /**
   * Goes through a start. `setup` exists from 10.11 on.
   * @param isHostBuilt in `setup` only: whether system information and log can be had already, default true
   */
  setPhase(phase: Phase, isHostBuilt?: boolean): Promise<void>;
  /** How many restarts that somebody asked for are over. */
  restarts(): number;
  close(): Promise<void>;
}

const IDLE_MS = 120_000;

function webFiles(options: FakeJellyfinOptions): StaticFiles {
  if (options.webFiles) return options.webFiles;
  return createWebFiles(options.version, options.webFolder ?? process.env['JELLYFIN_WEB_DIR']);
}

/**
 * Starts a server that speaks the protocol of one Jellyfin version, as far as people, passwords, sessions, start-up
 * and the web client's files go. It knows a few films if told so, no plugins, and of a database file the API keys at most. What Node's own HTTP parser
 * refuses never gets here, though Kestrel takes it: methods in lower case, Content-Length beside Transfer-Encoding,
 * lines that end in a bare LF.
 */
export async function createFakeJellyfin(options: FakeJellyfinOptions): Promise<FakeJellyfin> {
  const dataFolder = options.dataFolder ?? (await mkdtemp(join(tmpdir(), 'fake-jellyfin-')));
  const files = webFiles(options);
  const world = createWorld({ ...options, dataFolder });
  const listener = createListener({
    world,
    files,
    host: options.host ?? '127.0.0.1',
    port: options.port ?? 0,
    peer: options.peer,
  });
  world.restart = listener.restart;
  world.stop = listener.stop;
  world.port = listener.port;
  await listener.setPhase('ready');

  return {
    get url() {
      return `http://${options.host ?? '127.0.0.1'}:${listener.port()}${world.baseUrl}`;
    },
    get port() {
      return listener.port();
    },
    version: options.version,
    dataFolder,
    journal: listener.journal,
    user: (name) => {
      const row = world.users.byName(name);
      if (!row) throw new Error(`the fake Jellyfin has no user ${name}`);
      return {
        id: row.id,
        name: row.name,
        password: row.password,
        failedLogins: Number(row.policy['InvalidLoginAttemptCount']),
        isDisabled: row.policy['IsDisabled'] === true,
        tokens: world.tokens
          .all()
          .filter((token) => token.userId === row.id)
          .map((token) => token.token),
      };
    },
    letIdle: async (name) => {
      const row = world.users.byName(name);
      if (!row) throw new Error(`the fake Jellyfin has no user ${name}`);
      await world.users.change(row.id, (fresh) => {
        fresh.lastActivity = new Date(Date.now() - IDLE_MS);
      });
    },
    holdHashing: (only) => world.hashing.hold(only),
    held: () => world.hashing.held(),
    waiting: (name) => world.users.waiting(world.users.byName(name)?.id ?? ''),
    setPhase: listener.setPhase,
    restarts: () => listener.restarts(),
    close: async () => {
      await listener.close();
      if (options.dataFolder === undefined) await rm(dataFolder, { recursive: true, force: true });
    },
  };
}
