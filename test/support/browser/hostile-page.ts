import { createServer } from 'node:http';
import { onTestFinished } from 'vitest';
import { listen, shut } from '../network/listen.ts';

/** What another site may try to send, with one body for each address of ours. */
export interface HostileWishes {
  /** Where Gatehouse is. */
  readonly target: string;
  /** Paths there, with the body that would change something. */
  readonly calls: Readonly<Record<string, object>>;
}

/**
 * What the page does; it stands in a function only so that it is checked. Each try is one that a browser lets a page of
 * another origin make; none of them is awaited for its answer, which the page may not read anyway.
 */
const SCRIPT = `
async function attack({ target, calls }) {
  const tries = [];
  const quietly = (what) => tries.push(Promise.resolve().then(what).catch(() => undefined));
  const submit = (address, method, type, fields) => new Promise((resolve) => {
    const frame = document.createElement('iframe');
    frame.name = 'f' + Math.random();
    document.body.append(frame);
    const form = Object.assign(document.createElement('form'), { method, enctype: type, target: frame.name, action: address });
    for (const [name, value] of Object.entries(fields)) form.append(Object.assign(document.createElement('input'), { name, value }));
    document.body.append(form);
    frame.addEventListener('load', () => setTimeout(resolve, 50));
    form.submit();
    setTimeout(resolve, 3000);
  });
  for (const [path, body] of Object.entries(calls)) {
    const address = target + path;
    const json = JSON.stringify(body);
    quietly(() => submit(address, 'post', 'application/x-www-form-urlencoded', body));
    quietly(() => submit(address, 'post', 'multipart/form-data', body));
    quietly(() => submit(address, 'post', 'text/plain', { [json.slice(0, -1) + ',"x":"']: '"}' }));
    quietly(() => submit(address, 'get', 'application/x-www-form-urlencoded', body));
    quietly(() => fetch(address, { method: 'POST', mode: 'no-cors', body: json }));
    quietly(() => fetch(address, { method: 'POST', mode: 'no-cors', credentials: 'include', body: json, headers: { 'Content-Type': 'text/plain' } }));
    quietly(() => fetch(address, { method: 'POST', mode: 'no-cors', body: new URLSearchParams(body) }));
    quietly(() => fetch(address, { method: 'POST', mode: 'cors', credentials: 'include', body: json, headers: { 'Content-Type': 'application/json' } }));
    quietly(() => fetch(address, { method: 'PUT', mode: 'cors', body: json, headers: { 'Content-Type': 'application/json' } }));
    quietly(() => navigator.sendBeacon(address, new Blob([json], { type: 'text/plain' })));
    quietly(() => navigator.sendBeacon(address, new Blob([json], { type: 'application/json' })));
    quietly(() => new Promise((resolve) => {
      const image = new Image();
      image.onerror = image.onload = resolve;
      image.src = address + '?' + new URLSearchParams(body);
    }));
  }
  await Promise.all(tries);
  // What was sent without waiting is on its way; the same connection would carry this behind it.
  await fetch(target + '/gatehouse/account', { mode: 'no-cors' }).catch(() => undefined);
  document.title = 'done ' + tries.length;
}`;

/** Serves a page of another origin that tries all of it; answers its port. Gone after the running test. */
export async function serveHostilePage(wishes: HostileWishes): Promise<number> {
  const html = `<!doctype html><title>wait</title><body><script>${SCRIPT}\nattack(${JSON.stringify(wishes)});</script>`;
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(html);
  });
  const port = await listen(server);
  onTestFinished(() => shut(server));
  return port;
}
