import { request } from 'node:http';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { createFakeJellyfin } from '../../jellyfin/fake-jellyfin.ts';
import { until } from '../clock/until.ts';
import { tempFolder } from '../files/temp-folder.ts';
import { FILM_PIECES, startFilmFront } from '../network/film-front.ts';
import { isListening } from '../network/is-listening.ts';
import { createLinkMaker } from '../reset/link-maker.ts';
import { startProgramWithReset } from './program-with-reset.ts';

/** What is under way when the program is told to end. */
export interface UnderWay {
  readonly streams: number;
  readonly sockets: number;
  readonly redemptions: number;
}

/**
 * Ends the program by SIGTERM with that much under way: nobody new is let in, every film and every change of a password
 * is finished, sockets are closed, and the exit code is 0. Source: row C14 of the rows of availability.
 */
export async function endUnderLoad({ streams, sockets, redemptions }: UnderWay): Promise<void> {
  const apiKey = 'e'.repeat(32);
  const people = Array.from({ length: redemptions }, (_, n) => `person${n}`);
  const jellyfin = await createFakeJellyfin({
    version: '10.10.7',
    apiKeys: [apiKey],
    knownProxies: ['127.0.0.1'],
    users: [
      { name: 'admin', password: 'admin-pw-1', isAdministrator: true },
      ...people.map((name) => ({ name, password: 'x' })),
    ],
  });
  onTestFinished(() => jellyfin.close());
  const front = await startFilmFront(jellyfin.url);
  const folder = await tempFolder();
  const storagePath = join(folder, 'gatehouse.db');
  const links = await createLinkMaker(storagePath);
  const tokens = await Promise.all(people.map((name) => links.make(jellyfin.user(name).id, name)));
  await links.close();
  const { program, port, url } = await startProgramWithReset({ jellyfinUrl: front, apiKey }, folder);
  const opened = Array.from({ length: sockets }, () => openSocket(port));
  await Promise.all(opened.map(({ isOpen }) => isOpen));
  const films = Array.from({ length: streams }, () => watchFilm(url));
  await Promise.all(films.map(({ hasBegun }) => hasBegun));
  const letGo = jellyfin.holdHashing();
  const changes = tokens.map((token, n) => setPassword(url, token, `new password ${n}`));
  await until(() => jellyfin.held() >= Math.min(1, redemptions));

  const ended = program.end('SIGTERM');
  await program.logged('ending');
  await until(async () => !(await isListening(port)));
  letGo();

  expect(await Promise.all(changes)).toEqual(people.map(() => 200));
  expect(await Promise.all(films.map(({ bytes }) => bytes))).toEqual(films.map(() => FILM_PIECES * 16_384));
  expect(await ended).toBe(0);
  await Promise.all(opened.map(({ isClosed }) => isClosed));
  for (const [n, name] of people.entries()) expect(jellyfin.user(name).password).toBe(`new password ${n}`);
}

function openSocket(port: number) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/socket?api_key=${'e'.repeat(32)}&deviceId=x`);
  socket.on('error', () => undefined);
  return {
    isOpen: new Promise<void>((resolve) => socket.once('open', () => resolve())),
    isClosed: new Promise<void>((resolve) => socket.once('close', () => resolve())),
  };
}

function watchFilm(url: string) {
  let begin = (): void => undefined;
  const hasBegun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const bytes = new Promise<number>((resolve) => {
    let got = 0;
    request(`${url}/Videos/film`, (answer) => {
      answer
        .on('data', (chunk: Buffer) => {
          got += chunk.length;
          begin();
        })
        .once('close', () => resolve(got));
    })
      .on('error', () => resolve(got))
      .end();
  });
  return { hasBegun, bytes };
}

async function setPassword(url: string, token: string, password: string): Promise<number> {
  const answer = await fetch(`${url}/gatehouse/api/passwords`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ token, password }),
  });
  await answer.text();
  return answer.status;
}
