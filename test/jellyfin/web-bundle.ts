import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { JellyfinVersion } from './versions.ts';
import { configurationOf } from './web-configuration.ts';

/** Which of the five clients: 8 for 10.8.13 up to 12 for 12.0. */
export type Generation = 8 | 9 | 10 | 11 | 12;

const GENERATIONS: Readonly<Record<JellyfinVersion, Generation>> = {
  '10.8.13': 8,
  '10.9.11': 9,
  '10.10.7': 10,
  '10.11.11': 11,
  '12.0': 12,
};

/** The generation of a version's web client. */
export function generationOf(version: JellyfinVersion): Generation {
  return GENERATIONS[version];
}

// The order is the order of use at load time: what a file needs at once stands before it.
const SOURCES = [
  'core/events',
  'core/platform',
  'core/app-settings',
  'core/web-config',
  'core/chunks',
  'core/globalize',
  'core/sanitize',
  'core/markdown',
  'session/auth-header',
  'session/web-socket',
  'session/api-client',
  'session/credentials',
  'session/server-connections',
  'shell/icons',
  'shell/elements',
  'shell/view-events',
  'shell/view-container',
  'shell/react-page',
  'shell/loading',
  'shell/toast',
  'shell/dialog-helper',
  'shell/dialogs',
  'shell/routes',
  'shell/pending-show',
  'shell/router-hashbang',
  'shell/hash-history',
  'shell/router-hash',
  'shell/router',
  'shell/dashboard',
  'shell/theme',
  'shell/modern-bar',
  'shell/drawer',
  'shell/header',
  'shell/frame',
  'shell/backdrop',
  'shell/cards',
  'pages/login',
  'pages/quick-connect-sign-in',
  'pages/forgot-password',
  'pages/reset-pin',
  'pages/home',
  'pages/libraries',
  'pages/settings-menu',
  'pages/user-profile',
  'pages/quick-connect',
  'pages/item-details',
  'pages/video',
  'pages/plain-pages',
  'core/plugin-loader',
  'core/start',
];

const LANGUAGES = ['en-us', 'de', 'fr', 'es'] as const;

/** Reads one of the client's sources below test/jellyfin/web. */
export function readSource(path: string): string {
  return readFileSync(new URL(`./web/${path}`, import.meta.url), 'utf8');
}

/** 20 hex digits of a content, the length the real client's build uses. */
export function contentHash(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 20);
}

/** A language's texts as this generation has them: `Key@9` is the wording up to generation 9. */
function dictionaryOf(language: string, generation: Generation): Record<string, string> {
  const all: Record<string, string> = JSON.parse(readSource(`strings/${language}.json`));
  const dictionary: Record<string, string> = {};
  const age = (key: string) => Number(key.split('@')[1] ?? 99);
  for (const key of Object.keys(all).sort((a, b) => age(b) - age(a))) {
    const text = all[key];
    const name = key.split('@')[0];
    if (name !== undefined && text !== undefined && age(key) >= generation) dictionary[name] = text;
  }
  return dictionary;
}

/** Chunk files of the texts: JSON in a single-quoted JavaScript string; numeric names on 10.8. */
export function stringChunks(
  generation: Generation,
): { language: string; name: string; file: string; content: string }[] {
  return LANGUAGES.map((language, index) => {
    const name = generation === 8 ? String(3302 + index) : `${language}-json`;
    const json = JSON.stringify(dictionaryOf(language, generation))
      .replace(/\\/g, '\\\\')
      .replace(/'/g, "\\'");
    const content = `"use strict";(self.webpackChunk=self.webpackChunk||[]).push([["${name}"],{${20233 + index}:function(e){e.exports=JSON.parse('${json}')}}]);\n`;
    return { language, name, file: `${name}.${contentHash(content)}.chunk.js`, content };
  });
}

/** main.jellyfin.bundle.js: all sources in one scope, with what differs by version in front. */
export function bundleOf(version: JellyfinVersion, style: string): string {
  const generation = generationOf(version);
  const chunks = Object.fromEntries(
    stringChunks(generation).map(({ language, name, file }) => [language, { name, file }]),
  );
  const client = {
    version: version === '12.0' ? '12.0.0' : version,
    config: configurationOf(generation),
    stringChunks: chunks,
  };
  // 10.8 carries its style sheets inside the bundle.
  const inlineStyle =
    generation === 8
      ? `document.head.append(Object.assign(document.createElement('style'),{textContent:${JSON.stringify(style)}}));`
      : '';
  return [
    "(() => {\n'use strict';",
    `const GENERATION = ${generation};`,
    `const CLIENT = ${JSON.stringify(client)};`,
    inlineStyle,
    ...SOURCES.map((name) => readSource(`${name}.js`)),
    '})();\n',
  ].join('\n');
}
