import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Caller, isAdministrator } from './authorization.ts';
import { newId } from './dotnet-text.ts';
import { logSessionActivity } from './session-activity.ts';
import type { World } from './world.ts';

/** The WebSockets of a fake server. */
export interface Sockets {
  /** Answers 101 and greets the client; the caller has been let in already. */
  accept(message: IncomingMessage, socket: Duplex, head: Buffer, caller: Caller, address: string): void;
  closeAll(): void;
}

/** What the close frame of a revoked token says. */
const GOODBYE = 'System Shutdown';

function sendMessage(socket: WebSocket, messageType: string, data?: unknown): void {
  const message = {
    MessageId: newId(),
    ...(data === undefined ? {} : { Data: data }),
    MessageType: messageType,
  };
  socket.send(JSON.stringify(message));
}

/** Kestrel's order of the headers of a 101, and 12.0's language. */
function dressHeaders(world: World, lines: string[]): void {
  const [status = '', ...rest] = lines;
  const find = (name: string): string[] => rest.filter((line) => line.startsWith(`${name}:`));
  const language = world.traits.contentLanguage ? ['Content-Language: en-US'] : [];
  lines.splice(
    0,
    lines.length,
    status,
    ...find('Connection'),
    `Date: ${new Date().toUTCString()}`,
    'Server: Kestrel',
    ...language,
    ...find('Upgrade'),
    ...find('Sec-WebSocket-Accept'),
    'X-Response-Time-ms: 0.5',
  );
}

function mayFollowActivity(world: World, caller: Caller): boolean {
  const { minor } = world.traits;
  if (caller.kind === 'key') return minor >= 11;
  return minor === 8 || isAdministrator(caller);
}

/** Accepts WebSockets as Jellyfin does: KeepAlive echo, activity log pings, an end with the token. */
export function createSockets(world: World): Sockets {
  const server = new WebSocketServer({ noServer: true });
  const open = new Map<WebSocket, { token: string; follows: boolean }>();

  server.on('headers', (lines) => dressHeaders(world, lines));
  world.tokens.onRevoked((row) => {
    for (const [socket, { token }] of open) if (token === row.token) socket.close(1000, GOODBYE);
  });
  world.activity.onAdded(() => {
    for (const [socket, state] of open) if (state.follows) sendMessage(socket, 'ActivityLogEntry', []);
  });

  function receive(socket: WebSocket, text: string, caller: Caller): void {
    let type: unknown;
    try {
      const message: unknown = JSON.parse(text);
      type =
        typeof message === 'object' && message && 'MessageType' in message ? message.MessageType : undefined;
    } catch {
      socket.close(1000, GOODBYE);
      return;
    }
    const state = open.get(socket);
    if (type === 'KeepAlive') sendMessage(socket, 'KeepAlive');
    if (type === 'ActivityLogEntryStart' && state) state.follows = mayFollowActivity(world, caller);
    if (type === 'ActivityLogEntryStop' && state) state.follows = false;
  }

  function greet(socket: WebSocket, caller: Caller, address: string): void {
    const token = caller.kind === 'user' || caller.kind === 'key' ? caller.token : '';
    open.set(socket, { token, follows: false });
    socket.on('message', (data) => receive(socket, String(data), caller));
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => socket.terminate());
    // An API key's socket is silent up to 10.10.
    if (caller.kind === 'user' || world.traits.minor >= 11) sendMessage(socket, 'ForceKeepAlive', 60);
    if (caller.kind === 'user') void logSessionActivity(world, caller.user, caller.info, address);
  }

  return {
    accept: (message, socket, head, caller, address) => {
      server.handleUpgrade(message, socket, head, (opened) => greet(opened, caller, address));
    },
    closeAll: () => {
      for (const socket of open.keys()) socket.terminate();
    },
  };
}
