import { createServer, type IncomingMessage, type Server, ServerResponse, STATUS_CODES } from 'node:http';
import { type AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { routesOf } from './all-routes.ts';
import { type Pipeline, runPipeline } from './pipeline.ts';
import { createRequest, readRequestBody } from './request.ts';
import { createSockets } from './socket.ts';
import type { Phase } from './startup.ts';
import type { StaticFiles } from './static.ts';
import { send } from './wire.ts';
import type { World } from './world.ts';

/** A request as it came in. */
export interface JournalEntry {
  method: string;
  path: string;
  headers: Record<string, string | string[] | undefined>;
  rawHeaders: string[];
  body: string;
}

/** The listening part of a fake server. */
export interface Listener {
  readonly journal: JournalEntry[];
  port(): number;
  setPhase(phase: Phase, isHostBuilt?: boolean): Promise<void>;
  /** Goes through the phases of a restart, faster than a real one; known proxies and base URL are read anew. */
  restart(): void;
  /** How many of them are over. */
  restarts(): number;
  /** Refuses connections as soon as the answer under way is out. */
  stop(): void;
  close(): Promise<void>;
}

/** Inputs of {@link createListener}. */
export interface ListenerOptions {
  world: World;
  files: StaticFiles;
  host: string;
  port: number;
  /** The address that connections seem to come from; undefined for the real one. */
  peer: string | undefined;
}

const JOURNAL_BODY_BYTES = 65_536;
/** Kestrel's limits: a request line of 8 KiB, headers of 32 KiB and fewer than 100 fields. */
const LINE_BYTES = 8192;
const HEADER_BYTES = 32_768;
const HEADER_FIELDS = 100;
const KEEP_ALIVE_MS = 130_000;

/** The steps of a restart in milliseconds; a real one takes some seconds for each. */
const RESTART_STEP_MS = 60;

/** What Kestrel answers by itself, before any of Jellyfin. */
const refusalHeaders = (): [string, string][] => [
  ['Content-Length', '0'],
  ['Connection', 'close'],
  ['Date', new Date().toUTCString()],
  ['Server', 'Kestrel'],
];

function refuse(response: ServerResponse, status: number): void {
  response.sendDate = false;
  response.writeHead(status, refusalHeaders().flat());
  response.end();
}

/** The same where no request came of what was sent. */
function refuseUnread(error: NodeJS.ErrnoException, socket: Duplex): void {
  const status = error.code === 'HPE_HEADER_OVERFLOW' ? 431 : 400;
  const lines = refusalHeaders().map(([name, value]) => `${name}: ${value}`);
  if (socket.writable)
    socket.end([`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, '', ''].join('\r\n'));
  else socket.destroy();
}

/** Opens the port, journals what comes in and takes it through the pipeline. */
export function createListener(options: ListenerOptions): Listener {
  const { world, files } = options;
  const journal: JournalEntry[] = [];
  const sockets = createSockets(world);
  let phase: Phase = 'refused';
  let hostBuilt = true;
  let port = options.port;
  let server: Server | undefined;
  /** All of them: those of an upgrade, refused ones too, are no connections of the HTTP server's any more. */
  const connections = new Set<Socket>();
  let isClosed = false;
  let restarts = 0;
  const pipeline: Pipeline = {
    world,
    files,
    routes: routesOf(world.traits.minor),
    phase: () => phase,
    isHostBuilt: () => hostBuilt,
  };

  async function take(message: IncomingMessage, response: ServerResponse, head?: Buffer): Promise<void> {
    const startedAt = performance.now();
    const body = head ? Buffer.alloc(0) : await readRequestBody(message);
    journal.push({
      method: message.method ?? '',
      path: message.url ?? '',
      headers: { ...message.headers },
      rawHeaders: [...message.rawHeaders],
      body: body === 'too-large' ? '' : body.subarray(0, JOURNAL_BODY_BYTES).toString('utf8'),
    });
    const line = `${message.method} ${message.url} HTTP/1.1`;
    if (line.length > LINE_BYTES) return refuse(response, 414);
    if (message.rawHeaders.length / 2 >= HEADER_FIELDS) return refuse(response, 431);
    const request = createRequest(message, body, {
      knownProxies: world.knownProxies,
      trustAll: world.traits.trustsEveryProxyByDefault,
      peer: options.peer,
    });
    if (!request) return refuse(response, 400);
    const isSocket = head !== undefined && message.headers.upgrade?.toLowerCase() === 'websocket';
    const outcome = await runPipeline(pipeline, request, isSocket);
    if (outcome.kind === 'answer') send(world, request, outcome.answer, response, startedAt);
    else if (head) {
      response.detachSocket(message.socket);
      sockets.accept(message, message.socket, head, outcome.caller, request.address);
    }
  }

  function upgrade(message: IncomingMessage, socket: Duplex, head: Buffer): void {
    const response = new ServerResponse(message);
    if (socket instanceof Socket) response.assignSocket(socket);
    response.on('finish', () => socket.end());
    take(message, response, head).catch(() => socket.destroy());
  }

  async function open(): Promise<void> {
    if (server) return;
    const opened = createServer({ maxHeaderSize: HEADER_BYTES, keepAliveTimeout: KEEP_ALIVE_MS });
    opened.on('request', (message: IncomingMessage, response: ServerResponse) => {
      take(message, response).catch(() => response.destroy());
    });
    opened.on('upgrade', upgrade);
    opened.on('connection', (socket) => {
      connections.add(socket);
      socket.once('close', () => connections.delete(socket));
    });
    opened.on('clientError', refuseUnread);
    server = opened;
    await new Promise<void>((resolve, reject) => {
      opened.once('error', reject);
      opened.listen(port, options.host, resolve);
    });
    port = (opened.address() as AddressInfo).port;
  }

  async function shut(): Promise<void> {
    const closing = server;
    server = undefined;
    sockets.closeAll();
    if (!closing) return;
    await new Promise<void>((resolve) => {
      closing.close(() => resolve());
      for (const socket of connections) socket.destroy();
    });
  }

  async function setPhase(next: Phase, isHostBuilt = true): Promise<void> {
    if (next === 'setup' && !world.traits.startupServer) {
      throw new Error(`Jellyfin ${world.traits.version} has no start-up server`);
    }
    phase = next;
    hostBuilt = isHostBuilt;
    if (next === 'refused') await shut();
    else await open();
  }

  async function runRestart(): Promise<void> {
    const { KnownProxies, BaseUrl } = world.settings.network;
    const phases: Phase[] = world.traits.startupServer
      ? ['refused', 'setup', 'refused', 'loading', 'ready']
      : ['refused', 'loading', 'ready'];
    for (const next of phases) {
      await new Promise((resolve) => setTimeout(resolve, RESTART_STEP_MS));
      if (isClosed) return;
      if (Array.isArray(KnownProxies)) world.knownProxies = KnownProxies.map(String);
      if (typeof BaseUrl === 'string') world.baseUrl = BaseUrl.replace(/^\/?(.+?)\/*$/, '/$1');
      await setPhase(next);
    }
    restarts += 1;
  }

  return {
    journal,
    port: () => port,
    setPhase,
    restarts: () => restarts,
    restart: () => void runRestart().catch(() => undefined),
    stop: () => void setTimeout(() => void shut(), RESTART_STEP_MS),
    close: async () => {
      isClosed = true;
      await shut();
    },
  };
}
