import { once } from 'node:events';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { createFakeJellyfin } from '../jellyfin/fake-jellyfin.ts';
import { openJellyfin, signIn } from '../support/browser/jellyfin-screen.ts';
import { useChromium } from '../support/browser/use-chromium.ts';
import { FILMS } from '../support/jellyfin/films.ts';
import { createJellyfinCaller } from '../support/jellyfin/jellyfin-caller.ts';
import { buildForExamples, startExample } from '../support/program/example.ts';
import { pageWith } from '../support/program/own-proxy.ts';

const browser = useChromium();
beforeAll(buildForExamples, 120_000);

describe.each(['examples/express/server.js', 'examples/node-http/server.js'])('%s', (file) => {
  it('shows Jellyfin with its mods, plays on, keeps a socket open, and ends by itself', async () => {
    const jellyfin = await createFakeJellyfin({
      version: '10.11.11',
      hashMs: 1,
      media: Object.values(FILMS),
    });
    onTestFinished(() => jellyfin.close());
    const example = await startExample(file, jellyfin.url);
    const { url } = example;
    await pageWith(url, '<title>Film Night</title>');

    const screen = await openJellyfin(browser(), `${url}/web/index.html`);
    expect(await screen.page.evaluate("typeof window['gatehouse/plugin']")).toBe('function');
    await screen.page.getByText('New here? Ask Ada for an account.').waitFor();
    await signIn(screen.page, 'alice', 'alice-pw-1');
    await screen.page.locator('.overflowPortraitCard .cardContent').first().click();
    expect(screen.errors).toEqual([]);
    await screen.close();

    const { token } = await createJellyfinCaller(url).signIn('alice', 'alice-pw-1');
    const film = `/Videos/${FILMS.meadow.id}/stream?static=true&api_key=${token}`;
    const part = { headers: { Range: 'bytes=10-99' } };
    const [own, direct] = await Promise.all([url, jellyfin.url].map((base) => fetch(`${base}${film}`, part)));
    expect([own?.status, own?.headers.get('content-range')]).toEqual([
      direct?.status,
      direct?.headers.get('content-range'),
    ]);
    expect(await own?.bytes()).toEqual(await direct?.bytes());

    const socket = new WebSocket(`${url.replace('http', 'ws')}/socket?ApiKey=${token}&deviceId=tv`);
    await once(socket, 'message');
    const answered = once(socket, 'message');
    socket.send('{"MessageType":"KeepAlive"}');
    expect(String((await answered)[0])).toContain('KeepAlive');
    socket.close();
    await once(socket, 'close');

    expect(example.said()).toBe('');
    expect(await example.end()).toBe(0);
  });
});
