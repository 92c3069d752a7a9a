import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** An nginx of our own: one worker, its own folder, stopped by its pid. */
export interface Nginx {
  readonly port: number;
  /** Pids whose processor time and memory count: the one worker. */
  workers(): number[];
  stop(): Promise<void>;
}

/** Bytes of the film the upstream serves. */
export const FILM_BYTES = 1024 ** 3;

/** A page of the size of the real one. */
export const PAGE = `<!DOCTYPE html><html class="preload" dir="ltr"><head><title>Jellyfin</title>${Array.from(
  { length: 30 },
  (_, n) => `<script defer="defer" src="node_modules.part-${n}.bundle.js?0123456789abcdef0123"></script>`,
).join(
  '',
)}<style>${'.a{color:#fff}'.repeat(180)}</style></head><body><div id="reactRoot"></div></body></html>`;

/** What an API call answers: about as long as `System/Info/Public`. */
export const API_ANSWER = JSON.stringify({
  ServerName: 'bench',
  Version: '10.11.11',
  Id: 'a'.repeat(32),
  Text: 'x'.repeat(400),
});

/** A script of the web client, hashed as webpack does it. */
export const CHUNK = '/web/session-login.0123456789abcdef0123.chunk.js';
const CHUNK_TEXT = Array.from({ length: 2_000 }, (_, n) => `export const part${n} = ${(n * n) % 97};`).join(
  '\n',
);

/** Serves the page, a script, an API answer, a film, and the same film in chunks; stands for Jellyfin. */
export async function startUpstream(folder: string, port: number): Promise<Nginx> {
  const root = join(folder, 'www');
  await mkdir(join(root, 'web'), { recursive: true });
  await writeFile(join(root, 'web/index.html'), PAGE);
  await writeFile(join(root, CHUNK), CHUNK_TEXT);
  await writeFile(join(root, 'web/config.json'), '{"menuLinks":[],"plugins":[]}');
  await writeFile(join(root, 'film'), '');
  await truncate(join(root, 'film'), FILM_BYTES);
  return await startServer(
    join(folder, 'upstream'),
    port,
    `root ${root}; types { text/html html; text/javascript js; application/json json; }
    # A filter that finds nothing takes the length away, as a transcode has none.
    location /transcode { alias ${join(root, 'film')}; sub_filter_types *; sub_filter 'in no film' ''; }
    location /System { default_type application/json; return 200 '${API_ANSWER}'; }`,
  );
}

/**
 * What Jellyfin's own documentation has an nginx in front say beside Host and X-Forwarded-For, WebSockets among it. Source:
 * jellyfin.org/docs/general/post-install/networking/reverse-proxy/nginx.
 */
export const DOCUMENTED_HEADERS = `proxy_set_header X-Real-IP $remote_addr; proxy_set_header X-Forwarded-Proto $scheme;
    proxy_set_header X-Forwarded-Protocol $scheme; proxy_set_header X-Forwarded-Host $http_host;
    proxy_set_header Upgrade $http_upgrade;`;

/**
 * Does what an admin would write: pass through, and change the page by `sub_filter` with gzip.
 *
 * @param headers Further lines for all of it. @default none: as lean as it can be
 */
export async function startReference(
  folder: string,
  port: number,
  upstreamPort: number,
  headers = '',
): Promise<Nginx> {
  return await startServer(
    join(folder, 'reference'),
    port,
    `proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host $host; proxy_buffering off;
    proxy_set_header X-Forwarded-For $remote_addr; ${headers} gzip on; gzip_types application/json; gzip_min_length 100;
    location /web/index.html {
      proxy_set_header Accept-Encoding ""; sub_filter_once on;
      sub_filter '</head>' '<script src="mods.js"></script><link rel="stylesheet" href="mods.css"></head>';
      proxy_pass http://jellyfin;
    }
    location ${CHUNK} { gzip_types text/javascript; proxy_pass http://jellyfin; }
    location / { gzip off; proxy_pass http://jellyfin; }`,
    `upstream jellyfin { server 127.0.0.1:${upstreamPort}; keepalive 64; }`,
  );
}

/** Runs what `gatehouse nginx` prints without --tls, with the settings of the others; only where it listens, and keeps the page, is another. */
export async function startGenerated(folder: string, port: number, text: string): Promise<Nginx> {
  const placed = text
    .replace(/^ *listen \[::\]:.*\n/gm, '')
    .replace(/proxy_cache_path \S+/, 'proxy_cache_path cache')
    .replace('listen 80;', listening(port));
  return await start(folder, port, placed);
}

async function startServer(folder: string, port: number, server: string, http = ''): Promise<Nginx> {
  return await start(folder, port, `${http}\nserver { ${listening(port)} ${server} }`);
}

const listening = (port: number): string => `listen 127.0.0.1:${port} backlog=8192;`;

/** With `pcre_jit`, as docs/reverse-proxy.md has it; an nginx without Gatehouse has no pattern that it could matter to. */
async function start(folder: string, port: number, http: string): Promise<Nginx> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'nginx.conf');
  await writeFile(
    file,
    // The worker must be able to read our folder.
    `${process.getuid?.() === 0 ? 'user root; ' : ''}daemon off; master_process on; worker_processes 1; pcre_jit on; pid ${folder}/pid; error_log ${folder}/error.log;
events { worker_connections 8192; }
http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 10000000; keepalive_timeout 300;
${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')}
${http}
}
`,
  );
  const child: ChildProcess = spawn('nginx', ['-c', file, '-p', folder], { stdio: 'inherit' });
  for (let tries = 0; tries < 100; tries += 1) {
    const answer = await fetch(`http://127.0.0.1:${port}/System`, {
      headers: { Connection: 'close' },
    }).catch(() => undefined);
    if (answer?.ok === true) break;
    await sleep(50);
  }
  return {
    port,
    workers: () =>
      execFileSync('pgrep', ['-P', String(child.pid)], { encoding: 'utf8' })
        .trim()
        .split('\n')
        .map(Number),
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    },
  };
}
