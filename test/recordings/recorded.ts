import { readFileSync } from 'node:fs';
import type { JellyfinVersion } from '../jellyfin/versions.ts';

/** One exchange with a real server, in short form. Header values that differ every time are cut to `*`. */
export interface Exchange {
  name: string;
  method: string;
  path: string;
  /** `Name: value` as sent, without Host and Content-Length unless they matter. */
  requestHeaders: string[];
  /** Absent for none; `{binary}` where the bytes, or their great number, were not kept. */
  requestBody?: string;
  status: number;
  /** `Name: value` in the order of the wire. */
  headers: string[];
  /** Absent for an empty answer; `{unseen}` where there was one that is not kept. */
  body?: string;
  note?: string;
}

/** What a recorded server was like. */
export interface RecordedServer {
  serverId: string;
  serverName: string;
  port: number;
  /** Ids by user name. */
  users: Record<string, string>;
  /** The web client's files that were asked for: length in bytes and time of the last change. */
  files: Record<string, { length: number; modified: string }>;
}

/** The recordings of one version. */
export interface Recording {
  server: RecordedServer;
  exchanges: Exchange[];
}

/** Reads the short form that `shorten.ts` made: the first line is the server, each other one an exchange. */
export function readRecording(version: JellyfinVersion): Recording {
  const file = new URL(`${version}.jsonl`, import.meta.url);
  const [server, ...exchanges] = readFileSync(file, 'utf8').trimEnd().split('\n');
  return { server: JSON.parse(server ?? ''), exchanges: exchanges.map((line) => JSON.parse(line)) };
}
