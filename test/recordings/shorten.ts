// Makes the short form of the recordings: node test/recordings/shorten.ts FOLDER
// FOLDER holds one long file a version, an exchange with a real server a line.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { JELLYFIN_VERSIONS } from '../jellyfin/versions.ts';
import type { Exchange, RecordedServer } from './recorded.ts';

interface LongExchange {
  name: string;
  method: string;
  path: string;
  requestHeaders: string[];
  requestBody: unknown;
  status: number;
  headers: string[];
  body: unknown;
  note?: string;
}

const SOURCE_NAMES: Readonly<Record<string, string>> = { '12.0': '12.0-rc5' };
const CHANGING = /^(Date|X-Response-Time-ms): .*$/;
const NOT_KEPT = /^\((?:a file|binary)|^<\d+ bytes/;

function textOf(value: unknown): string | undefined {
  if (value === null || value === undefined || value === '') return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Lists of users, sessions and devices are cut to their first entry: one is enough to know the shape. */
function cutLists(text: string): string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // A text that begins like JSON and is none was cut when it was recorded.
    return /^[{[]/.test(text) ? '{unseen}' : text;
  }
  const isActivity = text.includes('"Severity"');
  if (Array.isArray(value)) return JSON.stringify(value.slice(0, 1));
  if (isActivity || typeof value !== 'object' || value === null || !('Items' in value)) return text;
  return JSON.stringify({ ...value, Items: Array.isArray(value.Items) ? value.Items.slice(0, 1) : [] });
}

function bodyOf(long: LongExchange): string | undefined {
  const text = textOf(long.body);
  if (text === undefined) return undefined;
  const isClient = /\/web\//i.test(long.path) && long.status < 300;
  const isWhole = !NOT_KEPT.test(text) && !/body cut/i.test(long.note ?? '') && !/^<!DOCTYPE/i.test(text);
  if (isClient || !isWhole || text.startsWith('[20')) return '{unseen}';
  return cutLists(text);
}

function shorten(long: LongExchange, port: number): Exchange {
  const kept = long.requestHeaders.filter(
    (line) => line !== `Host: 127.0.0.1:${port}` && !/^content-length:/i.test(line),
  );
  const requestBody = textOf(long.requestBody);
  const body = bodyOf(long);
  const note = long.note?.replace(/\s*\[?body cut.*$/is, '');
  return {
    name: long.name,
    method: long.method,
    path: long.path,
    requestHeaders: kept,
    ...(requestBody === undefined
      ? {}
      : { requestBody: /^\(binary|\(cut, \d+ characters\)$/.test(requestBody) ? '{binary}' : requestBody }),
    status: long.status,
    headers: long.headers.map((line) => line.replace(CHANGING, '$1: *')),
    ...(body === undefined ? {} : { body }),
    ...(note ? { note } : {}),
  };
}

function valueOf(long: LongExchange, name: string): string | undefined {
  return long.headers.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
}

function filesOf(all: readonly LongExchange[]): RecordedServer['files'] {
  const files: RecordedServer['files'] = {};
  for (const long of all) {
    const path = /^\/web\/([^?]*\.\w+)/.exec(long.path)?.[1];
    const modified = valueOf(long, 'Last-Modified');
    const length = valueOf(long, 'Content-Range')?.split('/')[1] ?? valueOf(long, 'Content-Length');
    if (path && modified && length && !valueOf(long, 'Content-Encoding') && long.status < 300) {
      files[path] = { length: Number(length), modified };
    }
  }
  return files;
}

function serverOf(all: readonly LongExchange[]): RecordedServer {
  const text = all.map((long) => textOf(long.body) ?? '').join('\n');
  const users: Record<string, string> = {};
  for (const [, name = '', id = ''] of text.matchAll(
    /"Name":"(admin|alice|bob|carol)","ServerId":"\w+","Id":"(\w+)"/g,
  ))
    users[name] = id;
  const infos = [...text.matchAll(/"LocalAddress":"http:\/\/127\.0\.0\.1:(\d+)","ServerName":"([^"]*)"/g)];
  return {
    serverId: /"ServerId":"(\w+)"/.exec(text)?.[1] ?? '',
    serverName: infos.at(-1)?.[2] ?? '',
    port: Number(infos[0]?.[1]),
    users,
    files: filesOf(all),
  };
}

const folder = process.argv[2] ?? '';
for (const version of JELLYFIN_VERSIONS) {
  const source = join(folder, `${SOURCE_NAMES[version] ?? version}.jsonl`);
  const all: LongExchange[] = readFileSync(source, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const server = serverOf(all);
  const lines = [server, ...all.map((long) => shorten(long, server.port))].map((line) => JSON.stringify(line));
  writeFileSync(new URL(`${version}.jsonl`, import.meta.url), `${lines.join('\n')}\n`);
}
