import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MadeCertificate } from './certificates.ts';

/**
 * The `http` block of Nginx Proxy Manager 2.15 with one proxy host whose "Websockets Support" is on, as far as it reaches what is
 * pasted into "Advanced": what it sets around, and its own location, unless the pasted text has one.
 *
 * Source: NginxProxyManager/nginx-proxy-manager, nginx.conf, backend/templates/proxy_host.conf, backend/internal/nginx.js.
 */
export function asProxyManager(pasted: string, port: number, resolver: string): string {
  const hasOwn = /^(?:.*;)?\s*?location\s*?\/\s*?{/im.test(pasted);
  return `
proxy_http_version 1.1;
proxy_read_timeout 90s;
client_max_body_size 2000m;
gzip on;
proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
proxy_set_header Accept-Encoding "";
resolver ${resolver};
map $http_x_forwarded_proto $x_forwarded_proto { "http" "http"; "https" "https"; default $scheme; }
real_ip_header X-Real-IP;
set_real_ip_from 127.0.0.0/8;
server {
  set $forward_scheme http;
  set $server "gatehouse";
  set $port 8097;
  listen 127.0.0.1:${port};
  server_name media.example.org;
  proxy_set_header Upgrade $http_upgrade;
  proxy_set_header Connection $http_connection;
  proxy_http_version 1.1;
${pasted}
${hasOwn ? '' : 'location / { add_header X-Served-By $host; proxy_set_header Host $host; proxy_pass $forward_scheme://$server:$port$request_uri; }'}
}`;
}

/**
 * The `http` block of SWAG with one file of `proxy-confs`, its `/config/nginx` being that folder, into which the files are
 * written that such a file includes.
 *
 * @param file Its text, with the paths and the port of SWAG.
 * Source: linuxserver/docker-swag and docker-baseimage-alpine-nginx, root/defaults/nginx.
 */
export async function asSwag(
  folder: string,
  file: string,
  port: number,
  { certificate, resolver, snippet }: { certificate: MadeCertificate; resolver: string; snippet: string },
): Promise<string> {
  await mkdir(folder, { recursive: true });
  const files = {
    'ssl.conf': `ssl_certificate ${certificate.certFile}; ssl_certificate_key ${certificate.keyFile}; ssl_session_timeout 1d;`,
    'resolver.conf': `resolver ${resolver} valid=30s;`,
    'gatehouse.conf': snippet,
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const placed = file
    .replaceAll('/config/nginx', folder)
    .replace(/^ *listen \[::\]:.*\n/gm, '')
    .replaceAll('listen 443 ssl', `listen 127.0.0.1:${port} ssl http2`);
  return `
include ${folder}/resolver.conf;
client_max_body_size 0;
gzip_vary on;
map $http_upgrade $connection_upgrade { default upgrade; '' close; }
server { listen 127.0.0.1:${port} ssl http2 default_server; server_name _; include ${folder}/ssl.conf; location / { return 418; } }
${placed}`;
}
